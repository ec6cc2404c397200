import type { LabelledTable } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { fold, type Key, normal, split, uniform } from '@neuronseek/tensor/random';
import { checkCount } from '../check-options.js';
import { moments } from '../score.js';
import type { FormulaProblem, GridAxis, Range, Sampling } from './formula-problem.js';

/** Options of {@link sampleProblem}. */
export interface SampleOptions {
  /** Drives rows and noise. */
  readonly key: Key;
  /** Training rows, drawn evenly from the box that the problem's rows span. Default: the rows of the problem. */
  readonly rows?: number;
  /** Test rows, likewise. Default: the rows of the problem. */
  readonly testRows?: number;
  /** Standard deviation of normal noise on the target of training rows, as a share of that of the target over them. Default: the noise of the problem. */
  readonly noise?: number;
}

/** Rows of a problem, the target in its own units; the noise floor is the variance of the noise on training rows. */
export interface SampledProblem {
  /** x [rows, D], y [rows, 1]. */
  readonly train: LabelledTable;
  /** Without noise. */
  readonly test: LabelledTable;
  readonly noiseFloor: number;
}

/** A point outside of the domain is drawn again this often at most. */
const maxDraws = 1000;

/**
 * Draws training and test rows of a benchmark formula. Rows where the formula is not finite are drawn again, or left out of grids.
 *
 * Same problem and options, same bits. Throws a RangeError for options that make no sense, and where 1000 draws give no finite row.
 */
export function sampleProblem(problem: FormulaProblem, options: SampleOptions): SampledProblem {
  const { key, rows, testRows, noise } = options;
  if (rows !== undefined) checkCount('sampleProblem', 'rows', rows);
  if (testRows !== undefined) checkCount('sampleProblem', 'testRows', testRows);
  if (noise !== undefined && !(noise >= 0 && Number.isFinite(noise))) {
    throw new RangeError(`sampleProblem: noise must be a finite number from 0: got ${noise}`);
  }
  const [trainKey, testKey, noiseKey] = split(key, 3);
  const { x, y } = drawRows(problem, problem.train, rows, trainKey);
  const values = Float64Array.from(flatten(y));
  const deviation = noise === undefined ? problem.noise : noise * moments(values).deviation;
  const errors = normal(noiseKey, values.length, { standardDeviation: deviation });
  for (let i = 0; i < values.length; i++) values[i] += errors[i];
  return {
    train: { x, y: tensor(values, [values.length, 1]) },
    test: drawRows(problem, problem.test, testRows, testKey),
    noiseFloor: deviation ** 2,
  };
}

function drawRows(problem: FormulaProblem, sampling: Sampling, rows: number | undefined, key: Key): LabelledTable {
  if (sampling.kind === 'grid' && rows === undefined) {
    const x = gridPoints(sampling.axes);
    return finiteRows(x, target(problem, x));
  }
  const ranges = sampling.kind === 'grid' ? sampling.axes.map(span) : sampling.ranges;
  const count = rows ?? (sampling.kind === 'grid' ? 0 : sampling.rows);
  const x = new Float64Array(count * ranges.length);
  const y = new Float64Array(count);
  let missing = Array.from({ length: count }, (_, i) => i);
  for (let draw = 0; missing.length > 0; draw++) {
    if (draw === maxDraws) {
      throw new RangeError(`sampleProblem: ${problem.name} must be finite somewhere: got none in ${maxDraws} draws`);
    }
    const drawn = points(fold(key, draw), count, ranges);
    // Harmonic numbers are those of integers.
    if (problem.neuron === undefined) for (let i = 0; i < drawn.length; i++) drawn[i] = Math.round(drawn[i]);
    const at = tensor(
      Float64Array.from(missing.flatMap((i) => Array.from(drawn.subarray(i * ranges.length, (i + 1) * ranges.length)))),
      [missing.length, ranges.length],
    );
    const values = flatten(target(problem, at));
    const still: number[] = [];
    for (const [j, i] of missing.entries()) {
      if (!Number.isFinite(values[j])) {
        still.push(i);
        continue;
      }
      y[i] = values[j];
      for (let d = 0; d < ranges.length; d++) x[i * ranges.length + d] = drawn[i * ranges.length + d];
    }
    missing = still;
  }
  return { x: tensor(x, [count, ranges.length]), y: tensor(y, [count, 1]) };
}

function points(key: Key, rows: number, ranges: readonly Range[]): Float64Array {
  const x = uniform(key, rows * ranges.length);
  for (let i = 0; i < x.length; i++) {
    const [min, max] = ranges[i % ranges.length];
    x[i] = min + (max - min) * x[i];
  }
  return x;
}

function span({ min, step, count }: GridAxis): Range {
  return [min, min + (count - 1) * step];
}

function gridPoints(axes: readonly GridAxis[]): Tensor {
  const count = axes.reduce((product, axis) => product * axis.count, 1);
  const x = new Float64Array(count * axes.length);
  for (let i = 0; i < count; i++) {
    let rest = i;
    for (let d = axes.length - 1; d >= 0; d--) {
      const { min, step, count: points } = axes[d];
      x[i * axes.length + d] = min + (rest % points) * step;
      rest = Math.floor(rest / points);
    }
  }
  return tensor(x, [count, axes.length]);
}

function finiteRows(x: Tensor, y: Tensor): LabelledTable {
  const [values, columns] = [flatten(y), x.shape[1]];
  if (values.every((v) => Number.isFinite(v))) return { x, y };
  const kept = Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  const elements = flatten(x);
  return {
    x: tensor(
      kept.flatMap((i) => Array.from({ length: columns }, (_, d) => elements[i * columns + d])),
      [kept.length, columns],
    ),
    y: tensor(
      kept.map((i) => values[i]),
      [kept.length, 1],
    ),
  };
}

/** The formula at every row; where there is none, the harmonic number. */
function target({ neuron }: FormulaProblem, x: Tensor): Tensor {
  if (neuron !== undefined) return evaluate(neuron, x);
  return tensor(
    Array.from(flatten(x), (v) => {
      let sum = 0;
      for (let i = 1; i <= v; i++) sum += 1 / i;
      return sum;
    }),
    x.shape,
  );
}

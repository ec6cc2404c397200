import { fold, type Key, uniform } from '@neuronseek/tensor/random';
import { productOf } from '../../product-of.js';

/**
 * Rows of the Khatri–Rao product of all factors but one, each standing for a fibre of x: where it begins, and what its equation is multiplied by so that the sum of
 * the squares of those chosen estimates that of all without bias. Sorted by where they begin.
 */
export interface SampledRows {
  readonly starts: Uint32Array;
  readonly scales: Float64Array;
}

/** Draws rows of the least squares problem of one mode. */
export interface RowSampler {
  readonly shape: readonly number[];
  /** Elements of x from one index of each mode to the next. */
  readonly strides: readonly number[];
  readonly samples: number;
  /** Whether rows of a probability of at least 1/samples are taken for certain. */
  readonly deterministic: boolean;
}

export function rowSampler(shape: readonly number[], samples: number, deterministic: boolean): RowSampler {
  const strides = shape.map((_, mode) => productOf(shape.slice(mode + 1)));
  return { shape, strides, samples, deterministic };
}

/**
 * Rows for `mode` by products of probabilities of the rows of the factors, one list a mode.
 *
 * All of them with scale 1 where there are no more than samples. Else as many draws as samples, equal ones combined: a row of probability p that came up c times has
 * scale √(c/(samples·p)). Rows of p ≥ 1/samples are taken once with scale 1 where that is wanted, and draws of them dropped, which leaves sums without
 * bias. Sorted by where fibres begin, for the sake of caches. (Larsen & Kolda 2022, sections 3 and 4)
 */
export function sampleRows(
  sampler: RowSampler,
  mode: number,
  probabilities: readonly Float64Array[],
  key: Key,
): SampledRows {
  const { shape, strides, samples, deterministic } = sampler;
  const others = shape.flatMap((_, m) => (m === mode ? [] : [m]));
  const rows = productOf(others.map((m) => shape[m]));
  if (rows <= samples) {
    const starts = largeRows(sampler, others, probabilities, 0);
    return { starts, scales: new Float64Array(starts.length).fill(1) };
  }
  const least = deterministic ? 1 / samples : Infinity;
  const drawn = new Float64Array(samples);
  others.forEach((m) => {
    const sums = runningSums(probabilities[m]);
    const draws = uniform(fold(key, m), samples);
    for (let j = 0; j < samples; j++) drawn[j] += strides[m] * find(sums, draws[j]);
  });
  const certain = deterministic ? largeRows(sampler, others, probabilities, least) : new Uint32Array(0);
  drawn.sort();
  const starts: number[] = Array.from(certain);
  const scales: number[] = starts.map(() => 1);
  for (let j = 0; j < samples; ) {
    const first = j;
    while (j < samples && drawn[j] === drawn[first]) j++;
    const p = probabilityOf(sampler, others, probabilities, drawn[first]);
    if (p >= least) continue;
    starts.push(drawn[first]);
    scales.push(Math.sqrt((j - first) / (samples * p)));
  }
  return sorted(starts, scales);
}

function sorted(starts: readonly number[], scales: readonly number[]): SampledRows {
  const order = Array.from(starts.keys()).sort((a, b) => starts[a] - starts[b]);
  return {
    starts: Uint32Array.from(order, (at) => starts[at]),
    scales: Float64Array.from(order, (at) => scales[at]),
  };
}

/** The product of probabilities, from the first mode on: the same bits wherever it is formed. */
function probabilityOf(
  { shape, strides }: RowSampler,
  others: readonly number[],
  probabilities: readonly Float64Array[],
  start: number,
): number {
  let p = 1;
  for (const m of others) p *= probabilities[m][Math.floor(start / strides[m]) % shape[m]];
  return p;
}

/** Where the fibres of all rows of probability at least `least` begin: depth first, leaving a branch where even its likeliest row is below. */
function largeRows(
  { shape, strides }: RowSampler,
  others: readonly number[],
  probabilities: readonly Float64Array[],
  least: number,
): Uint32Array {
  const largest = others.map((m) => probabilities[m].reduce((a, b) => Math.max(a, b), 0));
  // A hair's breadth more than the likeliest, whose product may be rounded differently.
  const rest = largest.map((_, k) => (1 + 2 ** -40) * productOf(largest.slice(k + 1)));
  const found: number[] = [];
  const visit = (k: number, p: number, start: number): void => {
    if (k === others.length) {
      if (p >= least) found.push(start);
      return;
    }
    const m = others[k];
    for (let i = 0; i < shape[m]; i++) {
      const q = p * probabilities[m][i];
      if (q * rest[k] >= least) visit(k + 1, q, start + i * strides[m]);
    }
  };
  visit(0, 1, 0);
  return Uint32Array.from(found);
}

function runningSums(p: Float64Array): Float64Array {
  let sum = 0;
  return p.map((value) => {
    sum += value;
    return sum;
  });
}

/** The first index whose running sum is above u times the total, which has a probability above 0. */
function find(sums: Float64Array, u: number): number {
  const target = u * sums[sums.length - 1];
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

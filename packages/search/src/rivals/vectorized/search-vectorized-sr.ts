import type { LabelledTable } from '@neuronseek/network';
import { type Expression, type ExpressionNeuron, expressionNeuron, type NeuronStructure } from '@neuronseek/neurons';
import { pow } from '@neuronseek/tensor/math';
import { split } from '@neuronseek/tensor/random';
import { withoutUndefined } from '../../without-undefined.js';
import { checkIntegers, checkRanges, checkRivalData } from '../check-rival.js';
import type { Program } from '../programs/program.js';
import { randomStream } from '../programs/random-stream.js';
import { type Rows, rowsOf, splitRows } from '../programs/rows.js';
import { numberOf, sumOf } from '../programs/to-expression.js';
import { assessTree, compareTrees, growTree, nextTrees, type VectorIndividual } from './evolve-powers.js';
import {
  searchVectorizedSRDefaults,
  type VectorizedEvent,
  type VectorizedOptions,
  type VectorizedSettings,
} from './options.js';
import { type PowerFit, powerFits } from './power-fit.js';

/** What {@link searchVectorizedSR} found. */
export interface VectorizedResult {
  /** With a formula; with none that is worth its powers, the neuron being the best constant; or by the signal. */
  readonly status: 'completed' | 'no-structure' | 'aborted';
  /** The powers of the vector that are in it; there are no interactions in this language. */
  readonly structure: NeuronStructure;
  /** b + Σ_k c_k·Σ_d x_d^k, what tnlearn writes as `c@x**k + b`; its own predictor. */
  readonly neuron: ExpressionNeuron;
  readonly expression: Expression;
  /** Mean squared error of the neuron on the rows it was fitted to. */
  readonly trainError: number;
  /** And on held-out or validation rows; undefined without. */
  readonly validationError: number | undefined;
  readonly evaluations: number;
  readonly trace: readonly VectorizedEvent[];
}

const op = 'searchVectorizedSR';

/**
 * Vectorized symbolic regression (TN-SR; Fan et al. 2024, arXiv:2405.02369): genetic programming over trees of +, − and · with the whole input vector as one
 * symbol x and constants; a tree expands to b + Σ_k c_k x^k, which stands for b + Σ_k c_k Σ_d x_d^k.
 *
 * Unlike the public codes: tournaments compare fitness that belongs to the individuals (theirs shuffles one list and not the other), every term is summed over the
 * inputs, constants are fitted in closed form instead of drawn, and powers pay for themselves by an extended BIC.
 *
 * Shapes: data.x [n, D], data.y [n, 1]. Same data, options and key, same bits. Cost: n · (D·K + 4K²) for K = maxOrder, then some microseconds a tree.
 *
 * Throws a RangeError for shapes or options that make no sense and for the first number that is not finite.
 */
export function searchVectorizedSR(data: LabelledTable, options: VectorizedOptions): VectorizedResult {
  const settings = { ...searchVectorizedSRDefaults, key: options.key, ...withoutUndefined(options) };
  checkSettings(settings);
  checkRivalData(op, data, settings.validation, settings.features);
  const [rowKey, treeKey] = split(settings.key, 2);
  const { train, held } = rowsFor(data, settings, rowKey);
  const fitOf = powerFits(train, settings.maxOrder);
  const constant = constantFit(train);
  const random = randomStream(treeKey);
  const trace: VectorizedEvent[] = [];
  let evaluations = 0;
  const assess = (program: Program): VectorIndividual | undefined => {
    evaluations++;
    return assessTree(program, settings, fitOf);
  };
  const aborted = (): boolean => settings.signal?.aborted ?? false;
  let population: VectorIndividual[] = [];
  const varies = train.y.some((v) => v !== train.y[0]) && !aborted();
  for (let tries = 0; varies && population.length < settings.population && tries < 20 * settings.population; tries++) {
    const individual = assess(growTree(settings, settings.maxDepth, random));
    if (individual) population.push(individual);
  }
  for (let generation = 1; population.length > 0 && generation <= settings.generations && !aborted(); generation++) {
    population = nextTrees(population, settings, random, assess);
    const { fit } = [...population].sort(compareTrees)[0];
    const { generations } = settings;
    const event = { generation, generations, evaluations, power: fit.powers, error: fit.error };
    trace.push(event);
    settings.onProgress?.(event);
  }
  let best = constant;
  for (const { fit } of population) if (fit.criterion < best.criterion) best = fit;
  const expression = expressionOf(best);
  const features = settings.features ?? Array.from({ length: data.x.shape[1] }, (_, d) => `x${d + 1}`);
  return {
    status: aborted() ? 'aborted' : best === constant ? 'no-structure' : 'completed',
    structure: { power: [...best.powers], interaction: [] },
    neuron: expressionNeuron({ features, expressions: [expression] }),
    expression,
    trainError: errorOf(best, train),
    validationError: held && errorOf(best, held),
    evaluations,
    trace,
  };
}

function checkSettings(settings: VectorizedSettings): void {
  const least = { population: 1, generations: 0, tournament: 1, maxDepth: 1, maxOrder: 1 };
  checkIntegers(op, least, settings);
  checkRanges(op, { heldOut: [0, 1] }, settings);
  for (const name of ['crossover', 'mutation', 'elite', 'vectorShare'] as const) {
    const value = settings[name];
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${op}: ${name} must be a number in [0, 1]: got ${value}`);
  }
  const { crossover, mutation } = settings;
  if (crossover + mutation > 1 + 1e-12) {
    throw new RangeError(
      `${op}: crossover and mutation must not add up to more than 1: got ${crossover} and ${mutation}`,
    );
  }
}

function rowsFor(
  data: LabelledTable,
  { validation, heldOut }: VectorizedSettings,
  key: VectorizedSettings['key'],
): { train: Rows; held: Rows | undefined } {
  // One symbol stands for all columns, so none may have a unit of its own.
  const units = { inputs: Array.from({ length: data.x.shape[1] }, () => 1), target: 1 };
  const all = rowsOf(data, units);
  if (validation) return { train: all, held: rowsOf(validation, units) };
  if (all.count < 50 || heldOut === 0) return { train: all, held: undefined };
  const [train, held] = splitRows(all, heldOut, key);
  return { train, held: held.count > 0 ? held : undefined };
}

function constantFit({ count, y }: Rows): PowerFit {
  let mean = 0;
  for (const v of y) mean += v / count;
  // A single value is its own mean, which rounding of the sum could miss.
  if (y.every((v) => v === y[0])) mean = y[0];
  return { powers: [], coefficients: [], intercept: mean, error: Number.NaN, criterion: 0 };
}

function expressionOf({ powers, coefficients, intercept }: PowerFit): Expression {
  const terms = powers.map((k, i): Expression => {
    const vector: Expression = { op: 'vector' };
    const argument: Expression = k === 1 ? vector : { op: 'power', base: vector, exponent: { op: 'number', value: k } };
    const term: Expression = {
      op: 'multiply',
      factors: [
        { op: 'number', value: Math.abs(coefficients[i]) },
        { op: 'total', argument },
      ],
    };
    return coefficients[i] < 0 ? { op: 'negate', argument: term } : term;
  });
  return terms.length === 0 ? numberOf(intercept) : sumOf([...terms, numberOf(intercept)]);
}

/** Mean squared error of a fit on rows; divided before it is added, so that only a mean that is too large overflows. */
function errorOf({ powers, coefficients, intercept }: PowerFit, { count, columns, y }: Rows): number {
  const inputs = columns.length / count;
  let error = 0;
  for (let row = 0; row < count; row++) {
    let value = intercept;
    for (let i = 0; i < powers.length; i++) {
      let sum = 0;
      for (let d = 0; d < inputs; d++) sum += pow(columns[d * count + row], powers[i]);
      value += coefficients[i] * sum;
    }
    error += ((y[row] - value) * (y[row] - value)) / count;
  }
  return error;
}

import type { LabelledTable } from '@neuronseek/network';
import { type Expression, type ExpressionNeuron, expressionNeuron } from '@neuronseek/neurons';
import { fold, split } from '@neuronseek/tensor/random';
import { withoutUndefined } from '../../without-undefined.js';
import { checkIntegers, checkRanges, checkRivalData } from '../check-rival.js';
import { choiceRows } from '../genetic/choice-rows.js';
import { type Rows, rowsOf } from '../programs/rows.js';
import { forward, newPass } from './network.js';
import { type EqlEvent, type EqlOptions, type EqlSettings, searchEqlDefaults } from './options.js';
import { readOff } from './read-off.js';
import { activeWeights, bic, prune, refit } from './refine.js';
import { type EqlShape, eqlShape } from './shape.js';
import { trainEql } from './train.js';
import { eqlUnits } from './units.js';

/** What {@link searchEql} found. */
export interface EqlResult {
  /** With a formula; with none that is worth its weights, the neuron being the best constant; or by the signal. */
  readonly status: 'completed' | 'no-structure' | 'aborted';
  /** The formula of the network, its own predictor. */
  readonly neuron: ExpressionNeuron;
  readonly expression: Expression;
  /** Mean squared error on the rows it was fitted to. */
  readonly trainError: number;
  /** And on held-out or validation rows; undefined without. */
  readonly validationError: number | undefined;
  /** Weights that are left, biases included. */
  readonly active: number;
  readonly trace: readonly EqlEvent[];
}

const op = 'searchEql';

/** A network with all that chooses among networks. */
interface Candidate {
  readonly shape: EqlShape;
  readonly weights: Float64Array;
  readonly train: number;
  readonly held: number | undefined;
  readonly active: number;
  readonly score: number;
}

/**
 * Equation learner: a network whose nodes are identity, sine, cosine, square and product, trained to be sparse and read off as a formula (Martius and
 * Lampert 2016, arXiv:1610.02995; Sahoo, Lampert and Martius 2018, arXiv:1806.07259).
 *
 * Every network is trained by Adam without penalty, then with L1, then small weights are 0; for every λ of the path there are several restarts. Beyond the
 * papers, what is left is refitted by Levenberg–Marquardt and thinned out weight by weight while BIC falls, and networks are chosen by BIC of the larger one of the errors on
 * training and held-out rows: luck on a few held-out rows alone makes no structure.
 *
 * Shapes: data.x [n, D], data.y [n, 1]. Same data, options and key, same bits. Cost: lambdas · restarts networks of `steps` passes over `searchRows` rows; an exact
 * formula ends it. Throws a RangeError for shapes or options that make no sense and for the first number that is not finite.
 */
export function searchEql(data: LabelledTable, options: EqlOptions): EqlResult {
  const settings: EqlSettings = { ...searchEqlDefaults, key: options.key, ...withoutUndefined(options) };
  checkSettings(settings);
  checkRivalData(op, data, settings.validation, settings.features);
  const units = eqlUnits(data);
  const [rowKey, networkKey] = split(settings.key, 2);
  const { train, held, search } = choiceRows(rowsOf(data, units), settings, units, rowKey);
  const { layers, copies, lambdas, restarts, signal, onProgress } = settings;
  const shape = eqlShape(data.x.shape[1], layers, settings.units, copies);
  const variance = varianceOf(train);

  let best = constantCandidate(train, held);
  const trace: EqlEvent[] = [];
  const networks = variance > 0 ? lambdas.length * restarts : 0;
  for (let i = 0; i < networks && !signal?.aborted; i++) {
    const lambda = lambdas[i % lambdas.length];
    const weights = trainEql(shape, search, settings, lambda, fold(networkKey, i));
    const found = weights && candidateOf(shape, weights, search, train, held);
    const event = {
      network: i + 1,
      networks,
      lambda,
      active: found?.active ?? Number.NaN,
      error: (found?.train ?? Number.NaN) / variance,
    };
    trace.push(event);
    onProgress?.(event);
    if (found && dependsOnInputs(found) && found.score < best.score) best = found;
    if (best.train < settings.exact * variance) break;
  }
  const expression = readOff(best.shape, best.weights, units);
  const features = settings.features ?? units.inputs.map((_, d) => `x${d + 1}`);
  const square = (error: number): number => error * units.target * units.target;
  const status = signal?.aborted ? 'aborted' : best.shape.layers.length === 1 ? 'no-structure' : 'completed';
  return {
    status,
    neuron: expressionNeuron({ features, expressions: [expression] }),
    expression,
    trainError: square(best.train),
    validationError: best.held === undefined ? undefined : square(best.held),
    active: best.active,
    trace,
  };
}

function checkSettings(settings: EqlSettings): void {
  checkIntegers(op, { layers: 1, copies: 1, restarts: 1, steps: 1, searchRows: 2 }, settings);
  checkRanges(op, { exact: [0, 1], heldOut: [0, 1], threshold: [0, 1] }, settings);
  const { units, lambdas, learningRate } = settings;
  const known = searchEqlDefaults.units;
  if (units.length === 0 || new Set(units).size < units.length || units.some((unit) => !known.includes(unit))) {
    throw new RangeError(`${op}: units must be some of ${known.join(', ')}, each once: got ${JSON.stringify(units)}`);
  }
  if (lambdas.length === 0 || lambdas.some((lambda) => !(lambda >= 0 && Number.isFinite(lambda)))) {
    throw new RangeError(`${op}: lambdas must be finite numbers from 0, one at least: got ${JSON.stringify(lambdas)}`);
  }
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new RangeError(`${op}: learningRate must be a finite number above 0: got ${learningRate}`);
  }
}

/** Refitted and thinned out on the rows of the search, refitted on all training rows, assessed on those held out. */
function candidateOf(
  shape: EqlShape,
  start: Float64Array,
  search: Rows,
  train: Rows,
  held: Rows | undefined,
): Candidate | undefined {
  const thin = prune(shape, search, refit(shape, search, start, 40));
  const { weights, error } = search === train ? thin : refit(shape, train, thin.weights, 40);
  const other = held && meanError(shape, weights, held);
  const finite = [error, other ?? 0].every((v) => Number.isFinite(v));
  if (!finite) return undefined;
  const active = activeWeights(weights).length;
  return {
    shape,
    weights,
    train: error,
    held: other,
    active,
    score: bic(Math.max(error, other ?? 0), active, train.count),
  };
}

/** Without inputs a network is a constant, of which the mean is the best. */
function dependsOnInputs({ shape: { layers }, weights }: Candidate): boolean {
  const { width, at, arguments: count } = layers[0];
  return activeWeights(weights).some((i) => i < at + count * (width + 1) && (i - at) % (width + 1) < width);
}

/** The mean of the training rows: a network without hidden layers that has its bias alone. */
function constantCandidate(train: Rows, held: Rows | undefined): Candidate {
  const inputs = train.columns.length / train.count;
  const shape = eqlShape(inputs, 0, ['identity'], 1);
  const weights = new Float64Array(shape.parameters);
  weights[inputs] = train.y.reduce((sum, v) => sum + v, 0) / train.count;
  const [error, other] = [meanError(shape, weights, train), held && meanError(shape, weights, held)];
  return {
    shape,
    weights,
    train: error,
    held: other,
    active: 1,
    score: bic(Math.max(error, other ?? 0), 1, train.count),
  };
}

function meanError(shape: EqlShape, weights: Float64Array, { count, columns, y }: Rows): number {
  const out = forward(shape, weights, newPass(shape, count, columns));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (out[i] - y[i]) * (out[i] - y[i]);
  return sum / count;
}

function varianceOf({ count, y }: Rows): number {
  const mean = y.reduce((sum, v) => sum + v, 0) / count;
  return y.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / count;
}

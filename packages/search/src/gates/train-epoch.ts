import {
  type AdamState,
  adam,
  clipGlobalNorm,
  crossEntropy,
  type LabelledTable,
  mse,
  type Optimizer,
} from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import {
  add,
  compileLoop,
  contiguous,
  flatten,
  full,
  mul,
  stopGradient,
  sum,
  Tensor,
  take,
  treeLeaves,
  valueAndGrad,
  zerosLike,
} from '@neuronseek/tensor';
import { fold, type Key, permutation, split } from '@neuronseek/tensor/random';
import { type GatedParams, runGatedModel } from './gated-model.js';
import { gateNoise, noisyGates, openProbability } from './hard-concrete.js';
import type { GatesSettings } from './options.js';
import type { TermMoments } from './term-moments.js';
import { objectiveOf, termPrices } from './term-prices.js';

/** Parameter groups with a learning rate and weight decay of their own, as in the reference. */
const groups: readonly { readonly names: readonly (keyof GatedParams)[]; readonly optimizer: Optimizer<AdamState> }[] =
  [
    { names: ['power'], optimizer: adam({ weightDecay: 1e-4 }) },
    { names: ['factors'], optimizer: adam({ weightDecay: 1e-5 }) },
    { names: ['scale', 'shift', 'bias'], optimizer: adam() },
    { names: ['logAlpha'], optimizer: adam() },
  ];

/** Where training stands. */
export interface Progress {
  readonly params: GatedParams;
  readonly memory: readonly AdamState[];
}

export function begin(params: GatedParams): Progress {
  return { params, memory: groups.map(({ names, optimizer }) => optimizer.init(pick(params, names))) };
}

/** How one epoch is run. */
export interface EpochPlan {
  /** Weight of the penalty. */
  readonly lambda: number;
  /** Factor on every learning rate. */
  readonly rate: number;
  /** Train the gates; else they only make noise. */
  readonly trainGates: boolean;
  /** Gates to use instead of drawing them. */
  readonly fixedGates?: Tensor;
  /** What terms are normalised by, instead of over the batch. */
  readonly moments?: TermMoments;
}

/** Training between two epochs. */
export interface Training {
  /**
   * One pass over the rows: the mean loss without penalty, which is NaN as soon as a loss or at the end a parameter is not finite; the parameters are then
   * of no use.
   */
  readonly epoch: (plan: EpochPlan, key: Key) => number;
  /** Copies of where it stands. */
  readonly progress: () => Progress;
}

/** What differs from step to step. */
interface StepInputs {
  /** The numbers of its rows. */
  readonly batch: Tensor;
  /** Drawn noise of the gates, or the gates themselves. */
  readonly noise: Tensor | undefined;
  readonly fixedGates: Tensor | undefined;
  readonly moments: TermMoments | undefined;
  readonly lambda: Tensor;
  readonly rate: Tensor;
  readonly trainGates: boolean;
}

/** Training of the gated model from a start on, by one compiled step. */
export function training(
  start: Progress,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
): Training {
  const rows = data.x.shape[0];
  // A view with gaps would be read whole for each batch.
  const table = { x: contiguous(data.x), y: contiguous(data.y) };
  const lossOf = settings.task === 'regression' ? mse : crossEntropy;

  const prices = termPrices(structure, settings, data);
  const objective = objectiveOf(settings, data);
  const initial: Progress = { params: start.params, memory: start.memory };
  const loop = compileLoop(({ params, memory }: Progress, inputs: StepInputs) => {
    const { batch, noise, fixedGates, moments, lambda, rate, trainGates } = inputs;
    // In here: the rows are copied to where the step works, and not through a tensor of their own.
    const [x, y] = [take(table.x, batch), take(table.y, batch)];
    let fit: Tensor | undefined;
    const { grad } = valueAndGrad((trial: GatedParams) => {
      // Gates that are not trained have no gradient either, which would count in the norm that is clipped.
      const logAlpha = trainGates ? trial.logAlpha : stopGradient(trial.logAlpha);
      const gates = fixedGates ?? noisyGates(logAlpha, noise ?? zerosLike(logAlpha));
      const loss = lossOf(runGatedModel(structure, trial, x, gates, moments), y);
      fit = stopGradient(loss);
      return add(objective(loss), mul(sum(mul(openProbability(logAlpha), prices)), lambda));
    })(params);
    const clipped = clipGlobalNorm(grad, settings.clipNorm);
    return [update({ params, memory }, clipped, settings, rate, trainGates), fit];
  }, initial);

  const epoch = ({ lambda, rate, trainGates, fixedGates, moments }: EpochPlan, key: Key): number => {
    const [orderKey, noiseKey] = split(key, 2);
    const order = permutation(orderKey, rows);
    const constants = { fixedGates, moments, lambda: full([], lambda), rate: full([], rate), trainGates };
    let total = 0;
    let seen = 0;
    for (let at = 0; at < rows; at += settings.batchSize) {
      const batch = order.subarray(at, at + settings.batchSize);
      // Batch normalisation of a single row is void.
      if (batch.length < 2) break;
      const noise = fixedGates ? undefined : gateNoise(start.params.logAlpha.shape, fold(noiseKey, at));
      const fit = loop.step({ batch: new Tensor(batch, 'int32', [batch.length]), noise, ...constants })?.item();
      if (fit === undefined || !Number.isFinite(fit)) return Number.NaN;
      total += fit * batch.length;
      seen += batch.length;
    }
    const finite = treeLeaves(loop.state().params).every((t) => flatten(t).every(Number.isFinite));
    return finite ? total / seen : Number.NaN;
  };
  return { epoch, progress: loop.state };
}

function update(
  { params, memory }: Progress,
  gradients: GatedParams,
  { powerRate, factorRate, trainBias }: GatesSettings,
  rate: Tensor,
  trainGates: boolean,
): Progress {
  let next = params;
  const remembered = groups.map(({ names, optimizer }, i) => {
    if (names[0] === 'logAlpha' && !trainGates) return memory[i];
    const base = names[0] === 'power' ? powerRate : factorRate;
    const moved = optimizer.update(pick(params, names), pick(gradients, names), memory[i], mul(rate, base));
    next = { ...next, ...moved.params, ...(trainBias ? {} : { bias: params.bias }) };
    return moved.state;
  });
  return { params: next, memory: remembered };
}

function pick(params: GatedParams, names: readonly (keyof GatedParams)[]): Partial<GatedParams> {
  return Object.fromEntries(names.map((name) => [name, params[name]]));
}

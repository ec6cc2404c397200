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
import { add, flatten, mul, stopGradient, sum, type Tensor, take, treeLeaves, valueAndGrad } from '@neuronseek/tensor';
import { fold, type Key, permutation, split } from '@neuronseek/tensor/random';
import { type GatedParams, runGatedModel } from './gated-model.js';
import { openProbability, sampleGates } from './hard-concrete.js';
import type { GatesSettings } from './options.js';

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
  readonly settings: GatesSettings;
  readonly structure: NeuronStructure;
  /** Weight of the penalty. */
  readonly lambda: number;
  /** Factor on every learning rate. */
  readonly rate: number;
  /** Train the gates; else they only make noise. */
  readonly trainGates: boolean;
  /** Gates to use instead of drawing them. */
  readonly fixedGates?: Tensor;
}

/**
 * One pass over the rows: the new parameters and the mean loss without penalty, which is NaN as soon as a loss or at the end a parameter is not
 * finite; the parameters are then of no use.
 */
export function trainEpoch(
  progress: Progress,
  data: LabelledTable,
  plan: EpochPlan,
  key: Key,
): Progress & { readonly loss: number } {
  const { settings, structure } = plan;
  const [orderKey, noiseKey] = split(key, 2);
  const rows = data.x.shape[0];
  const order = permutation(orderKey, rows);
  const lossOf = settings.task === 'regression' ? mse : crossEntropy;
  let { params, memory } = progress;
  let total = 0;
  let seen = 0;
  for (let at = 0; at < rows; at += settings.batchSize) {
    const batch = order.subarray(at, at + settings.batchSize);
    // Batch normalisation of a single row is void.
    if (batch.length < 2) break;
    const x = take(data.x, batch);
    const y = take(data.y, batch);
    let fit = Number.NaN;
    const { grad } = valueAndGrad((trial: GatedParams) => {
      // Gates that are not trained have no gradient either, which would count in the norm that is clipped.
      const logAlpha = plan.trainGates ? trial.logAlpha : stopGradient(trial.logAlpha);
      const gates = plan.fixedGates ?? sampleGates(logAlpha, fold(noiseKey, at));
      const loss = lossOf(runGatedModel(structure, trial, x, gates), y);
      fit = loss.data[loss.offset];
      return plan.lambda > 0 ? add(loss, mul(sum(openProbability(logAlpha)), plan.lambda)) : loss;
    })(params);
    if (!Number.isFinite(fit)) return { params, memory, loss: Number.NaN };
    const clipped = clipGlobalNorm(grad, settings.clipNorm);
    ({ params, memory } = update({ params, memory }, clipped, plan));
    total += fit * batch.length;
    seen += batch.length;
  }
  const finite = treeLeaves(params).every((t) => flatten(t).every(Number.isFinite));
  return { params, memory, loss: finite ? total / seen : Number.NaN };
}

function update(
  { params, memory }: Progress,
  gradients: GatedParams,
  { settings, rate, trainGates }: EpochPlan,
): Progress {
  let next = params;
  const remembered = groups.map(({ names, optimizer }, i) => {
    if (names[0] === 'logAlpha' && !trainGates) return memory[i];
    const base = names[0] === 'power' ? settings.powerRate : settings.factorRate;
    const moved = optimizer.update(pick(params, names), pick(gradients, names), memory[i], base * rate);
    next = { ...next, ...moved.params };
    return moved.state;
  });
  return { params: next, memory: remembered };
}

function pick(params: GatedParams, names: readonly (keyof GatedParams)[]): Partial<GatedParams> {
  return Object.fromEntries(names.map((name) => [name, params[name]]));
}

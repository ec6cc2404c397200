import { factorColumns, type NeuronStructure, polynomialTerms } from '@neuronseek/neurons';
import {
  add,
  concat,
  expandDims,
  mean,
  mul,
  ones,
  power as raise,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@neuronseek/tensor';
import { type Key, normal, split, uniform } from '@neuronseek/tensor/random';
import { checkColumns, checkCount } from './check.js';
import type { TaskNeuronLayer } from './layer.js';
import { leaf } from './leaf.js';
import type { LayerRules, Variables } from './rules.js';

/** Options of {@link taskNeuron}. */
export interface TaskNeuronOptions {
  /** Batch normalisation of every term. Default: true. */
  readonly normalize?: boolean;
}

export const taskNeuronDefaults: Required<TaskNeuronOptions> = { normalize: true };

/** Weight of a new batch in the running mean and variance. */
const momentum = 0.1;
const epsilon = 1e-5;

/**
 * A layer of polynomial neurons: output j = b_j + Σ_k w_kj·x^k + Σ_q Σ_r Π_m ⟨u_qmrj, x⟩, x^k elementwise (the neuron of NeuronSeek,
 * each output with its own weights). Options: `normalize` (default true) normalises every term over the batch before they are added.
 * Cost: 2·B·inputs·outputs·(P + Σ order·rank) flops forward. Throws a RangeError for sizes that are not positive or an empty structure.
 */
export function taskNeuron(
  inputs: number,
  outputs: number,
  structure: NeuronStructure,
  { normalize = taskNeuronDefaults.normalize }: TaskNeuronOptions = {},
): TaskNeuronLayer {
  checkCount('taskNeuron', 'inputs', inputs);
  checkCount('taskNeuron', 'outputs', outputs);
  for (const order of structure.power) checkCount('taskNeuron', 'power order', order);
  for (const { order, rank } of structure.interaction) {
    checkCount('taskNeuron', 'interaction order', order);
    checkCount('taskNeuron', 'interaction rank', rank);
  }
  if (structure.power.length + structure.interaction.length === 0) {
    throw new RangeError('taskNeuron: the structure has no terms');
  }
  return { kind: 'taskNeuron', inputs, outputs, structure, normalize };
}

export const taskNeuronRules: LayerRules<TaskNeuronLayer> = {
  init: (layer, key): Variables => {
    const { inputs, outputs, structure, normalize } = layer;
    const [powerKey, factorKey] = split(key, 2);
    const { power, interaction } = structure;
    const bound = 1 / Math.sqrt(inputs);
    const params: Readonly<Record<string, Tensor>> = {
      power: tensor(uniform(powerKey, power.length * inputs * outputs, { min: -bound, max: bound }), [
        power.length,
        inputs,
        outputs,
      ]),
      factors: initFactors(layer, factorKey),
      bias: zeros([outputs]),
    };
    if (!normalize) return { params, state: {} };
    const terms = [power.length + interaction.length, outputs];
    return { params: { ...params, scale: ones(terms) }, state: { mean: zeros(terms), variance: ones(terms) } };
  },
  apply: ({ structure, normalize }, { params, state }, x, { training = false }) => {
    const options = { powers: structure.power, interactions: structure.interaction };
    const terms = polynomialTerms(x, leaf(params, 'power'), leaf(params, 'factors'), options);
    const bias = leaf(params, 'bias');
    if (!normalize) return { output: add(sum(terms, { axes: 0 }), bias), state };
    const running = { mean: leaf(state, 'mean'), variance: leaf(state, 'variance') };
    const used = training ? statistics(terms) : running;
    const output = add(sum(normalized(terms, used, leaf(params, 'scale')), { axes: 0 }), bias);
    return { output, state: training ? follow(running, used) : state };
  },
  outputs: (layer, inputs) => checkColumns('taskNeuron', layer, inputs),
};

/** Mean and variance of every term and output over the batch, [T, outputs]. */
interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

function statistics(terms: Tensor): Statistics {
  const center = mean(terms, { axes: 1, keepDims: true });
  const variance = mean(square(sub(terms, center)), { axes: 1 });
  return { mean: mean(terms, { axes: 1 }), variance };
}

/** scale·(terms − mean)/√(variance + ε); the shift of ordinary batch normalisation is left to the one bias of the neuron. */
function normalized(terms: Tensor, { mean: center, variance }: Statistics, scale: Tensor): Tensor {
  const factor = mul(scale, raise(add(variance, epsilon), -0.5));
  return mul(sub(terms, rows(center)), rows(factor));
}

/** [T, outputs] as [T, 1, outputs], to broadcast over the batch. */
function rows(x: Tensor): Tensor {
  return expandDims(x, 1);
}

function follow(running: Statistics, batch: Statistics): { readonly mean: Tensor; readonly variance: Tensor } {
  const blend = (old: Tensor, fresh: Tensor): Tensor => add(mul(old, 1 - momentum), mul(stopGradient(fresh), momentum));
  return { mean: blend(running.mean, batch.mean), variance: blend(running.variance, batch.variance) };
}

/**
 * Factors of interaction q ~ N(0, s²) with D·s² = R^(−1/k): for inputs of variance 1 each form ⟨u, x⟩ then has variance R^(−1/k), and the
 * sum of R products of k forms has variance about 1, whatever k and R are.
 */
function initFactors({ inputs, outputs, structure }: TaskNeuronLayer, key: Key): Tensor {
  if (structure.interaction.length === 0) return zeros([inputs, 0]);
  const keys = split(key, structure.interaction.length);
  const blocks = structure.interaction.map(({ order, rank }, q) => {
    const columns = factorColumns([{ order, rank }], outputs);
    const standardDeviation = rank ** (-1 / (2 * order)) / Math.sqrt(inputs);
    return tensor(normal(keys[q], inputs * columns, { standardDeviation }), [inputs, columns]);
  });
  return concat(blocks, { axis: 1 });
}

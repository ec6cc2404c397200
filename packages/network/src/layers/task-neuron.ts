import { type NeuronStructure, polynomialTerms } from '@neuronseek/neurons';
import { add, concat, ones, sum, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { type Key, normal, split, uniform } from '@neuronseek/tensor/random';
import { follow, normalizeTerms } from './batch-statistics.js';
import { checkColumns, checkCount } from './check.js';
import type { TaskNeuronLayer } from './layer.js';
import { leaf } from './leaf.js';
import { normalizedSum } from './normalized-sum.js';
import { placeholder } from './placeholder.js';
import type { LayerRules, Variables } from './rules.js';

/** Options of {@link taskNeuron}. */
export interface TaskNeuronOptions {
  /** Batch normalisation of every term. Default: true. */
  readonly normalize?: boolean;
}

export const taskNeuronDefaults: Required<TaskNeuronOptions> = { normalize: true };

/**
 * A layer of polynomial neurons: output j = b_j + Σ_k w_kj·x^k + Σ_q Σ_r Π_m ⟨u_qmrj, x⟩, x^k elementwise (the neuron of NeuronSeek,
 * each output with its own weights). Options: `normalize` (default true) normalises every term over the batch before they are added,
 * s·(t − mean)/√(variance + 1e-5) with a learned scale s; running statistics follow the batches by a tenth a step and stand in for them
 * outside training. Cost: 2·B·inputs·outputs·(P + Σ order·rank) flops forward. Throws a RangeError for sizes, orders or ranks that are not
 * positive integers, a power that occurs twice, an interaction of another form than CP or an empty structure.
 */
export function taskNeuron(
  inputs: number,
  outputs: number,
  structure: NeuronStructure,
  { normalize = taskNeuronDefaults.normalize }: TaskNeuronOptions = {},
): TaskNeuronLayer {
  checkCount('taskNeuron', 'inputs', inputs);
  checkCount('taskNeuron', 'outputs', outputs);
  const power = [...structure.power];
  power.forEach((order, p) => {
    checkCount('taskNeuron', `power[${p}]`, order);
    if (power.indexOf(order) !== p) throw new RangeError(`taskNeuron: powers must be distinct, ${order} occurs twice`);
  });
  const interaction = structure.interaction.map(({ order, rank, form = 'cp' }, q) => {
    if (form !== 'cp') throw new RangeError(`taskNeuron: interaction[${q}].form must be 'cp', got '${form}'`);
    checkCount('taskNeuron', `interaction[${q}].order`, order);
    checkCount('taskNeuron', `interaction[${q}].rank`, rank);
    return { order, rank };
  });
  if (power.length + interaction.length === 0) throw new RangeError('taskNeuron: the structure has no terms');
  return { kind: 'taskNeuron', inputs, outputs, structure: { power, interaction }, normalize };
}

export const taskNeuronRules: LayerRules<TaskNeuronLayer> = {
  template: (layer): Variables => {
    const { power, factors, bias, terms } = shapesOf(layer);
    const params = { power: placeholder(power), factors: placeholder(factors), bias: placeholder(bias) };
    if (!layer.normalize) return { params, state: {} };
    const each = placeholder(terms);
    return { params: { ...params, scale: each }, state: { mean: each, variance: each } };
  },
  init: (layer, key): Variables => {
    const shapes = shapesOf(layer);
    const [powerKey, factorKey] = split(key, 2);
    const params = {
      power: initPower(layer, powerKey),
      factors: initFactors(layer, factorKey),
      bias: zeros(shapes.bias),
    };
    if (!layer.normalize) return { params, state: {} };
    const { terms } = shapes;
    return { params: { ...params, scale: ones(terms) }, state: { mean: zeros(terms), variance: ones(terms) } };
  },
  apply: (layer, { params, state }, x, { training }) => {
    const shapes = shapesOf(layer);
    const { power: powers, interaction: interactions } = layer.structure;
    const weights = leaf(params, 'power', shapes.power);
    const terms = polynomialTerms(x, weights, leaf(params, 'factors', shapes.factors), { powers, interactions });
    const bias = leaf(params, 'bias', shapes.bias);
    if (!layer.normalize) return { output: add(sum(terms, { axes: 0 }), bias), state };
    const scale = leaf(params, 'scale', shapes.terms);
    const running = { mean: leaf(state, 'mean', shapes.terms), variance: leaf(state, 'variance', shapes.terms) };
    if (!training) return { output: add(sum(normalizeTerms(terms, running, scale), { axes: 0 }), bias), state };
    const { output, statistics } = normalizedSum(terms, scale, bias);
    return { output, state: follow(running, statistics) };
  },
  outputs: checkColumns,
};

/** Shapes of the variables; `terms` is that of scale, mean and variance. */
function shapesOf({ inputs, outputs, structure: { power, interaction } }: TaskNeuronLayer): {
  readonly power: readonly number[];
  readonly factors: readonly number[];
  readonly bias: readonly number[];
  readonly terms: readonly number[];
} {
  const columns = interaction.reduce((n, { order, rank }) => n + order * rank * outputs, 0);
  return {
    power: [power.length, inputs, outputs],
    factors: [inputs, columns],
    bias: [outputs],
    terms: [power.length + interaction.length, outputs],
  };
}

/** Weights of x^k ~ U(±√(3/(D·(2k − 1)!!))): for standard normal inputs E x^2k = (2k − 1)!!, so every power term has variance 1. */
function initPower({ inputs, outputs, structure: { power } }: TaskNeuronLayer, key: Key): Tensor {
  const each = inputs * outputs;
  const weights = uniform(key, power.length * each, { min: -1, max: 1 });
  power.forEach((order, p) => {
    let bound = Math.sqrt(3 / inputs);
    for (let i = 2 * order - 1; i > 1; i -= 2) bound /= Math.sqrt(i);
    for (let i = p * each; i < (p + 1) * each; i++) weights[i] *= bound;
  });
  return tensor(weights, [power.length, inputs, outputs]);
}

/**
 * Factors of interaction q ~ N(0, s²) with D·s² = R^(−1/k): for inputs of variance 1 each form ⟨u, x⟩ then has variance R^(−1/k), and the
 * sum of R products of k forms has variance about 1, whatever k and R are.
 */
function initFactors({ inputs, outputs, structure }: TaskNeuronLayer, key: Key): Tensor {
  if (structure.interaction.length === 0) return zeros([inputs, 0]);
  const keys = split(key, structure.interaction.length);
  const blocks = structure.interaction.map(({ order, rank }, q) => {
    const columns = order * rank * outputs;
    const standardDeviation = rank ** (-1 / (2 * order)) / Math.sqrt(inputs);
    return tensor(normal(keys[q], inputs * columns, { standardDeviation }), [inputs, columns]);
  });
  return concat(blocks, { axis: 1 });
}

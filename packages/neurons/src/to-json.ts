import { flatten, type Tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expressions/expression-neuron.js';
import type { Interaction } from './interaction.js';
import type { Neuron } from './neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import type { Scaling } from './scaling.js';
import { checkDepth } from './text/check-tree.js';
import { type ExpressionNeuronJson, expressionNeuronJson, type JsonNumber } from './text/expression-json.js';

/** Version of the format that {@link toJSON} writes. */
export const jsonVersion = 1;

export type { JsonNumber } from './text/expression-json.js';

/** Nested arrays, the first axis outermost. */
export type JsonTensor = readonly (JsonNumber | JsonTensor)[];

/** What {@link toJSON} makes of a polynomial neuron: nothing but objects, arrays, strings and numbers. */
export interface NeuronJson {
  readonly kind: 'polynomial';
  readonly version: typeof jsonVersion;
  readonly dtype: 'float64' | 'float32';
  readonly inputs: number;
  readonly outputs: number;
  readonly features: readonly string[];
  readonly bias: JsonTensor;
  readonly power: readonly { readonly order: number; readonly weights: JsonTensor }[];
  readonly interaction: readonly InteractionJson[];
  /** Absent where the neuron has none. */
  readonly scaling?: {
    readonly means: JsonTensor;
    readonly deviations: JsonTensor;
    readonly targetMeans: JsonTensor;
    readonly targetDeviations: JsonTensor;
  };
}

/** An interaction within {@link NeuronJson}. */
export type InteractionJson =
  | {
      readonly form: 'cp';
      readonly order: number;
      readonly rank: number;
      readonly factors: readonly JsonTensor[];
    }
  | {
      readonly form: 'symmetric';
      readonly order: number;
      readonly rank: number;
      readonly weights: JsonTensor;
      readonly factor: JsonTensor;
    }
  | {
      readonly form: 'tucker';
      readonly order: number;
      readonly ranks: readonly number[];
      readonly core: JsonTensor;
      readonly factors: readonly JsonTensor[];
    }
  | {
      readonly form: 'tt';
      readonly order: number;
      readonly ranks: readonly number[];
      readonly cores: readonly JsonTensor[];
    };

/**
 * A neuron as a value for JSON.stringify, to be read back by `fromJSON` bit for bit: the decimals that JavaScript writes are the
 * shortest that give the same double again. Throws where the numbers, shapes or nodes are not those of a neuron, and for expressions of
 * more than 500 nodes in depth.
 */
export function toJSON(neuron: PolynomialNeuron): NeuronJson;
export function toJSON(neuron: ExpressionNeuron): ExpressionNeuronJson;
export function toJSON(neuron: Neuron): NeuronJson | ExpressionNeuronJson;
export function toJSON(neuron: Neuron): NeuronJson | ExpressionNeuronJson {
  if (neuron.kind === 'polynomial') return polynomialNeuronJson(neuron);
  neuron.expressions.forEach((expression, c) => {
    checkDepth('toJSON', `expressions[${c}]`, expression);
  });
  return expressionNeuronJson(checkExpressionNeuron('toJSON', '', neuron));
}

function polynomialNeuronJson(neuron: PolynomialNeuron): NeuronJson {
  const { inputs, outputs, features, bias, power, interaction, scaling } = checkNeuron('toJSON', '', neuron);
  return {
    kind: 'polynomial',
    version: jsonVersion,
    dtype: bias.dtype === 'float32' ? 'float32' : 'float64',
    inputs,
    outputs,
    features: [...features],
    bias: nest(bias),
    power: power.map(({ order, weights }) => ({ order, weights: nest(weights) })),
    interaction: interaction.map(interactionJson),
    ...(scaling === undefined ? {} : { scaling: scalingJson(scaling) }),
  };
}

function interactionJson(part: Interaction): InteractionJson {
  const { order } = part;
  switch (part.form) {
    case 'cp':
      return { form: 'cp', order, rank: part.rank, factors: part.factors.map(nest) };
    case 'symmetric':
      return { form: 'symmetric', order, rank: part.rank, weights: nest(part.weights), factor: nest(part.factor) };
    case 'tucker':
      return {
        form: 'tucker',
        order,
        ranks: [...part.ranks],
        core: nest(part.core),
        factors: part.factors.map(nest),
      };
    case 'tt':
      return { form: 'tt', order, ranks: [...part.ranks], cores: part.cores.map(nest) };
  }
}

function scalingJson({ means, deviations, targetMeans, targetDeviations }: Scaling): NeuronJson['scaling'] {
  return {
    means: means.map(jsonNumber),
    deviations: deviations.map(jsonNumber),
    targetMeans: targetMeans.map(jsonNumber),
    targetDeviations: targetDeviations.map(jsonNumber),
  };
}

function jsonNumber(value: number): JsonNumber {
  return Object.is(value, -0) ? '-0' : value;
}

function nest(t: Tensor): JsonTensor {
  const elements = flatten(t);
  const walk = (axis: number, start: number, size: number): JsonTensor => {
    const step = size / t.shape[axis];
    return Array.from({ length: t.shape[axis] }, (_, i) => {
      if (axis + 1 < t.order) return walk(axis + 1, start + i * step, step);
      return jsonNumber(elements[start + i]);
    });
  };
  return walk(0, 0, t.size);
}

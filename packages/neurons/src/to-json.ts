import { flatten, type Tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import type { Interaction, PolynomialNeuron } from './polynomial-neuron.js';

/** Version of the format that {@link toJSON} writes. */
export const jsonVersion = 1;

/** A number as JSON keeps it: negative zero, of which JSON.stringify loses the sign, is the string "-0". */
export type JsonNumber = number | '-0';

/** Nested arrays, the first axis outermost. */
export type JsonTensor = readonly (JsonNumber | JsonTensor)[];

/** What {@link toJSON} returns: nothing but objects, arrays, strings and numbers. */
export interface NeuronJson {
  readonly kind: 'polynomial';
  readonly version: typeof jsonVersion;
  readonly dtype: 'float64' | 'float32';
  readonly inputs: number;
  readonly outputs: number;
  readonly features: readonly string[];
  readonly bias: JsonTensor;
  readonly power: readonly { readonly order: number; readonly weights: JsonTensor }[];
  readonly interaction: readonly {
    readonly form: 'cp';
    readonly order: number;
    readonly rank: number;
    readonly factors: readonly JsonTensor[];
  }[];
}

/**
 * A neuron as a value for JSON.stringify, to be read back by `fromJSON` bit for bit: the decimals that JavaScript writes are the
 * shortest that give the same double again. Throws where the numbers or shapes are not those of a neuron.
 */
export function toJSON(neuron: PolynomialNeuron): NeuronJson {
  const { inputs, outputs, features, bias, power, interaction } = checkNeuron('toJSON', '', neuron);
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
  };
}

function interactionJson(part: Interaction): NeuronJson['interaction'][number] {
  switch (part.form) {
    case 'cp':
      return { form: 'cp', order: part.order, rank: part.rank, factors: part.factors.map(nest) };
  }
}

function nest(t: Tensor): JsonTensor {
  const elements = flatten(t);
  const walk = (axis: number, start: number, size: number): JsonTensor => {
    const step = size / t.shape[axis];
    return Array.from({ length: t.shape[axis] }, (_, i) => {
      if (axis + 1 < t.order) return walk(axis + 1, start + i * step, step);
      const value = elements[start + i];
      return Object.is(value, -0) ? '-0' : value;
    });
  };
  return walk(0, 0, t.size);
}

import { type Layer, normalizationEpsilon, type TaskNeuronLayer, type Tree, type Variables } from '@neuronseek/network';
import { flatten } from '@neuronseek/tensor';
import { parameterOf } from '../../constructions/exact-layers.js';
import { powerForm, relu, sigmoid, softplusForm, tanh } from './elementary.js';
import { affine, combine, constantForm, type Form, product } from './form.js';

type Step = (x: readonly Form[]) => Form[];

/** Layers as a function on forms; numbers are read once. */
export function formsOfLayers(layers: readonly Layer[], { params, state }: Variables): Step {
  const steps = layers.map((layer, i) => stepOf(layer, params, state, i));
  return (x) => steps.reduce((forms, step) => step(forms), [...x]);
}

function stepOf(layer: Layer, params: Tree, state: Tree, i: number): Step {
  switch (layer.kind) {
    case 'linear': {
      const [weight, bias] = [numbers(params, i, 'weight'), numbers(params, i, 'bias')];
      return (x) => Array.from(bias, (offset, j) => combine(x, weight, j, bias.length, offset));
    }
    case 'activation':
      return activationStep(layer.name);
    case 'taskNeuron':
      return taskNeuronStep(layer, params, state, i);
    case 'sequential':
      return formsOfLayers(layer.layers, { params: branchOf(params, i), state: branchOf(state, i) });
  }
}

function activationStep(name: 'relu' | 'tanh' | 'sigmoid' | 'softplus' | 'identity'): Step {
  const own = { relu, tanh, sigmoid, softplus: softplusForm, identity: (form: Form) => form }[name];
  return (x) => x.map(own);
}

/** Terms, normalised by the running statistics where the layer does that, and their sum. */
function taskNeuronStep(layer: TaskNeuronLayer, params: Tree, state: Tree, i: number): Step {
  const { inputs, outputs, structure, normalize } = layer;
  const [power, factors, bias] = ['power', 'factors', 'bias'].map((name) => numbers(params, i, name));
  const columns = factors.length / inputs;
  const terms = (x: readonly Form[], c: number): Form[] => {
    const powers = structure.power.map((order, p) =>
      combine(
        x.map((form) => powerForm(form, order)),
        power,
        p * inputs * outputs + c,
        outputs,
        0,
      ),
    );
    let base = 0;
    const interactions = structure.interaction.map(({ order, rank }) => {
      const start = base;
      base += order * rank * outputs;
      const products = Array.from({ length: rank }, (_, r) =>
        Array.from({ length: order }, (_, m) =>
          combine(x, factors, start + (m * rank + r) * outputs + c, columns, 0),
        ).reduce(product),
      );
      return total(products, 0);
    });
    return [...powers, ...interactions];
  };
  if (!normalize) return (x) => Array.from(bias, (offset, c) => total(terms(x, c), offset));
  const scale = numbers(params, i, 'scale');
  const [mean, variance] = [numbers(state, i, 'mean'), numbers(state, i, 'variance')];
  return (x) =>
    Array.from(bias, (offset, c) =>
      total(
        terms(x, c).map((term, t) => {
          const k = t * outputs + c;
          const centred = affine(term, 1, -mean[k], 0);
          // The factor is rounded four times: it is a form of its own.
          const factor = scale[k] / Math.sqrt(variance[k] + normalizationEpsilon);
          const rounded = constantForm(term.length - 2, factor);
          rounded[term.length - 1] = Math.abs(factor) * 2 ** -49;
          return product(centred, rounded);
        }),
        offset,
      ),
    );
}

function total(forms: readonly Form[], offset: number): Form {
  return combine(forms, new Float64Array(forms.length).fill(1), 0, 1, offset);
}

function numbers(tree: Tree, i: number, name: string): Float64Array {
  return Float64Array.from(flatten(parameterOf(tree, i, name)));
}

/** The variables of layer i, which is a sequence itself. */
function branchOf(tree: Tree, i: number): Tree {
  const own: unknown = Array.isArray(tree) ? tree[i] : undefined;
  if (!Array.isArray(own)) throw new TypeError(`certifySupNorm: the variables of layers[${i}] are no sequence`);
  return own;
}

import { activation, activations } from '../layers/activation.js';
import type { ActivationName, Layer } from '../layers/layer.js';
import { linear } from '../layers/linear.js';
import { sequential } from '../layers/sequential.js';
import { taskNeuron } from '../layers/task-neuron.js';
import { count, flag, list, object, show, text } from './json-value.js';

/** A layer from parsed JSON. Throws a TypeError naming the place. */
export function readLayer(value: unknown, path: string): Layer {
  const data = object(value, path);
  switch (data.kind) {
    case 'linear': {
      const [inputs, outputs] = sizes(data, path);
      return made(path, () => linear(inputs, outputs));
    }
    case 'activation':
      return activation(activationName(data.name, `${path}.name`));
    case 'sequential': {
      const layers = list(data.layers, `${path}.layers`).map((child, i) => readLayer(child, `${path}.layers[${i}]`));
      return made(path, () => sequential(layers));
    }
    case 'taskNeuron': {
      const [inputs, outputs] = sizes(data, path);
      const at = `${path}.structure`;
      const structure = object(data.structure, at);
      const power = list(structure.power, `${at}.power`).map((k, i) => count(k, `${at}.power[${i}]`));
      const interaction = list(structure.interaction, `${at}.interaction`).map((term, i) => {
        const place = `${at}.interaction[${i}]`;
        const { order, rank } = object(term, place);
        return { order: count(order, `${place}.order`), rank: count(rank, `${place}.rank`) };
      });
      const normalize = flag(data.normalize, `${path}.normalize`);
      return made(path, () => taskNeuron(inputs, outputs, { power, interaction }, { normalize }));
    }
    default:
      throw new TypeError(`load: ${path}.kind is ${show(data.kind)}, which is no kind of layer`);
  }
}

function sizes(data: Readonly<Record<string, unknown>>, path: string): [number, number] {
  return [count(data.inputs, `${path}.inputs`), count(data.outputs, `${path}.outputs`)];
}

/** The layer's own checks, with the place in the file before what they say. */
function made(path: string, make: () => Layer): Layer {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new TypeError(`load: ${path} is no layer: ${cause.message}`, { cause });
  }
}

function activationName(value: unknown, path: string): ActivationName {
  const given = text(value, path);
  for (const name of Object.keys(activations) as ActivationName[]) if (name === given) return name;
  throw new TypeError(`load: ${path} is ${show(given)}, which is no activation`);
}

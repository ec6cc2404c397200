import type { Layer, Tree, Variables } from '@neuronseek/network';
import { fromJSON, toJSON } from '@neuronseek/neurons';
import { flatten, isTensor, tensor } from '@neuronseek/tensor';
import { isNetwork } from '../certificates/hinge-values.js';
import { formulaFunction } from '../expressivity/formula-function.js';
import { networkFunction } from '../expressivity/network-function.js';
import type { Approximant } from '../targets/approximant.js';

/** A tree of tensors as threads are sent one. */
type PlainTree =
  | { readonly data: Float64Array; readonly shape: readonly number[] }
  | readonly PlainTree[]
  | { readonly fields: Readonly<Record<string, PlainTree>> };

/** A function with layers or a formula as threads are sent one. */
export type PlainFunction =
  | { readonly formula: ReturnType<typeof toJSON> }
  | {
      readonly inputs: number;
      readonly layers: readonly Layer[];
      readonly params: PlainTree;
      readonly state: PlainTree;
    };

/** A function as plain data. Throws a RangeError by `name` for one without layers and formula. */
export function toPlainFunction(name: string, label: string, g: Approximant): PlainFunction {
  if (isNetwork(g)) {
    const { params, state } = g.variables;
    return { inputs: g.dimension, layers: g.layers, params: plain(params), state: plain(state) };
  }
  if (!g.formula) throw new RangeError(`${name}: needs the layers or the formula of both: ${label} has none`);
  return { formula: toJSON(g.formula) };
}

/** The function again. */
export function fromPlainFunction(sent: PlainFunction): Approximant {
  if ('formula' in sent) return formulaFunction(fromJSON(sent.formula));
  const variables: Variables = { params: tree(sent.params), state: tree(sent.state) };
  return networkFunction({ kind: 'sequential', layers: sent.layers }, variables, sent.inputs);
}

function plain(value: Tree): PlainTree {
  if (isTensor(value)) return { data: Float64Array.from(flatten(value)), shape: value.shape };
  if (Array.isArray(value)) return value.map(plain);
  return { fields: Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)])) };
}

function tree(value: PlainTree): Tree {
  if ('data' in value) return tensor(value.data, value.shape);
  if ('fields' in value) {
    return Object.fromEntries(Object.entries(value.fields).map(([name, part]) => [name, tree(part)]));
  }
  return value.map(tree);
}

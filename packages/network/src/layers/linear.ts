import { add, matmul, tensor, zeros } from '@neuronseek/tensor';
import { uniform } from '@neuronseek/tensor/random';
import { checkColumns, checkCount } from './check.js';
import type { LinearLayer } from './layer.js';
import { leaf } from './leaf.js';
import { placeholder } from './placeholder.js';
import type { LayerRules } from './rules.js';

/** A linear layer y = x·W + b from `inputs` to `outputs` columns. Throws a RangeError unless both are positive integers. */
export function linear(inputs: number, outputs: number): LinearLayer {
  checkCount('linear', 'inputs', inputs);
  checkCount('linear', 'outputs', outputs);
  return { kind: 'linear', inputs, outputs };
}

/** W ~ U(±1/√inputs), b = 0: the Kaiming-uniform scale with a = √5 that PyTorch's Linear uses. */
export const linearRules: LayerRules<LinearLayer> = {
  template: ({ inputs, outputs }) => ({
    params: { weight: placeholder([inputs, outputs]), bias: placeholder([outputs]) },
    state: {},
  }),
  init: ({ inputs, outputs }, key) => {
    const bound = 1 / Math.sqrt(inputs);
    const weight = tensor(uniform(key, inputs * outputs, { min: -bound, max: bound }), [inputs, outputs]);
    return { params: { weight, bias: zeros([outputs]) }, state: {} };
  },
  apply: ({ inputs, outputs }, { params, state }, x) => ({
    output: add(matmul(x, leaf(params, 'weight', [inputs, outputs])), leaf(params, 'bias', [outputs])),
    state,
  }),
  outputs: checkColumns,
};

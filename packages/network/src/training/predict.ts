import { concat, slice, type Tensor } from '@neuronseek/tensor';
import { apply } from '../apply.js';
import type { Layer } from '../layers/layer.js';
import type { Variables } from '../layers/rules.js';

/** Rows at a time: enough to be quick, few enough to keep the intermediates of wide layers small. */
const block = 4096;

/** Outputs of a trained layer, [rows, outputs], with running statistics and nothing recorded. */
export function predict(layer: Layer, variables: Variables, x: Tensor): Tensor {
  const rows = x.shape[0];
  if (rows <= block) return apply(layer, variables, x).output;
  const parts: Tensor[] = [];
  for (let start = 0; start < rows; start += block) {
    parts.push(apply(layer, variables, slice(x, [{ start, stop: Math.min(rows, start + block) }])).output);
  }
  return concat(parts);
}

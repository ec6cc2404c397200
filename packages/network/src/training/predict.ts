import { concat, showShape, type Tensor } from '@neuronseek/tensor';
import { apply } from '../apply.js';
import type { Layer } from '../layers/layer.js';
import type { Variables } from '../layers/rules.js';
import { eachBlock } from './each-block.js';

/**
 * Outputs of a trained layer for x [rows, columns], [rows, outputs], with running statistics and nothing recorded; blocks of 4096 rows keep
 * the intermediates of wide layers small. A NaN in a row of x gives NaN in that row alone. Throws a RangeError when the columns do not fit.
 */
export function predict(layer: Layer, variables: Variables, x: Tensor): Tensor {
  if (x.order !== 2) throw new RangeError(`predict: x must have shape [rows, columns], got ${showShape(x.shape)}`);
  const parts: Tensor[] = [];
  eachBlock(x, (part) => parts.push(apply(layer, variables, part).output));
  return parts.length === 1 ? parts[0] : concat(parts);
}

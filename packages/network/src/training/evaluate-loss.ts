import { slice, type Tensor } from '@neuronseek/tensor';
import { apply } from '../apply.js';
import type { Layer } from '../layers/layer.js';
import type { Variables } from '../layers/rules.js';
import { eachBlock } from './each-block.js';
import type { LabelledTable } from './labelled-table.js';

/** Mean loss over a table in blocks of rows, with running statistics. */
export function evaluateLoss(
  layer: Layer,
  variables: Variables,
  { x, y }: LabelledTable,
  loss: (prediction: Tensor, target: Tensor) => Tensor,
): number {
  let total = 0;
  eachBlock(x, (part, start) => {
    const rows = part.shape[0];
    const { output } = apply(layer, variables, part);
    total += loss(output, slice(y, [{ start, stop: start + rows }])).item() * rows;
  });
  return total / x.shape[0];
}

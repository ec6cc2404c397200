import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import type { Interaction, TtInteraction } from '../interaction.js';
import { toCp } from './to-cp.js';

/**
 * Any interaction as a tensor train of the same coefficient tensor: of CP with inner ranks equal to its rank and diagonal cores, so nothing is rounded; a
 * symmetric or Tucker interaction goes through `toCp`. A train is returned as it is. Cost: order·rank²·inputs·outputs numbers.
 */
export function toTt(part: Interaction): TtInteraction {
  if (part.form === 'tt') return part;
  const { order, rank, factors } = toCp(part);
  const ranks = new Array<number>(order - 1).fill(rank);
  // Of order 1 there is no inner rank: the one core is the sum of the components.
  if (order === 1) return { form: 'tt', order, ranks, cores: [summed(factors[0])] };
  return { form: 'tt', order, ranks, cores: factors.map((factor, m) => diagonal(factor, m > 0, m + 1 < order)) };
}

/** Core [R or 1, D, R or 1, C] with factor[d, r, c] where the ranks that are open are r. */
function diagonal(factor: Tensor, left: boolean, right: boolean): Tensor {
  const [inputs, rank, outputs] = factor.shape;
  const u = flatten(factor);
  const [rows, columns] = [left ? rank : 1, right ? rank : 1];
  const size = rows * inputs * columns * outputs;
  const data = factor.dtype === 'float32' ? new Float32Array(size) : new Float64Array(size);
  for (let d = 0; d < inputs; d++) {
    for (let r = 0; r < rank; r++) {
      const at = (((left ? r : 0) * inputs + d) * columns + (right ? r : 0)) * outputs;
      for (let c = 0; c < outputs; c++) data[at + c] = u[(d * rank + r) * outputs + c];
    }
  }
  return tensor(data, [rows, inputs, columns, outputs]);
}

function summed(factor: Tensor): Tensor {
  const [inputs, rank, outputs] = factor.shape;
  const u = flatten(factor);
  const size = inputs * outputs;
  const data = factor.dtype === 'float32' ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < u.length; i++) data[Math.floor(i / (rank * outputs)) * outputs + (i % outputs)] += u[i];
  return tensor(data, [1, inputs, 1, outputs]);
}

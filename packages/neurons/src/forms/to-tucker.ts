import { tensor } from '@neuronseek/tensor';
import type { Interaction, TuckerInteraction } from '../interaction.js';
import { toCp } from './to-cp.js';

/** Elements of a core that are not refused. */
const mostElements = 10_000_000;

/**
 * Any interaction as a Tucker interaction of the same coefficient tensor, its core superdiagonal: of CP the factors are kept and core[r, …, r] is 1, so
 * nothing is rounded; a symmetric one or a train goes through `toCp`. One in Tucker form is returned as it is.
 *
 * Throws a RangeError where the core, rank^order·outputs numbers, would have more than ten million.
 */
export function toTucker(part: Interaction): TuckerInteraction {
  if (part.form === 'tucker') return part;
  const { order, rank, factors } = toCp(part);
  const outputs = factors[0].shape[2];
  const { dtype } = factors[0];
  const size = rank ** order * outputs;
  if (size > mostElements) {
    throw new RangeError(
      `toTucker: a core of rank ${rank} and order ${order} has more than ${mostElements} elements: ${size}`,
    );
  }
  const core = dtype === 'float32' ? new Float32Array(size) : new Float64Array(size);
  const step = Array.from({ length: order }, (_, m) => rank ** m).reduce((sum, n) => sum + n, 0);
  for (let r = 0; r < rank; r++) for (let c = 0; c < outputs; c++) core[r * step * outputs + c] = 1;
  const ranks = new Array<number>(order).fill(rank);
  return { form: 'tucker', order, ranks, core: tensor(core, [...ranks, outputs]), factors };
}

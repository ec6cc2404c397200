import type { Tensor } from '../core/tensor.js';

/**
 * Calls `fill` with one zeroed float64 buffer an output, so that everything is computed in float64 and an output of another
 * dtype is rounded once, at the end.
 */
export function fillFloat64(outs: readonly Tensor[], fill: (...buffers: Float64Array[]) => void): void {
  const buffers = outs.map(({ data }) => (data instanceof Float64Array ? data : new Float64Array(data.length)));
  fill(...buffers);
  outs.forEach(({ data }, i) => {
    if (data !== buffers[i]) data.set(buffers[i]);
  });
}

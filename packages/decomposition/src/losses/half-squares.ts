import { log2 } from '@neuronseek/tensor/math';

/** Elements whose squares are summed before they are added to the rest: rounding grows with the number of blocks, not of elements. */
const BLOCK = 1024;

/**
 * ½ Σ w·(model - x)², divided by Σ w·x² (by 1 where that is 0) if `relative`; w is 1 everywhere where there are none, and elements of weight 0 are
 * not looked at. Writes the derivative by the model, w·(model - x) over the same divisor, to `slope` where that is given.
 *
 * Everything is squared in units of a power of two next to the largest number, which costs no digit.
 */
export function halfSquares(
  x: Float64Array,
  model: Float64Array,
  weights: Float64Array | undefined,
  relative: boolean,
  slope: { [index: number]: number } | undefined,
): number {
  const unit = unitOf(x, model, weights);
  let [errors, squares] = [0, 0];
  for (let first = 0; first < x.length; first += BLOCK) {
    const end = Math.min(x.length, first + BLOCK);
    let [some, others] = [0, 0];
    for (let q = first; q < end; q++) {
      const w = weights === undefined ? 1 : weights[q];
      if (w === 0) continue;
      const v = x[q] / unit;
      const e = model[q] / unit - v;
      some += w * e * e;
      others += w * v * v;
    }
    errors += some;
    squares += others;
  }
  const scaled = relative && squares !== 0;
  if (slope !== undefined) {
    for (let q = 0; q < x.length; q++) {
      const w = weights === undefined ? 1 : weights[q];
      // Not by 1/‖x‖², which leaves the range before the derivative does.
      const rest = model[q] - x[q];
      slope[q] = w === 0 ? 0 : scaled ? (w * (rest / unit)) / squares / unit : w * rest;
    }
  }
  return scaled ? errors / squares / 2 : (errors * unit * unit) / 2;
}

/** A power of two next to the largest size of what counts. */
function unitOf(x: Float64Array, model: Float64Array, weights: Float64Array | undefined): number {
  let largest = 0;
  for (let q = 0; q < x.length; q++) {
    if (weights !== undefined && weights[q] === 0) continue;
    const size = Math.max(Math.abs(x[q]), Math.abs(model[q]));
    if (!(size <= largest)) largest = size;
  }
  return largest === 0 || !Number.isFinite(largest) ? 1 : 2 ** Math.round(log2(largest));
}

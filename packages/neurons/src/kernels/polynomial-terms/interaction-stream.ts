import type { TermSizes } from './contract.js';
import { leaveOneOut } from './leave-one-out.js';

/** The interaction terms of the rows [from, to), from their inner products z. */
export function interactionTerms(
  { batch, outputs, powers, interactions }: TermSizes,
  columns: number,
  from: number,
  to: number,
  z: Float64Array,
  terms: Float64Array,
): void {
  let base = 0;
  for (let q = 0; q < interactions.length; q++) {
    const { order, rank } = interactions[q];
    const out = (powers.length + q) * batch * outputs;
    sumProducts(order, rank, outputs, columns, base, from, to, z, terms, out);
    base += order * rank * outputs;
  }
}

/** Gradients with respect to z of the rows [from, to): row b of z has row b - from of `gz`. */
export function interactionGradients(
  { batch, outputs, powers, interactions }: TermSizes,
  columns: number,
  from: number,
  to: number,
  gTerms: Float64Array,
  z: Float64Array,
  gz: Float64Array,
): void {
  let base = 0;
  for (let q = 0; q < interactions.length; q++) {
    const { order, rank } = interactions[q];
    const g = (powers.length + q) * batch * outputs;
    leaveOneOut(order, rank, outputs, columns, base, from, to, gTerms, g, z, gz);
    base += order * rank * outputs;
  }
}

function sumProducts(
  order: number,
  rank: number,
  outputs: number,
  columns: number,
  base: number,
  from: number,
  to: number,
  z: Float64Array,
  terms: Float64Array,
  out: number,
): void {
  const step = rank * outputs;
  const last = (order - 1) * step;
  for (let b = from; b < to; b++) {
    const row = b * columns + base;
    for (let c = 0; c < outputs; c++) {
      let sum = 0;
      for (let i = row + c, end = row + step; i < end; i += outputs) {
        let product = z[i];
        for (let j = i + step; j <= i + last; j += step) product *= z[j];
        sum += product;
      }
      terms[out + b * outputs + c] = sum;
    }
  }
}

import { gemm } from '@neuronseek/tensor/kernels';
import type { TermSizes } from './contract.js';
import { LOW, lowPowerGradients, lowPowerInputGradients, lowPowerTerms } from './low-powers.js';

/** Length of the scratch arrays of this file, for blocks of up to `rows` rows. */
export function powerScratch(rows: number, inputs: number): number {
  return Math.max(rows, LOW) * inputs;
}

/**
 * The power terms of the rows [from, to). One running buffer holds x^k, so that each further power costs one
 * multiplication an element, whatever the number of powers.
 */
export function powerTerms(
  { batch, inputs, outputs, powers }: TermSizes,
  from: number,
  to: number,
  x: Float64Array,
  w: Float64Array,
  terms: Float64Array,
  running: Float64Array,
): void {
  const rows = to - from;
  if (low(outputs, powers)) {
    lowPowerTerms(rows, inputs, batch, from, powers, x, w, terms, running);
    return;
  }
  const count = rows * inputs;
  const start = from * inputs;
  running.fill(1, 0, count);
  let reached = 0;
  for (const p of ascending(powers)) {
    for (; reached < powers[p] - 1; reached++) for (let i = 0; i < count; i++) running[i] *= x[start + i];
    reached = powers[p];
    const weights = p * inputs * outputs;
    const out = (p * batch + from) * outputs;
    if (outputs === 1) {
      powerDots(rows, inputs, x, start, running, w, weights, terms, out);
    } else {
      for (let i = 0; i < count; i++) running[i] *= x[start + i];
      gemm(rows, outputs, inputs, running, 0, inputs, 1, w, weights, outputs, 1, terms, out, outputs, false);
    }
  }
}

/** Gradients of the power terms of the rows [from, to), ADDED to gx and gw. `product` is scratch as long as `running`. */
export function powerGradients(
  { batch, inputs, outputs, powers }: TermSizes,
  from: number,
  to: number,
  gTerms: Float64Array,
  x: Float64Array,
  w: Float64Array,
  gx: Float64Array | undefined,
  gw: Float64Array | undefined,
  running: Float64Array,
  product: Float64Array,
): void {
  const rows = to - from;
  if (low(outputs, powers)) {
    if (gw) lowPowerGradients(rows, inputs, batch, from, powers, gTerms, x, gw, running);
    if (gx) lowPowerInputGradients(rows, inputs, batch, from, powers, gTerms, x, w, gx, running);
    return;
  }
  const count = rows * inputs;
  const start = from * inputs;
  running.fill(1, 0, count);
  let reached = 0;
  for (const p of ascending(powers)) {
    const power = powers[p];
    for (; reached < power - 1; reached++) for (let i = 0; i < count; i++) running[i] *= x[start + i];
    reached = power;
    const weights = p * inputs * outputs;
    const g = (p * batch + from) * outputs;
    if (gx !== undefined) {
      if (outputs === 1) {
        for (let b = 0, i = 0; b < rows; b++) {
          const scale = gTerms[g + b] * power;
          for (let d = 0; d < inputs; d++, i++) gx[start + i] += scale * w[weights + d] * running[i];
        }
      } else {
        gemm(rows, inputs, outputs, gTerms, g, outputs, 1, w, weights, 1, outputs, product, 0, inputs, false);
        for (let i = 0; i < count; i++) gx[start + i] += power * running[i] * product[i];
      }
    }
    if (gw !== undefined && outputs === 1) {
      powerSums(rows, inputs, x, start, running, gTerms, g, gw, weights);
    } else {
      for (let i = 0; i < count; i++) running[i] *= x[start + i];
      if (gw !== undefined) {
        gemm(inputs, outputs, rows, running, 0, 1, inputs, gTerms, g, outputs, 1, gw, weights, outputs, true);
      }
    }
  }
}

/** running ← running ∘ x, and out[b] = Σ_d running[b, d]·w[d] in the same pass. */
function powerDots(
  rows: number,
  inputs: number,
  x: Float64Array,
  start: number,
  running: Float64Array,
  w: Float64Array,
  weights: number,
  terms: Float64Array,
  out: number,
): void {
  for (let b = 0, i = 0; b < rows; b++) {
    let sum = 0;
    for (let d = 0; d < inputs; d++, i++) {
      const value = running[i] * x[start + i];
      running[i] = value;
      sum += value * w[weights + d];
    }
    terms[out + b] = sum;
  }
}

/** running ← running ∘ x, and gw[d] += Σ_b running[b, d]·g[b] in the same pass. */
function powerSums(
  rows: number,
  inputs: number,
  x: Float64Array,
  start: number,
  running: Float64Array,
  gTerms: Float64Array,
  g: number,
  gw: Float64Array,
  weights: number,
): void {
  for (let b = 0, i = 0; b < rows; b++) {
    const scale = gTerms[g + b];
    for (let d = 0; d < inputs; d++, i++) {
      const value = running[i] * x[start + i];
      running[i] = value;
      gw[weights + d] += value * scale;
    }
  }
}

/** Whether the unrolled loops apply. Fewer than three powers leave them idle lanes. */
function low(outputs: number, powers: readonly number[]): boolean {
  return outputs === 1 && powers.length >= 3 && Math.max(...powers) <= LOW;
}

/** Positions of the powers from the smallest power up. */
function ascending(powers: readonly number[]): number[] {
  return powers.map((_, p) => p).sort((a, b) => powers[a] - powers[b]);
}

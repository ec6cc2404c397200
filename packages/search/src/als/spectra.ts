import { eigh, gemm, sortRows } from '@neuronseek/tensor/kernels';
import { log } from '@neuronseek/tensor/math';
import type { Problem, Whitened } from './problem.js';

/** Eigenvalues, descending, and the directions as forms in x, one after the other. */
export interface Spectrum {
  readonly values: Float64Array;
  readonly directions: readonly Float64Array[];
}

/** What second moments of a residual say about the forms in it. */
export interface Spectra {
  /** Of the residual. */
  readonly raw: Spectrum;
  /** Of the residual, clipped where its largest twentieth begins. */
  readonly clipped: Spectrum;
  /** Of ln|residual|. */
  readonly logarithm: Spectrum;
  /** Of |residual|, clipped. */
  readonly magnitude: Spectrum;
}

/**
 * Eigenvectors of (1/n)·Σ T(rᵢ)·zᵢzᵢᵀ for four transformations T of a residual, z whitened inputs.
 *
 * The logarithm makes a product a sum: ln|r| = Σ_m ln|⟨u_m, x⟩| for r = Π_m ⟨u_m, x⟩, and for normal x the second moment of each summand is along its
 * own form, E[ln|t|·(t² − 1)] = 1 by Stein's lemma. So the forms of a product of any order show at second order, with n of the size of D, where the
 * moment tensor of order k would need n of the size of D^(k/2).
 *
 * Cost: 8·n·D² + 36·D³ flops.
 */
export function spectra(problem: Problem, { z, map }: Whitened, residual: Float64Array): Spectra {
  const { rows } = problem;
  let squares = 0;
  for (let i = 0; i < rows; i++) squares += residual[i] * residual[i];
  const scale = Math.sqrt(squares / rows) || 1;
  const magnitudes = residual.map((r) => Math.abs(r) / scale);
  const sorted = magnitudes.slice();
  sortRows(sorted, 1, rows, false);
  const median = sorted[rows >> 1];
  const limit = sorted[Math.floor(0.95 * rows)];
  // Rows where the residual happens to be near 0 must not outweigh the others.
  const offset = 0.1 * median || 1e-300;
  const of = (transformed: Float64Array): Spectrum => secondMoment(problem, z, map, transformed);
  return {
    raw: of(residual),
    clipped: of(residual.map((r) => Math.max(-limit, Math.min(limit, r / scale)))),
    logarithm: of(magnitudes.map((m) => log(m + offset))),
    magnitude: of(magnitudes.map((m) => Math.min(m, limit))),
  };
}

function secondMoment(
  { rows, inputs, memory }: Problem,
  z: Float64Array,
  map: Float64Array,
  transformed: Float64Array,
): Spectrum {
  let mean = 0;
  for (let i = 0; i < rows; i++) mean += transformed[i] / rows;
  let squares = 0;
  for (let i = 0; i < rows; i++) squares += (transformed[i] - mean) ** 2;
  const scale = 1 / (Math.sqrt(squares / rows) || 1) / rows;
  const weighted = memory.scratch('weighted', inputs * rows);
  for (let d = 0; d < inputs; d++) {
    for (let i = 0; i < rows; i++) weighted[d * rows + i] = z[d * rows + i] * (transformed[i] - mean) * scale;
  }
  const moment = new Float64Array(inputs * inputs);
  gemm(inputs, inputs, rows, weighted, 0, rows, 1, z, 0, 1, rows, moment, 0, inputs, false);
  const values = new Float64Array(inputs);
  const vectors = new Float64Array(inputs * inputs);
  eigh(inputs, moment, 0, values, 0, vectors, 0);
  const forms = new Float64Array(inputs * inputs);
  // Row l: the l-th eigenvector times the whitening map, which is symmetric.
  gemm(inputs, inputs, inputs, vectors, 0, 1, inputs, map, 0, inputs, 1, forms, 0, inputs, false);
  return {
    values: values.slice().reverse(),
    directions: Array.from({ length: inputs }, (_, l) => {
      const row = inputs - 1 - l;
      return forms.slice(row * inputs, (row + 1) * inputs);
    }),
  };
}

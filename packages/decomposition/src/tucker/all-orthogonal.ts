import { gemm } from '@neuronseek/tensor/kernels';
import { svdSpectrum } from '../low-rank/mode-spectrum.js';
import { around, multiplyMode, projecting } from '../low-rank/multiply-mode.js';
import { orthonormal } from '../low-rank/orthonormal.js';
import { largest } from './triangles.js';
import type { TuckerNumbers } from './tucker-numbers.js';

/**
 * The same tensor with an all-orthogonal core: core and factors rotated by the left singular vectors of the core's unfoldings in the given modes, all where none are
 * given, so that the slices of the core in such a mode are orthogonal and their norms descend. Factors with orthonormal columns keep them. (De Lathauwer, De Moor & Vandewalle 2000)
 */
export function allOrthogonal(
  tucker: TuckerNumbers,
  modes: readonly number[] = [...tucker.ranks.keys()],
): TuckerNumbers {
  const { shape, ranks } = tucker;
  const scale = largest(tucker.core);
  let core = tucker.core.map((v) => v / scale);
  const factors = [...tucker.factors];
  for (const mode of modes) {
    const rank = ranks[mode];
    const { vectors, count } = svdSpectrum(core, ranks, mode);
    const basis = count < rank ? orthonormal(vectors, rank, count, rank) : vectors;
    const rotated = new Float64Array(core.length);
    multiplyMode(core, ranks, mode, projecting(basis, rank), rotated);
    core = rotated;
    const factor = new Float64Array(factors[mode].length);
    gemm(shape[mode], rank, rank, factors[mode], 0, rank, 1, basis, 0, rank, 1, factor, 0, rank, false);
    factors[mode] = factor;
  }
  return { shape, ranks, core: core.map((v) => v * scale), factors };
}

/** The same tensor with deterministic signs: in the given modes the entry of largest magnitude of a column (the first such) is positive. */
export function withSigns(tucker: TuckerNumbers, modes: readonly number[] = [...tucker.ranks.keys()]): TuckerNumbers {
  const { shape, ranks } = tucker;
  const core = tucker.core.slice();
  const factors = tucker.factors.map((factor, mode) => {
    if (!modes.includes(mode)) return factor;
    const signs = Float64Array.from({ length: ranks[mode] }, (_, r) => signOfLargest(factor, r, ranks[mode]));
    flipSlices(core, ranks, mode, signs);
    return factor.map((v, q) => (signs[q % ranks[mode]] < 0 ? 0 - v : v));
  });
  return { shape, ranks, core, factors };
}

function flipSlices(core: Float64Array, ranks: readonly number[], mode: number, signs: Float64Array): void {
  const { right } = around(ranks, mode);
  for (let q = 0; q < core.length; q++) {
    if (signs[Math.floor(q / right) % ranks[mode]] < 0) core[q] = 0 - core[q];
  }
}

function signOfLargest(matrix: Float64Array, column: number, columns: number): number {
  let largest = 0;
  for (let q = column; q < matrix.length; q += columns) {
    if (Math.abs(matrix[q]) > Math.abs(largest)) largest = matrix[q];
  }
  return largest < 0 ? -1 : 1;
}

import { gemm, lu, luSolve, mttkrp, norm2 } from '@neuronseek/tensor/kernels';
import { type Key, normal, split } from '@neuronseek/tensor/random';
import { modeSubspace } from '../../low-rank/mode-subspace.js';
import { multiplyMode } from '../../low-rank/multiply-mode.js';
import { eigenvectors } from './eigenvectors.js';

/** Sweeps of the rank-one fits: their tensors have rank one up to noise. */
const SWEEPS = 3;

/**
 * CP factors from a generalised eigenvalue problem: exact to working accuracy for data of exact rank R whose factors are not too collinear, a start
 * otherwise; undefined where fewer than two modes have at least R rows, or a random mix of slices is singular.
 *
 * Two modes are projected to R × R. Two random mixes of the slices are then S = A·diag(c)·Bᵀ and T = A·diag(d)·Bᵀ, so that the columns of A are the
 * eigenvectors of S·T⁻¹; of a conjugate pair, which noise may make, real and imaginary part. Multiplied by A⁻¹ the tensor falls apart into
 * R terms of rank one, which are fitted. Cost: O(R·size(x) + R⁴). (Harshman 1970; Sanchez & Kowalski 1990; Leurgans, Ross & Abel 1993)
 */
export function gevdFactors(
  x: Float64Array,
  shape: readonly number[],
  rank: number,
  key: Key,
): Float64Array[] | undefined {
  const large = shape.flatMap((size, mode) => (size >= rank ? [mode] : []));
  if (shape.length < 3 || large.length < 2) return undefined;
  const [first, second] = large;
  const [mixKey, vectorKey] = split(key, 2);
  const bases = [first, second].map((mode) => modeSubspace(x, shape, mode, { rank }).basis);
  const projected = [
    { mode: first, basis: bases[0] },
    { mode: second, basis: bases[1] },
  ].reduce(
    ({ elements, sizes }, { mode, basis }) => {
      const next = sizes.map((size, m) => (m === mode ? rank : size));
      const out = new Float64Array(next.reduce((product, n) => product * n, 1));
      multiplyMode(elements, sizes, mode, { elements: basis, rows: rank, rowStride: 1, colStride: rank }, out);
      return { elements: out, sizes: next };
    },
    { elements: x, sizes: [...shape] },
  );
  const slices = slicesOf(projected.elements, projected.sizes, first, second);
  const count = slices.length / (rank * rank);
  const mixes = new Float64Array(2 * rank * rank);
  const weights = normal(mixKey, 2 * count);
  gemm(2, rank * rank, count, weights, 0, count, 1, slices, 0, rank * rank, 1, mixes, 0, rank * rank, false);
  const left = mixedVectors(rank, mixes, vectorKey);
  if (left === undefined) return undefined;
  const terms = separated(rank, left, projected.elements, projected.sizes, first);
  if (terms === undefined) return undefined;
  const rest = projected.sizes.filter((_, mode) => mode !== first);
  const factors = projected.sizes.map((size, mode) => (mode === first ? left : new Float64Array(size * rank)));
  const others = factors.flatMap((_, mode) => (mode === first ? [] : [mode]));
  for (let r = 0; r < rank; r++) {
    const length = terms.length / rank;
    rankOne(terms.subarray(r * length, (r + 1) * length), rest).forEach((vector, k) => {
      for (let i = 0; i < vector.length; i++) factors[others[k]][i * rank + r] = vector[i];
    });
  }
  return factors.map((factor, mode) => {
    if (mode !== first && mode !== second) return factor;
    const out = new Float64Array(shape[mode] * rank);
    const basis = bases[mode === first ? 0 : 1];
    gemm(shape[mode], rank, rank, basis, 0, rank, 1, factor, 0, rank, 1, out, 0, rank, false);
    return out;
  });
}

/** Columns A of S·T⁻¹ = A·diag·A⁻¹ for the two R × R matrices in `mixes`. */
function mixedVectors(rank: number, mixes: Float64Array, key: Key): Float64Array | undefined {
  // (S·T⁻¹)ᵀ = T⁻ᵀ·Sᵀ
  const t = mixes.slice(rank * rank);
  const pivots = new Int32Array(rank);
  if (lu(rank, t, 0, pivots, 0) !== -1) return undefined;
  const solved = transposed(mixes.slice(0, rank * rank), rank);
  if (luSolve(rank, rank, t, 0, pivots, 0, true, solved, 0) !== -1) return undefined;
  const quotient = transposed(solved, rank);
  return quotient.every(Number.isFinite) ? eigenvectors(rank, quotient, key) : undefined;
}

/** A⁻¹ times the unfolding in a mode, [R, …]: one tensor a component. */
function separated(
  rank: number,
  a: Float64Array,
  x: Float64Array,
  shape: readonly number[],
  mode: number,
): Float64Array | undefined {
  const factored = a.slice();
  const pivots = new Int32Array(rank);
  if (lu(rank, factored, 0, pivots, 0) !== -1) return undefined;
  const right = shape.slice(mode + 1).reduce((product, n) => product * n, 1);
  const columns = x.length / rank;
  const out = new Float64Array(x.length);
  for (let l = 0; l < columns / right; l++) {
    for (let i = 0; i < rank; i++) {
      const from = (l * rank + i) * right;
      out.set(x.subarray(from, from + right), i * columns + l * right);
    }
  }
  luSolve(rank, columns, factored, 0, pivots, 0, false, out, 0);
  return out.every(Number.isFinite) ? out : undefined;
}

/** The matrices in two modes, one for each index of the others: [others, R, R]. */
function slicesOf(x: Float64Array, shape: readonly number[], first: number, second: number): Float64Array {
  const rank = shape[first];
  const out = new Float64Array(x.length);
  const index = new Array<number>(shape.length).fill(0);
  for (const value of x) {
    let slice = 0;
    for (let m = 0; m < shape.length; m++) if (m !== first && m !== second) slice = slice * shape[m] + index[m];
    out[(slice * rank + index[first]) * rank + index[second]] = value;
    for (let m = shape.length - 1; m >= 0 && ++index[m] === shape[m]; m--) index[m] = 0;
  }
  return out;
}

/** Unit vectors of a rank-one fit but for the last, which carries the weight: power iterations from the fibers through the largest element. */
function rankOne(x: Float64Array, shape: readonly number[]): Float64Array[] {
  let peak = 0;
  for (let q = 0; q < x.length; q++) if (Math.abs(x[q]) > Math.abs(x[peak])) peak = q;
  let stride = x.length;
  const vectors = shape.map((size) => {
    stride /= size;
    const base = peak - (Math.floor(peak / stride) % size) * stride;
    return unit(Float64Array.from({ length: size }, (_, i) => x[base + i * stride]));
  });
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let m = 0; m < shape.length; m++) {
      const image = new Float64Array(shape[m]);
      mttkrp(x, shape, vectors, 1, m, image);
      vectors[m] = sweep === SWEEPS - 1 && m === shape.length - 1 ? image : unit(image);
    }
  }
  return vectors;
}

function unit(vector: Float64Array): Float64Array {
  const length = norm2(vector.length, vector, 0, 1);
  return length > 0 ? vector.map((value) => value / length) : vector;
}

function transposed(a: Float64Array, n: number): Float64Array {
  return a.map((_, q) => a[(q % n) * n + Math.floor(q / n)]);
}

import { gemm } from '@neuronseek/tensor/kernels';
import { offsetsOf, parameterCount } from './point.js';

/**
 * JᵀJ of the model Σ_r a₀[:, r] ∘ … ∘ a_{N-1}[:, r] with respect to the factors of the free modes, by R × R matrices only:
 * with Wₙ = AₙᵀAₙ and Hadamard products G of all of them but those named, its block (n, n) is Gₙ ⊗ I, and row (i, r), column (j, s)
 * of block (n, m) is G_{nm}[r, s]·Aₙ[i, s]·Aₘ[j, r]. (Sorber, Van Barel & De Lathauwer 2013; Phan, Tichavský & Cichocki 2013)
 */
export interface NormalMatrix {
  readonly rank: number;
  readonly factors: readonly Float64Array[];
  readonly free: readonly boolean[];
  readonly offsets: readonly number[];
  /** Number of parameters. */
  readonly size: number;
  /** Gₙ of each mode. */
  readonly grams: readonly Float64Array[];
  /** G_{nm} of each pair of modes, at n·N + m. */
  readonly pairs: readonly Float64Array[];
}

export function normalMatrixOf(factors: readonly Float64Array[], rank: number, free: readonly boolean[]): NormalMatrix {
  const own = factors.map((factor) => gramOf(factor, rank));
  const except = (n: number, m: number): Float64Array => {
    const product = new Float64Array(rank * rank).fill(1);
    own.forEach((gram, k) => {
      if (k !== n && k !== m) for (let q = 0; q < product.length; q++) product[q] *= gram[q];
    });
    return product;
  };
  const order = factors.length;
  const pairs = new Array<Float64Array>(order * order);
  for (let n = 0; n < order; n++) {
    for (let m = n; m < order; m++) {
      pairs[n * order + m] = except(n, m);
      pairs[m * order + n] = pairs[n * order + m];
    }
  }
  const grams = factors.map((_, n) => pairs[n * order + n]);
  return {
    rank,
    factors,
    free,
    offsets: offsetsOf(factors, free),
    size: parameterCount(factors, free),
    grams,
    pairs,
  };
}

function gramOf(factor: Float64Array, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, factor, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

/**
 * out = JᵀJ·v, of a vector of all parameters. With `gauge`, plus the part that scaling one mode of a component up and another one down has in v: JᵀJ is zero
 * there, the gradient too, so that the equations keep their solution and are no longer singular.
 * Cost: 6·N·R²·ΣIₙ flops.
 */
export function timesNormal(
  { rank, factors, free, offsets, pairs, grams }: NormalMatrix,
  v: Float64Array,
  out: Float64Array,
  gauge = false,
): Float64Array {
  const order = factors.length;
  const inner = factors.map((factor, mode) => {
    const c = new Float64Array(free[mode] ? rank * rank : 0);
    if (free[mode])
      gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, v, offsets[mode], rank, 1, c, 0, rank, false);
    return c;
  });
  const mix = new Float64Array(rank * rank);
  const count = free.filter(Boolean).length;
  for (let n = 0; n < order; n++) {
    if (!free[n]) continue;
    mix.fill(0);
    for (let m = 0; m < order; m++) {
      if (m === n || !free[m]) continue;
      const [pair, c] = [pairs[n * order + m], inner[m]];
      for (let r = 0; r < rank; r++) {
        for (let s = 0; s < rank; s++) mix[s * rank + r] += pair[r * rank + s] * c[r * rank + s];
        if (gauge) mix[r * rank + r] += (pair[r * rank + r] * (inner[n][r * rank + r] - c[r * rank + r])) / count;
      }
    }
    const rows = factors[n].length / rank;
    gemm(rows, rank, rank, v, offsets[n], rank, 1, grams[n], 0, rank, 1, out, offsets[n], rank, false);
    gemm(rows, rank, rank, factors[n], 0, rank, 1, mix, 0, rank, 1, out, offsets[n], rank, true);
  }
  return out;
}

/** The lower triangle of JᵀJ, with `gauge` as in `timesNormal`, as a dense matrix; what is above the diagonal blocks is zero. */
export function denseNormal(
  { rank, factors, free, offsets, size, pairs, grams }: NormalMatrix,
  gauge = false,
): Float64Array {
  const out = new Float64Array(size * size);
  const order = factors.length;
  const count = free.filter(Boolean).length;
  for (let n = 0; n < order; n++) {
    if (!free[n]) continue;
    const [a, rows] = [factors[n], factors[n].length / rank];
    for (let m = 0; m <= n; m++) {
      if (!free[m]) continue;
      const [b, cols, pair] = [factors[m], factors[m].length / rank, pairs[n * order + m]];
      for (let i = 0; i < rows; i++) {
        for (let r = 0; r < rank; r++) {
          const at = (offsets[n] + i * rank + r) * size + offsets[m];
          if (n === m) {
            for (let s = 0; s < rank; s++) out[at + i * rank + s] = grams[n][r * rank + s];
            continue;
          }
          for (let j = 0; j < cols; j++) {
            const bj = b[j * rank + r];
            const to = at + j * rank;
            for (let s = 0; s < rank; s++) out[to + s] = pair[r * rank + s] * a[i * rank + s] * bj;
          }
        }
      }
    }
  }
  if (gauge) {
    for (let n = 0; n < order; n++) for (let m = 0; m <= n; m++) if (free[n] && free[m]) addGauge(n, m);
  }
  return out;

  function addGauge(n: number, m: number): void {
    const [a, b] = [factors[n], factors[m]];
    for (let r = 0; r < rank; r++) {
      // The weight that timesNormal gives to the pair (n, k) stands in row n once with +1 for n itself and once with -1 for k.
      let scale = 0;
      if (n !== m) scale = -pairs[n * order + m][r * rank + r] / count;
      else for (let k = 0; k < order; k++) if (k !== n && free[k]) scale += pairs[n * order + k][r * rank + r] / count;
      for (let i = r; i < a.length; i += rank) {
        for (let j = r; j < b.length; j += rank) out[(offsets[n] + i) * size + offsets[m] + j] += scale * a[i] * b[j];
      }
    }
  }
}

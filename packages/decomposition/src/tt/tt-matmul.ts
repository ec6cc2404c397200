import { reshape, showShape, type Tensor, tensordot, transpose } from '@neuronseek/tensor';
import { checkTt } from './check-tt.js';
import { ttRoundFor } from './round.js';
import type { TtTruncation } from './truncation.js';
import { checkTtMatrix, type TtMatrix, withMergedModes } from './tt-matrix.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * TT-matrix times tensor train: y[i₀, …] = Σ_j A[(i₀, …), (j₀, …)]·x[j₀, …], a tensor train whose ranks are the products.
 *
 * matrix with cores [r, m_k, n_k, r'], x of shape [n₀, …] → shape [m₀, …]. Without `rounding` exact and differentiable with respect to all
 * cores; with it the product is rounded by `ttRound`. Cost: 2·Σ m·n·r²·s² flops.
 *
 * @throws RangeError where shapes do not agree, naming both
 */
export function ttMatvec(matrix: TtMatrix, x: TtTensor, rounding?: TtTruncation): TtTensor {
  const { columnShape } = checkTtMatrix('ttMatvec', matrix, 'matrix');
  const { shape } = checkTt('ttMatvec', x, { argument: 'x' });
  refuseUnequal('ttMatvec', 'columns of matrix', columnShape, 'modes of x', shape);
  const cores = matrix.cores.map((core, k) => {
    const other = x.cores[k];
    const [r, m, , rNext] = core.shape;
    const [s, , sNext] = other.shape;
    // [r, m, r', s, s'] → [r·s, m, r'·s']
    const product = tensordot(core, other, { axes: [[2], [1]] });
    return reshape(transpose(product, [0, 3, 1, 2, 4]), [r * s, m, rNext * sNext]);
  });
  return rounding === undefined ? { cores } : { cores: ttRoundFor('ttMatvec', { cores }, rounding).cores };
}

/**
 * Product of two TT-matrices, a TT-matrix whose ranks are the products.
 *
 * a with cores [r, m_k, p_k, r'], b with cores [s, p_k, n_k, s'] → cores [r·s, m_k, n_k, r'·s']. Without `rounding` exact and differentiable
 * with respect to all cores. Cost: 2·Σ m·p·n·r²·s² flops.
 *
 * @throws RangeError where shapes do not agree, naming both
 */
export function ttMatmul(a: TtMatrix, b: TtMatrix, rounding?: TtTruncation): TtMatrix {
  const left = checkTtMatrix('ttMatmul', a, 'a');
  const right = checkTtMatrix('ttMatmul', b, 'b');
  refuseUnequal('ttMatmul', 'columns of a', left.columnShape, 'rows of b', right.rowShape);
  const cores = a.cores.map((core, k) => {
    const other = b.cores[k];
    const [r, m, , rNext] = core.shape;
    const [s, , n, sNext] = other.shape;
    // [r, m, r', s, n, s'] → [r·s, m, n, r'·s']
    const product = tensordot(core, other, { axes: [[2], [1]] });
    return reshape(transpose(product, [0, 3, 1, 4, 2, 5]), [r * s, m, n, rNext * sNext]);
  });
  return rounding === undefined ? { cores } : rounded({ cores }, rounding);
}

function rounded(matrix: TtMatrix, rounding: TtTruncation): TtMatrix {
  const { cores } = ttRoundFor('ttMatmul', withMergedModes(matrix), rounding);
  return { cores: cores.map((core, k) => withPair(core, matrix.cores[k])) };
}

/** A core [r, m·n, r'] as [r, m, n, r'], the sizes those of another. */
function withPair(core: Tensor, like: Tensor): Tensor {
  return reshape(core, [core.shape[0], like.shape[1], like.shape[2], core.shape[2]]);
}

function refuseUnequal(name: string, what: string, a: readonly number[], other: string, b: readonly number[]): void {
  if (showShape(a) === showShape(b)) return;
  throw new RangeError(`${name}: inner shapes differ: ${what} are ${showShape(a)}, ${other} are ${showShape(b)}`);
}

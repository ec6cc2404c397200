import { matmul, matrixTranspose, mul, reshape, showShape, sum, type Tensor } from '@neuronseek/tensor';
import type { CpTensor } from '../cp/cp-tensor.js';
import { modeProducts } from '../multilinear/mode-products.js';
import { mttkrp } from '../multilinear/mttkrp.js';
import type { TtTensor } from '../tt/tt-tensor.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';
import { type AnyTensor, type Known, known } from './any-tensor.js';

/**
 * Inner product of two tensors of one shape, each dense, CP, Tucker or tensor train, without forming what is not there: Σ a[i₀, …]·b[i₀, …].
 *
 * A tensor of order 0, differentiable with respect to both, to any order. Error: about eps · Σ|terms|. `cpInner`, `tuckerInner` and `ttInner`
 * give numbers instead, and hold for terms beyond 1e±150, whose products leave the range of numbers here.
 * Cost: dense with CP 2·R·J flops, with Tucker 2·R·J, with a tensor train 2·r·J, for R the smallest sensible rank and J elements; a Tucker
 * tensor with anything 2·Σ Iₙ·Rₙ·(rank of the other) and the inner product of its core with that other one, projected on its factors; CP with
 * CP 2·R·S·Σ Iₙ; CP with a tensor train 2·R·Σ Iₙ·r²; two tensor trains 2·Σ Iₙ·r·s·(r + s).
 *
 * @throws RangeError where shapes do not agree; TypeError for anything that is no tensor
 */
export function inner(a: AnyTensor, b: AnyTensor): Tensor {
  const [left, right] = [known('inner', 'a', a), known('inner', 'b', b)];
  if (showShape(left.shape) !== showShape(right.shape)) {
    throw new RangeError(`inner: shapes differ: a is ${showShape(left.shape)}, b is ${showShape(right.shape)}`);
  }
  return product(left, right);
}

function product(a: Known, b: Known): Tensor {
  if (a.format === 'tucker') return throughCore(a.tensor, b);
  if (b.format === 'tucker') return throughCore(b.tensor, a);
  if (a.format === 'dense') return withDense(a.tensor, b);
  if (b.format === 'dense') return withDense(b.tensor, a);
  if (a.format === 'cp') return b.format === 'cp' ? cpWithCp(a.tensor, b.tensor) : ttWithCp(b.tensor, a.tensor);
  return b.format === 'cp' ? ttWithCp(a.tensor, b.tensor) : ttWithTt(a.tensor, b.tensor);
}

/** ⟨core ×ₙ Aₙ, x⟩ = ⟨core, x ×ₙ Aₙᵀ⟩: the same inner product in the sizes of the core. */
function throughCore({ core, factors }: TuckerTensor, x: Known): Tensor {
  const dense = (tensor: Tensor) => ({ format: 'dense', shape: tensor.shape, tensor }) as const;
  const between = (others: readonly Tensor[]): Tensor[] =>
    others.map((other, mode) => matmul(matrixTranspose(factors[mode]), other));
  switch (x.format) {
    case 'dense':
      return withDense(core, dense(modeProducts(x.tensor, factors, { transpose: true })));
    case 'cp': {
      const projected = { weights: x.tensor.weights, factors: between(x.tensor.factors) };
      return withDense(core, { format: 'cp', shape: core.shape, tensor: projected });
    }
    case 'tucker': {
      const projected = modeProducts(x.tensor.core, between(x.tensor.factors));
      return withDense(core, dense(projected));
    }
    case 'tt': {
      const cores = x.tensor.cores.map((own, mode) => matmul(matrixTranspose(factors[mode]), own));
      return withDense(core, { format: 'tt', shape: core.shape, tensor: { cores } });
    }
  }
}

function withDense(x: Tensor, other: Exclude<Known, { readonly format: 'tucker' }>): Tensor {
  switch (other.format) {
    case 'dense':
      return sum(mul(x, other.tensor));
    case 'cp': {
      const { weights, factors } = other.tensor;
      return sum(mul(mttkrp(x, factors, 0), mul(factors[0], weights)));
    }
    case 'tt':
      return denseWithTt(x, other.tensor);
  }
}

/** The modes go from the last one on: [I₀ … I_k, r_{k+1}] times core k as [n·r_{k+1}, r_k], x not copied. */
function denseWithTt(x: Tensor, { cores }: TtTensor): Tensor {
  const last = cores.reduceRight((rest, core) => {
    const [r, n, s] = core.shape;
    const matrix = reshape(rest, [rest.size / (n * s), n * s]);
    return matmul(matrix, matrixTranspose(reshape(core, [r, n * s])));
  }, x);
  return reshape(last, []);
}

function cpWithCp(a: CpTensor, b: CpTensor): Tensor {
  const crosses = a.factors.map((factor, mode) => matmul(matrixTranspose(factor), b.factors[mode]));
  const cosines = crosses.reduce((all, cross) => mul(all, cross));
  return matmul(a.weights, matmul(cosines, b.weights));
}

/** Row r of what is carried [R, r_k] is component r contracted with the cores so far. */
function ttWithCp({ cores }: TtTensor, { weights, factors }: CpTensor): Tensor {
  const rank = weights.shape[0];
  const carried = cores.reduce(
    (left, core, mode) => {
      const [r, n, s] = core.shape;
      const fibers = reshape(matmul(left, reshape(core, [r, n * s])), [rank, n, s]);
      const columns = reshape(matrixTranspose(factors[mode]), [rank, 1, n]);
      return reshape(matmul(columns, fibers), [rank, s]);
    },
    reshape(weights, [rank, 1]),
  );
  return sum(carried);
}

/** Carried [s_k, r_k]: the cores so far contracted with each other. */
function ttWithTt(a: TtTensor, b: TtTensor): Tensor {
  const [first, ...others] = a.cores;
  const start = matmul(
    matrixTranspose(reshape(b.cores[0], [b.cores[0].shape[1], b.cores[0].shape[2]])),
    reshape(first, [first.shape[1], first.shape[2]]),
  );
  const carried = others.reduce((left, core, k) => {
    const [r, n, next] = core.shape;
    const other = b.cores[k + 1];
    const half = reshape(matmul(left, reshape(core, [r, n * next])), [left.shape[0] * n, next]);
    return matmul(matrixTranspose(reshape(other, [other.shape[0] * n, other.shape[2]])), half);
  }, start);
  return reshape(carried, []);
}

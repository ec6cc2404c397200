import { add, concat, isTensor, mul, reshape, showShape, type Tensor, zeros } from '@neuronseek/tensor';
import { checkTt } from './check-tt.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * Sum of two tensor trains of one shape, exact: block diagonal cores, ranks add up. `ttRound` brings them back.
 *
 * Differentiable with respect to the cores. Cost: the cores are copied. (Oseledets 2011, section 4.1)
 *
 * @throws RangeError where shapes do not agree
 */
export function ttAdd(a: TtTensor, b: TtTensor): TtTensor {
  return sumOf('ttAdd', a, b);
}

/**
 * Difference of two tensor trains of one shape, exact, ranks add up; see `ttAdd`.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttSub(a: TtTensor, b: TtTensor): TtTensor {
  checkTt('ttSub', b, { argument: 'b' });
  return sumOf('ttSub', a, scaled(b, -1));
}

/**
 * A tensor train times a number, which goes into the first core: a number or a tensor of order 0. Differentiable with respect to both.
 *
 * @throws RangeError where shapes do not agree or the factor is no single finite number
 */
export function ttScale(tt: TtTensor, factor: number | Tensor): TtTensor {
  checkTt('ttScale', tt);
  if (isTensor(factor)) {
    if (factor.order !== 0)
      throw new RangeError(`ttScale: factor is not of order 0: its shape is ${showShape(factor.shape)}`);
  }
  const value = isTensor(factor) ? factor.item() : factor;
  if (!Number.isFinite(value)) throw new RangeError(`ttScale: factor is not a finite number: ${String(value)}`);
  return scaled(tt, factor);
}

/**
 * Elementwise product of two tensor trains of one shape, exact: Kronecker products of the cores' matrices, ranks multiply.
 *
 * Differentiable with respect to the cores. Cost: Σ n·r²·s² multiplications. (Oseledets 2011, section 4.2)
 *
 * @throws RangeError where shapes do not agree
 */
export function ttHadamard(a: TtTensor, b: TtTensor): TtTensor {
  const { shape } = checkTt('ttHadamard', a, { argument: 'a' });
  checkTt('ttHadamard', b, { argument: 'b', shape });
  const cores = a.cores.map((core, k) => {
    const other = b.cores[k];
    const [r, n, rNext] = core.shape;
    const [s, , sNext] = other.shape;
    const product = mul(reshape(core, [r, 1, n, rNext, 1]), reshape(other, [1, s, n, 1, sNext]));
    return reshape(product, [r * s, n, rNext * sNext]);
  });
  return { cores };
}

function scaled({ cores: [first, ...rest] }: TtTensor, factor: number | Tensor): TtTensor {
  return { cores: [mul(first, factor), ...rest] };
}

function sumOf(name: string, a: TtTensor, b: TtTensor): TtTensor {
  const { shape } = checkTt(name, a, { argument: 'a' });
  checkTt(name, b, { argument: 'b', shape });
  const last = shape.length - 1;
  if (last === 0) return { cores: [add(a.cores[0], b.cores[0])] };
  const cores = a.cores.map((core, k) => {
    const other = b.cores[k];
    if (k === 0) return concat([core, other], { axis: 2 });
    if (k === last) return concat([core, other], { axis: 0 });
    const [r, n, rNext] = core.shape;
    const [s, , sNext] = other.shape;
    const upper = concat([core, zeros([r, n, sNext])], { axis: 2 });
    const lower = concat([zeros([s, n, rNext]), other], { axis: 2 });
    return concat([upper, lower], { axis: 0 });
  });
  return { cores };
}

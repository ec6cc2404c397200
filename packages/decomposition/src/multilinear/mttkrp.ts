import { apply, astype, type DType, type Op, type Tensor } from '@neuronseek/tensor';
import { mttkrp as mttkrpKernel } from '@neuronseek/tensor/kernels';
import { checkFactors } from '../checks/check-factors.js';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { float64Elements } from '../float64-elements.js';
import { outerSum } from './outer-sum.js';

// Linear in x and in every factor but that of `mode`: each derivative is the same kind of product with g in that factor's place.
const mttkrpOp: Op<number> = {
  name: 'mttkrp',
  infer: ([x, ...factors], mode) => ({ shape: [x.shape[mode], factors[mode].shape[1]], dtype: x.dtype }),
  compute: (out, [x, ...factors], mode) => {
    const rank = factors[mode].shape[1];
    const sum = new Float64Array(out.size);
    if (x.size > 0) mttkrpKernel(float64Elements(x), x.shape, factors.map(float64Elements), rank, mode, sum);
    out.data.set(sum);
  },
  vjp: (g, _out, [x, ...factors], mode, wanted) => {
    const replaced = factors.map((factor, m) => (m === mode ? g : factor));
    return [
      wanted[0] ? outerSum(replaced) : undefined,
      ...factors.map((_, m) => (wanted[m + 1] && m !== mode ? mttkrp(x, replaced, m) : undefined)),
    ];
  },
};

/**
 * Matricized tensor times Khatri–Rao product: unfold(x, mode) · khatriRao(all factors but that of `mode`), without forming either.
 *
 *     M[i, r] = Σ x[…, i, …] · Π_{m≠mode} Aₘ[iₘ, r],    x [I₀, …, I_{N-1}], Aₙ [Iₙ, R] → M [I_mode, R]
 *
 * `factors` has one entry a mode; that of `mode` gives no more than its shape. Differentiable; float64 unless everything is float32.
 * Cost: one matrix product of 2·R·size(x) flops that reads x in place, and lower order terms. (Bader & Kolda 2007)
 *
 * @throws RangeError where mode is out of range or a factor does not have shape [Iₙ, R]
 */
export function mttkrp(x: Tensor, factors: readonly Tensor[], mode: number): Tensor {
  checkTensor('mttkrp', 'x', x);
  checkMode('mttkrp', mode, x.order);
  checkFactors('mttkrp', factors, { shape: x.shape });
  const dtype: DType = [x, ...factors].every((t) => t.dtype === 'float32') ? 'float32' : 'float64';
  return apply(
    mttkrpOp,
    [x, ...factors].map((t) => astype(t, dtype)),
    mode,
  );
}

import { maximumKernel, minimumKernel, powerKernel } from '../../kernels/elementwise/index.js';
import { asTensor, type TensorLike } from '../as-tensor.js';
import { recorder } from '../compile/recorder.js';
import { isFloating } from '../dtype.js';
import { apply } from '../op.js';
import { broadcastShapes } from '../shape.js';
import { flatten, type Tensor } from '../tensor.js';
import { mul, sub } from './arithmetic.js';
import { equal, greater, less } from './compare.js';
import { binary, type ElementwiseOp } from './elementwise.js';
import { log } from './exponential.js';
import { where } from './where.js';

// d(aᵇ) = b·aᵇ⁻¹·da + aᵇ·ln a·db. The guards keep 0⁻¹ and ln 0 out of products whose other factor is 0, and touch nothing
// else: masking all of b = 0 would lose ∂²(aᵇ)/∂a∂b = 1/a there.
export const powerOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'power',
  kernel: powerKernel,
  result: 'number',
  domain: [
    [0.25, 3],
    [-3, 3],
  ],
  vjp: (g, y, a, b, wanted) => [
    wanted[0] ? mul(g, mul(b, power(a, lowered(a, b)))) : undefined,
    wanted[1] ? mul(g, mul(y, log(where(equal(a, 0), 1, a)))) : undefined,
  ],
});

/** b − 1, but 1 where a = b = 0. */
function lowered(a: Tensor, b: Tensor): Tensor {
  const exponent = sub(b, 1);
  // Without a zero nothing is chosen, which saves two thirds of the work; while traced nobody knows.
  if (!recorder?.standsIn(b) && !flatten(b).includes(0)) return exponent;
  return where(equal(a, 0), where(equal(b, 0), 1, exponent), exponent);
}

// The cotangent goes to the larger operand; equal operands share it, as in jax.numpy.
export const maximumOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'maximum',
  lane: 'maximum',
  kernel: maximumKernel,
  result: 'same',
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  kinks: [0],
  vjp: (g, _y, a, b) => share(g, greater(a, b), equal(a, b)),
});

export const minimumOp: ElementwiseOp = /* @__PURE__ */ binary({
  name: 'minimum',
  lane: 'minimum',
  kernel: minimumKernel,
  result: 'same',
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  kinks: [0],
  vjp: (g, _y, a, b) => share(g, less(a, b), equal(a, b)),
});

/**
 * aᵇ elementwise, broadcast. NaN for a negative base with a fractional exponent; as in C and NumPy 1 to any power, even NaN, and −1 to
 * an infinite one are 1.
 * Throws a RangeError for a negative exponent where both are integers, as the result would not be one.
 */
export function power(a: TensorLike, b: TensorLike): Tensor {
  const [base, exponent] = [asTensor('power', a, b), asTensor('power', b, a)];
  if (!isFloating(base.dtype) && !isFloating(exponent.dtype)) {
    const negative = flatten(exponent).find((v) => v < 0);
    if (negative !== undefined) {
      throw new RangeError(
        `power: integers have no negative integer powers, got exponent ${negative}; make the base floating`,
      );
    }
  }
  return apply(powerOp, [base, exponent], undefined);
}

/** The larger of a and b elementwise, broadcast; NaN if either is. */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return apply(maximumOp, [asTensor('maximum', a, b), asTensor('maximum', b, a)], undefined);
}

/** The smaller of a and b elementwise, broadcast; NaN if either is. */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return apply(minimumOp, [asTensor('minimum', a, b), asTensor('minimum', b, a)], undefined);
}

/** x limited to [low, high]: min(max(x, low), high), broadcast. */
export function clip(x: TensorLike, low: TensorLike, high: TensorLike): Tensor {
  const [t, floor] = [asTensor('clip', x, low), asTensor('clip', low, x)];
  // Checked here for the name in the message: maximum and minimum would give theirs.
  if (floor.order > 0) broadcastShapes('clip', t.shape, floor.shape);
  const raised = apply(maximumOp, [t, floor], undefined);
  const ceiling = asTensor('clip', high, raised);
  if (ceiling.order > 0) broadcastShapes('clip', raised.shape, ceiling.shape);
  return apply(minimumOp, [raised, ceiling], undefined);
}

function share(g: Tensor, first: Tensor, tie: Tensor): [Tensor, Tensor] {
  const half = mul(g, 0.5);
  return [where(first, g, where(tie, half, 0)), where(first, 0, where(tie, half, g))];
}

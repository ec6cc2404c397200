import { cumprod as cumprodKernel, cumsum as cumsumKernel, recurrence, type Scan } from '../../kernels/scan/index.js';
import { expectTensor } from '../as-tensor.js';
import { full } from '../create.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { around, normalizeAxis } from '../shape.js';
import { flatten, type Tensor } from '../tensor.js';
import { mul } from './arithmetic.js';
import { concat } from './concat.js';
import { slice } from './slice.js';

/** Along which axis, and whether from its end. */
interface Course {
  readonly axis: number;
  readonly reverse: boolean;
}

/** Options of {@link cumsum} and {@link cumprod}. */
export interface ScanOptions {
  /** The axis to run along. Default: −1 (NumPy flattens). */
  readonly axis?: number;
  /** Run from the end of the axis to its start. Default: false. */
  readonly reverse?: boolean;
}

const scanOptions = { axis: 'number', reverse: 'boolean' } as const;

function scan(name: string, kernel: Scan, rule: NonNullable<Op<Course>['vjp']>): Op<Course> {
  return {
    name,
    infer: ([x]) => ({ shape: x.shape, dtype: x.dtype === 'bool' ? 'int32' : x.dtype }),
    compute: (out, [x], { axis, reverse }) => kernel(out.data, flatten(x), ...around(x.shape, axis), reverse),
    vjp: rule,
  };
}

export const cumsumOp: Op<Course> = /* @__PURE__ */ scan('cumsum', cumsumKernel, (g, _y, _xs, { axis, reverse }) => [
  apply(cumsumOp, [g], { axis, reverse: !reverse }),
]);

// xᵢ is a factor of every yⱼ from j = i on: yⱼ = yᵢ₋₁·xᵢ·(xᵢ₊₁ ⋯ xⱼ). The sum over j of gⱼ·xᵢ₊₁ ⋯ xⱼ obeys sᵢ = gᵢ + xᵢ₊₁·sᵢ₊₁, a recurrence
// without a division, so zeros do not matter.
export const cumprodOp: Op<Course> = /* @__PURE__ */ scan('cumprod', cumprodKernel, (g, y, [x], { axis, reverse }) => {
  const after = apply(recurrenceOp, [shifted(x, axis, !reverse, 0), g], { axis, reverse: !reverse });
  return [mul(shifted(y, axis, reverse, 1), after)];
});

/** yᵢ = aᵢ·yᵢ₋₁ + bᵢ along an axis: what derivatives of products are made of, closed under differentiation. */
export const recurrenceOp: Op<Course> = {
  name: 'recurrence',
  infer: ([_a, b]) => b,
  compute: (out, [a, b], { axis, reverse }) =>
    recurrence(out.data, flatten(a), flatten(b), ...around(b.shape, axis), reverse),
  vjp: (g, y, [a], { axis, reverse }, wanted) => {
    const gb = apply(recurrenceOp, [shifted(a, axis, !reverse, 0), g], { axis, reverse: !reverse });
    return [wanted[0] ? mul(gb, shifted(y, axis, reverse, 0)) : undefined, gb];
  },
};

/** The products of all other elements before (after, when `reverse`) each one along an axis. */
export function productBefore(x: Tensor, course: Course): Tensor {
  return shifted(apply(cumprodOp, [x], course), course.axis, course.reverse, 1);
}

/** Running sums along an axis: yᵢ = x₀ + … + xᵢ, added one after the other in float64. int32 wraps around; bool counts. */
export function cumsum(x: Tensor, options: ScanOptions = {}): Tensor {
  return run('cumsum', cumsumOp, x, options);
}

/** Running products along an axis: yᵢ = x₀ ⋯ xᵢ. The derivative is right however many zeros there are. */
export function cumprod(x: Tensor, options: ScanOptions = {}): Tensor {
  return run('cumprod', cumprodOp, x, options);
}

function run(name: string, op: Op<Course>, x: Tensor, options: ScanOptions): Tensor {
  expectTensor(name, x);
  checkOptions(name, options, scanOptions);
  const { axis = -1, reverse = false } = options;
  return apply(op, [x], { axis: normalizeAxis(name, axis, x.order), reverse });
}

/** Elements moved one place along an axis, away from its start (or from its end, when `reverse`); `fill` comes in. */
function shifted(x: Tensor, axis: number, reverse: boolean, fill: number): Tensor {
  const n = x.shape[axis];
  if (n === 0) return x;
  const rest = new Array<undefined>(axis).fill(undefined);
  const edge = full(
    x.shape.map((size, i) => (i === axis ? 1 : size)),
    fill,
    { dtype: x.dtype },
  );
  const kept = slice(x, [...rest, reverse ? { start: 1 } : { stop: n - 1 }]);
  return concat(reverse ? [kept, edge] : [edge, kept], { axis });
}

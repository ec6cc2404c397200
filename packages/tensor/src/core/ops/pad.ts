import { scatterStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { contiguousStrides, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { slice } from './slice.js';
import { takeOp } from './take.js';

/** How many elements come before and after along an axis. */
export type PadWidth = readonly [before: number, after: number];

/** What stands in the padding: a constant; the last element; what a mirror at the last element, or behind it, shows; what wraps around. */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap';

/** Options of {@link pad}. */
export interface PadOptions {
  /** Default: 'constant'. */
  readonly mode?: PadMode;
  /** The constant, for mode 'constant' only. Default: 0. */
  readonly value?: number;
}

/** For each mode, the index into an axis of size n that stands at place i outside of it. */
const sources: Readonly<Record<Exclude<PadMode, 'constant'>, (i: number, n: number) => number>> = {
  edge: (i, n) => Math.min(Math.max(i, 0), n - 1),
  reflect: (i, n) => (n === 1 ? 0 : mirrored(modulo(i, 2 * n - 2), 2 * n - 2)),
  symmetric: (i, n) => mirrored(modulo(i, 2 * n), 2 * n - 1),
  wrap: (i, n) => modulo(i, n),
};

/** x inside a constant. */
export const padOp: Op<{ readonly widths: readonly PadWidth[]; readonly value: number }> = {
  name: 'pad',
  infer: ([x], { widths }) => ({
    shape: x.shape.map((n, axis) => widths[axis][0] + n + widths[axis][1]),
    dtype: x.dtype,
  }),
  compute: (out, [x], { widths, value }) => {
    if (!Object.is(value, 0)) out.data.fill(x.dtype === 'bool' ? Number(value !== 0) : value);
    const strides = contiguousStrides(out.shape);
    const start = widths.reduce((sum, [before], axis) => sum + before * strides[axis], 0);
    scatterStrided(out.data, start, strides, x.data, x.offset, x.strides, x.shape);
  },
  vjp: (g, _y, [x], { widths }) => [
    slice(
      g,
      x.shape.map((n, axis) => ({ start: widths[axis][0], stop: widths[axis][0] + n })),
    ),
  ],
};

/**
 * A larger tensor with x inside. `widths`: one number for every side, [before, after] for every axis, or one such pair an axis. 'reflect' does not repeat
 * the last element, 'symmetric' does; both bounce as often as needed. The constant is converted to the dtype of x. Throws a RangeError for
 * negative widths, and where a mode other than 'constant' has nothing to draw on.
 */
export function pad(x: Tensor, widths: number | PadWidth | readonly PadWidth[], options: PadOptions = {}): Tensor {
  expectTensor('pad', x);
  checkOptions('pad', options, { mode: 'string', value: 'number' });
  const { mode = 'constant', value } = options;
  const pairs = widthsOf(x, widths);
  if (mode === 'constant') return apply(padOp, [x], { widths: pairs, value: value ?? 0 });
  if (!Object.hasOwn(sources, mode)) {
    throw new RangeError(`pad: mode must be constant, ${Object.keys(sources).join(', ')}, got ${mode}`);
  }
  if (value !== undefined) throw new TypeError(`pad: value is for mode constant, the mode is ${mode}`);
  return pairs.reduce((y, [before, after], axis) => {
    if (before + after === 0) return y;
    const n = x.shape[axis];
    if (n === 0) throw new RangeError(`pad: axis ${axis} of ${showShape(x.shape)} has nothing for mode ${mode}`);
    const indices = Int32Array.from({ length: before + n + after }, (_, i) => sources[mode](i - before, n));
    return apply(takeOp, [y], { axis, indices });
  }, x);
}

function widthsOf(x: Tensor, widths: number | PadWidth | readonly PadWidth[]): readonly PadWidth[] {
  if (typeof widths !== 'number' && !Array.isArray(widths)) {
    throw new TypeError(`pad: widths must be a number, a pair or an array of pairs, got ${describeValue(widths)}`);
  }
  // Checked also where there is no axis to use it for.
  const one: unknown =
    typeof widths === 'number' ? [widths, widths] : typeof widths[0] === 'number' ? widths : undefined;
  const pairs: readonly unknown[] = typeof widths === 'number' || one !== undefined ? x.shape.map(() => one) : widths;
  if ((one !== undefined && !isWidth(one)) || pairs.length !== x.order || !pairs.every(isWidth)) {
    throw new RangeError(
      `pad: widths must be non-negative integers, two an axis of ${showShape(x.shape)}, got ${JSON.stringify(widths)}`,
    );
  }
  return pairs;
}

function isWidth(pair: unknown): pair is PadWidth {
  return Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function modulo(i: number, n: number): number {
  return ((i % n) + n) % n;
}

/** i, or its mirror image past the middle of 0 … end. */
function mirrored(i: number, end: number): number {
  return Math.min(i, end - i);
}

import { scatterStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { apply, applyView, type Op, type ViewOp } from '../op.js';
import { checkOptions } from '../options.js';
import { type Shape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { squeeze } from './axes.js';

/** What to take along one axis: an index (the axis disappears) or a range; undefined takes all. Negative indices count from the end. */
export type Range = number | { readonly start?: number; readonly stop?: number; readonly step?: number } | undefined;

/** Start, count and step along each axis. */
interface Window {
  readonly start: readonly number[];
  readonly count: Shape;
  readonly step: readonly number[];
}

// Slicing and embedding into zeros are each other's transpose.

export const sliceOp: ViewOp<Window> = {
  name: 'slice',
  view: (x, { start, count, step }) => ({
    shape: count,
    strides: x.strides.map((stride, axis) => stride * step[axis]),
    offset: x.offset + start.reduce((sum, s, axis) => sum + s * x.strides[axis], 0),
  }),
  vjp: (g, x, window) => apply(embedOp, [g], { window, shape: x.shape }),
};

export const embedOp: Op<{ readonly window: Window; readonly shape: Shape }> = {
  name: 'embed',
  infer: ([g], { shape }) => ({ shape, dtype: g.dtype }),
  compute: (out, [g], { window }) => {
    const { shape, strides, offset } = sliceOp.view(out, window);
    scatterStrided(out.data, offset, strides, g.data, g.offset, g.strides, shape);
  },
  vjp: (g, _out, _inputs, { window }) => [applyView(sliceOp, g, window)],
};

/**
 * Part of a tensor, a view: `slice(x, [0, { start: 1, stop: -1 }])` is row 0 without its first and last element. Ranges follow Python: `stop`
 * is excluded, bounds are clamped, steps may be negative. Axes not named are taken whole. Throws for an index out of range or a step of 0.
 */
export function slice(x: Tensor, ranges: readonly Range[]): Tensor {
  expectTensor('slice', x);
  if (!Array.isArray(ranges)) throw new TypeError(`slice: expected an array of ranges, got ${describeValue(ranges)}`);
  if (ranges.length > x.order)
    throw new RangeError(`slice: ${ranges.length} ranges for a tensor of shape ${showShape(x.shape)}`);
  const start: number[] = [];
  const count: number[] = [];
  const step: number[] = [];
  x.shape.forEach((n, axis) => {
    const range = ranges[axis];
    const [s, c, d] = typeof range === 'number' ? [indexWithin(range, n, axis, x), 1, 1] : resolveRange(range, n, axis);
    start.push(s);
    count.push(c);
    step.push(d);
  });
  const part = applyView(sliceOp, x, { start, count, step });
  return squeeze(
    part,
    part.shape.flatMap((_, axis) => (typeof ranges[axis] === 'number' ? [axis] : [])),
  );
}

function indexWithin(index: number, n: number, axis: number, x: Tensor): number {
  if (!Number.isInteger(index) || index < -n || index >= n) {
    throw new RangeError(`slice: index ${index} is out of range for axis ${axis} of ${showShape(x.shape)}`);
  }
  return index < 0 ? index + n : index;
}

const rangeOptions = { start: 'number', stop: 'number', step: 'number' } as const;

/** Python's slice.indices: [start, count, step]. */
function resolveRange(range: Exclude<Range, number>, n: number, axis: number): [number, number, number] {
  if (range !== undefined && (typeof range !== 'object' || range === null || Array.isArray(range))) {
    throw new TypeError(`slice: expected an index, { start, stop, step } or undefined for axis ${axis}`);
  }
  if (range !== undefined) checkOptions('slice', range, rangeOptions);
  const step = range?.step ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new RangeError(`slice: the step must be an integer other than 0, got ${step}`);
  const clamp = (at: number | undefined, fallback: number): number => {
    if (at === undefined) return fallback;
    if (!Number.isInteger(at)) throw new RangeError(`slice: bounds must be integers, got ${at}`);
    const from = at < 0 ? at + n : at;
    return step > 0 ? Math.min(Math.max(from, 0), n) : Math.min(Math.max(from, -1), n - 1);
  };
  const start = clamp(range?.start, step > 0 ? 0 : n - 1);
  const stop = clamp(range?.stop, step > 0 ? n : -1);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  // A view of nothing starts at 0, so that its offset lies within the buffer.
  return count === 0 ? [0, 0, step] : [start, count, step];
}

import { showValue } from './describe-value.js';

/** Sizes of the axes, first axis slowest. `[]` is the shape of a scalar. */
export type Shape = readonly number[];

/** Number of elements: the product of the sizes, 1 for `[]`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

/** Strides in elements of a gap-free row-major layout. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** Whether (shape, strides) is a gap-free row-major layout; strides of axes of size 1 do not matter. */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 0) return true;
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) refuseShapes('sameShape', a, b);
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/**
 * The shape with another size along one axis. Not by map: where its function may return the length of a typed array, V8 stores the sizes as doubles,
 * and every function that then sees both kinds of array is compiled again, for both.
 */
export function withSize(shape: Shape, axis: number, size: number): number[] {
  const sizes = shape.slice();
  sizes[axis] = size;
  return sizes;
}

/** `[2, 3]`, the way shapes are written in messages. */
export function showShape(shape: Shape): string {
  if (!Array.isArray(shape)) refuseShapes('showShape', shape);
  return `[${shape.join(', ')}]`;
}

function refuseShapes(op: string, ...shapes: unknown[]): never {
  const wrong = shapes.find((shape) => !Array.isArray(shape));
  throw new TypeError(`${op}: the shape must be an array of sizes, got ${showValue(wrong)}`);
}

/** Throws unless `shape` is an array of non-negative integers, or of −1 where that stands for a size to be worked out. */
export function checkShape(op: string, shape: Shape, open = false): void {
  if (!Array.isArray(shape)) throw new TypeError(`${op}: the shape must be an array of sizes, got ${showValue(shape)}`);
  for (const n of shape) {
    if (!Number.isSafeInteger(n) || (n < 0 && !(open && n === -1))) {
      if (typeof n !== 'number') throw new TypeError(`${op}: sizes must be numbers, got ${showValue(shape)}`);
      throw new RangeError(`${op}: sizes must be non-negative integers, got ${showShape(shape)}`);
    }
  }
}

/** Throws, naming the argument, unless it is a non-negative integer. */
export function checkCount(op: string, argument: string, count: unknown): void {
  if (Number.isSafeInteger(count) && Number(count) >= 0) return;
  if (typeof count !== 'number') throw new TypeError(`${op}: ${argument} must be a number, got ${showValue(count)}`);
  throw new RangeError(`${op}: ${argument} must be a non-negative integer, got ${count}`);
}

/** Sizes before, along and behind an axis: the three that kernels which work along one see of a row-major tensor. */
export function around(shape: Shape, axis: number): [before: number, along: number, behind: number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))];
}

/** An axis index in [0, order), from one in [-order, order). */
export function normalizeAxis(op: string, axis: number, order: number): number {
  if (!Number.isInteger(axis) || axis < -order || axis >= order) {
    if (typeof axis !== 'number') throw new TypeError(`${op}: an axis must be a number, got ${showValue(axis)}`);
    throw new RangeError(`${op}: axis ${axis} is out of range for a tensor of order ${order}`);
  }
  return axis < 0 ? axis + order : axis;
}

/** Sorted, distinct axes in [0, order); all of them when `axes` is undefined. */
export function normalizeAxes(op: string, axes: number | readonly number[] | undefined, order: number): number[] {
  if (axes === undefined) return Array.from({ length: order }, (_, axis) => axis);
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis(op, axis, order));
  list.sort((a, b) => a - b);
  for (let i = 1; i < list.length; i++) {
    if (list[i] === list[i - 1]) throw new RangeError(`${op}: axis ${list[i]} is named twice`);
  }
  return list;
}

/**
 * The common shape of two operands under NumPy's rules: aligned at the last axis, sizes equal or one of them 1.
 * Throws a RangeError naming `op` and both shapes otherwise.
 */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const order = Math.max(a.length, b.length);
  const shape = new Array<number>(order);
  for (let axis = 0; axis < order; axis++) {
    const i = axis - (order - a.length);
    const j = axis - (order - b.length);
    const m = i < 0 ? 1 : a[i];
    const n = j < 0 ? 1 : b[j];
    if (m !== n && m !== 1 && n !== 1) {
      throw new RangeError(`${op}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast (${m} and ${n})`);
    }
    shape[axis] = m === 1 ? n : m;
  }
  return shape;
}

/** Strides that read an operand of (shape, strides) as if it had the shape `to`: 0 along every stretched axis. */
export function broadcastStrides(shape: Shape, strides: readonly number[], to: Shape): number[] {
  const lead = to.length - shape.length;
  return to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : strides[axis - lead]));
}

import { type Shape, showShape } from '../shape.js';

/** One number for all spatial axes, or one for each. */
export type PerAxis = number | readonly number[];

/**
 * How many zeros are put around each spatial axis: one number for all, or for each axis a number or a pair [before, behind]. 'valid' is 0. 'same'
 * gives ⌈size/stride⌉ positions, with the odd zero behind.
 */
export type Padding = 'valid' | 'same' | number | readonly (number | readonly [number, number])[];

/** What stands in a place of every window: a list has one entry for each spatial axis. */
export interface Windows {
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: 'same' | readonly (readonly [number, number])[];
}

/** The zeros in front of each axis and the number of positions along it. */
export interface Placement {
  readonly low: readonly number[];
  readonly positions: readonly number[];
}

/** A whole number of at least `least` for each of `axes` axes. */
export function perAxis(op: string, name: string, value: PerAxis, axes: number, least: number): number[] {
  const list: readonly unknown[] | undefined =
    typeof value === 'number' ? new Array<number>(axes).fill(value) : Array.isArray(value) ? value : undefined;
  if (list === undefined) throw new TypeError(`${op}: ${name} must be a number or an array, got ${String(value)}`);
  if (list.length !== axes) {
    throw new RangeError(
      `${op}: ${name} needs ${axes === 1 ? 'one entry' : `${axes} entries`}, got [${list.join(', ')}]`,
    );
  }
  return list.map((n) => whole(op, name, n, least));
}

/** A padding in full, 'same' apart, which depends on the size. */
export function paddingOf(op: string, padding: Padding, axes: number): Windows['padding'] {
  if (padding === 'same') return padding;
  if (padding === 'valid') return paddingOf(op, 0, axes);
  const list: readonly unknown[] | undefined =
    typeof padding === 'number' ? new Array<number>(axes).fill(padding) : Array.isArray(padding) ? padding : undefined;
  if (list === undefined) {
    throw new TypeError(`${op}: padding must be 'valid', 'same', a number or an array, got ${String(padding)}`);
  }
  if (list.length !== axes) {
    throw new RangeError(
      `${op}: padding needs ${axes === 1 ? 'one entry' : `${axes} entries`}, got ${JSON.stringify(list)}`,
    );
  }
  return list.map((entry) => {
    const pair: readonly unknown[] = Array.isArray(entry) ? entry : [entry, entry];
    if (pair.length !== 2) {
      throw new RangeError(`${op}: padding of an axis is a number or a pair, got ${JSON.stringify(entry)}`);
    }
    return [whole(op, 'padding', pair[0], 0), whole(op, 'padding', pair[1], 0)] as const;
  });
}

/** How many elements a window reaches over along each axis. */
export function reachOf({ window, dilation }: Windows): number[] {
  return window.map((n, axis) => (n - 1) * dilation[axis] + 1);
}

/** Where windows stand on axes of these sizes. Throws, naming both, when one is larger than the padded axis. */
export function placeWindows(op: string, what: string, size: Shape, windows: Windows): Placement {
  const { stride, padding } = windows;
  const reach = reachOf(windows);
  if (padding === 'same') {
    const positions = size.map((n, axis) => Math.ceil(n / stride[axis]));
    const low = size.map((n, axis) =>
      Math.floor(Math.max((positions[axis] - 1) * stride[axis] + reach[axis] - n, 0) / 2),
    );
    return { low, positions };
  }
  const padded = size.map((n, axis) => n + padding[axis][0] + padding[axis][1]);
  if (reach.some((n, axis) => n > padded[axis])) {
    throw new RangeError(
      `${op}: the ${what} is larger than the padded input: it covers ${showShape(reach)}, the input is ${showShape(padded)}`,
    );
  }
  return {
    low: padding.map(([before]) => before),
    positions: padded.map((n, axis) => Math.floor((n - reach[axis]) / stride[axis]) + 1),
  };
}

function whole(op: string, name: string, value: unknown, least: number): number {
  if (typeof value !== 'number') throw new TypeError(`${op}: ${name} must be made of numbers, got ${String(value)}`);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${op}: ${name} must be made of integers from ${least}, got ${value}`);
  }
  return value;
}

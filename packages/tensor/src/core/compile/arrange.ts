import type { DType } from '../dtype.js';
import type { Value } from './program.js';

/** From which step on a value is there, and the last step that needs it; the arguments are there from step −1. */
export interface Lifetime {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
}

/** Where each value stands in one block of memory. */
export interface Arrangement {
  readonly bytes: number;
  readonly offsets: ReadonlyMap<Value, number>;
}

/** Blocks begin on cache lines, and leave room for kernels that work by whole vectors. */
const ALIGNMENT = 64;
const SLACK = 64;

/** Bytes of a block for so many. */
export function paddedBytes(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}

export function bytesOf(dtype: DType, size: number): number {
  return size * (dtype === 'float64' ? 8 : dtype === 'bool' ? 1 : 4);
}

/**
 * Offsets such that values that are there at the same time do not overlap: first fit, in the order in which the values appear, the larger first.
 * Not the least memory there is (that problem is NP-hard), and at least as much as the largest step needs.
 */
export function arrange(lifetimes: readonly Lifetime[]): Arrangement {
  const ordered = [...lifetimes].sort((a, b) => a.from - b.from || b.value.size - a.value.size);
  const offsets = new Map<Value, number>();
  const placed: { readonly from: number; readonly to: number; readonly at: number; readonly end: number }[] = [];
  let bytes = 0;
  for (const { value, from, to } of ordered) {
    const size = paddedBytes(bytesOf(value.dtype, value.size));
    const others = placed.filter((other) => other.from <= to && from <= other.to).sort((a, b) => a.at - b.at);
    let at = 0;
    for (const other of others) {
      if (at + size <= other.at) break;
      at = Math.max(at, other.end);
    }
    placed.push({ from, to, at, end: at + size });
    offsets.set(value, at);
    bytes = Math.max(bytes, at + size);
  }
  return { bytes, offsets };
}

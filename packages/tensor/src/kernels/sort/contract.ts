import type { Buffer } from '../copy/contract.js';

/** Sorts each of the `rows` gap-free rows of n elements in place; NaN last in either direction, −0 before 0 when ascending. */
export type SortRows = (x: Buffer, rows: number, n: number, descending: boolean) => void;

/**
 * For each of `rows` gap-free rows of n elements the positions in sorted order: stable, so equal elements (−0 and 0 are) keep their order in either
 * direction. NaN come last, or first when `nanFirst`, in their order. Takes n·log₂ n steps a row.
 */
export type ArgsortRows = (
  out: Int32Array,
  x: Buffer,
  rows: number,
  n: number,
  descending: boolean,
  nanFirst: boolean,
) => void;

/**
 * For each row the positions of its k ≤ n largest elements, largest first, of equal ones the earlier first, NaN before all numbers: the first k of
 * a descending {@link ArgsortRows} with NaN first. `out` is [rows, k].
 */
export type TopRows = (out: Int32Array, x: Buffer, rows: number, n: number, k: number) => void;

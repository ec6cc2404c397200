import type { Buffer } from '../copy/contract.js';

/** Entries along one axis of a strided tensor: axes before it, the axis, axes behind it. */
export interface Along {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly axis: number;
}

/** `out[o, i, q] = x[o, indices[i], q]` with a row-major `out`; every index lies in [0, size of the axis). Moves as many elements as `out` has. */
export type Take = (out: Buffer, x: Buffer, along: Along, indices: Int32Array) => void;

/**
 * `out[o, indices[i], q] += x[o, i, q]` for gap-free blocks: `out` [outer, n, inner], `x` [outer, indices, inner]. In order of i: what is added to
 * an element is added in that order, each time rounded to the type of `out`. An addition for each element of x.
 */
export type ScatterAdd = (out: Buffer, x: Buffer, outer: number, n: number, inner: number, indices: Int32Array) => void;

/** `out[o, i, q] = x[o, indices[o, i, q], q]` for gap-free blocks: `x` [outer, n, inner], `out` and `indices` [outer, m, inner]. */
export type TakeAlong = (
  out: Buffer,
  x: Buffer,
  outer: number,
  n: number,
  m: number,
  inner: number,
  indices: Int32Array,
) => void;

/**
 * `out[o, indices[o, i, q], q] += x[o, i, q]`, the transpose of {@link TakeAlong}, in order of i. Every element has a place of its own, which vectors
 * cannot address: plain loops.
 */
export type AddAlong = TakeAlong;

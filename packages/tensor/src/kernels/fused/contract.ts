import type { LaneName, LaneType } from '../lanes/index.js';

/**
 * A loop over a matrix of `rows` by `cols` elements that applies elementwise operations one after another, in registers.
 *
 * Registers are numbered: first the inputs, then one for the result of every step. Each operation rounds to the type of the lanes, as it does on its
 * own: the results have the bits of the operations run one by one.
 */
export interface FusedProgram {
  readonly type: LaneType;
  /** How each input is read along a row: element by element, or one element for all of the row. */
  readonly inputs: readonly ('vector' | 'repeat')[];
  readonly steps: readonly { readonly lane: LaneName; readonly args: readonly number[] }[];
  /** Registers that are stored. */
  readonly outputs: readonly number[];
}

/**
 * The compiled loop: `run(rows, cols, at₀, row₀, at₁, row₁, …)` with the address of each input, then of each output, and the bytes from one row to the
 * next; outputs are gap-free. Returns 0, or another number where some element was outside the domain of the vector code: then the stored numbers
 * do not count, and the operations must be run one by one.
 *
 * Rows are worked off in whole vectors: up to 15 bytes behind the end of every operand are read or written. An output must not overlap an input.
 */
export type FusedKernel = (...parameters: number[]) => unknown;

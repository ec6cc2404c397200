import type { Code, Local } from '../../wasm/assembler/code.js';
import type { Place } from '../../wasm/runtime.js';

/** float64 numbers two at a time, or float32 numbers four at a time. */
export type LaneType = 'f64x2' | 'f32x4';

/** What an emitter of vector code works with. */
export interface Lanes {
  readonly type: LaneType;
  /** A new local for a vector. */
  readonly scratch: () => Local;
  /**
   * Lanes whose result does not count: all bits of such a lane are set, by or-ing a mask into it. The loop clears it and, where some lane is left
   * set, has the whole vector computed by the scalar function.
   */
  readonly outside: Local;
  /** Pushes a vector of this number, rounded to the type of the lanes. */
  readonly constant: (f: Code, value: number) => void;
  /** Puts a table into the memory of the kernels and returns its address. */
  readonly place: Place;
  /** Lanes of float64 in the same function, with a mask of their own: this one itself where the type is f64x2. */
  readonly wide: Lanes;
}

/** Writes code that leaves the result for the vectors `args`, which it must not change, on the stack. */
export type LaneEmitter = (f: Code, args: readonly Local[], lanes: Lanes) => void;

/** An operation on vectors, with the same function on numbers for elements that the vector code leaves out. */
export interface LaneOperation {
  readonly emit: LaneEmitter;
  readonly operands: 1 | 2;
  /** Of float32 numbers, the result must still be rounded to float32. */
  readonly scalars: Readonly<Record<LaneType, (x: number, y: number) => number>>;
  /** Whether lanes can come out marked as outside. */
  readonly leavesOut: boolean;
}

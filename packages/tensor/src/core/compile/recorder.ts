import type { MultiOp, Op } from '../op.js';
import type { Tensor } from '../tensor.js';

/** What sees operations while a function is traced: it answers with a tensor that stands for the result, undefined where nothing traced is involved. */
export interface Recorder {
  readonly apply: <P>(op: Op<P>, inputs: readonly Tensor[], params: P) => Tensor | undefined;
  /** Whether a tensor stands for numbers that are not there yet. */
  readonly standsIn: (x: Tensor) => boolean;
  readonly applyMulti: <P>(op: MultiOp<P>, inputs: readonly Tensor[], params: P) => readonly Tensor[] | undefined;
}

/** The trace that is being made, if any: a trace begins and ends within one call, and never holds anything between calls. */
export let recorder: Recorder | undefined;

/** Runs f while `to` sees its operations. */
export function recordedBy<T>(to: Recorder | undefined, f: () => T): T {
  const before = recorder;
  recorder = to;
  try {
    return f();
  } finally {
    recorder = before;
  }
}

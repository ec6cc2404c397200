/**
 * A neuron as a plain function: of one row, x [D] to [C], or by `rows` of many, x [N·D] row-major to [N·C], with the same bits.
 *
 * Results go into `out` where one is given, which is also what is returned. Throws a RangeError where lengths do not fit.
 */
export interface CompiledNeuron {
  (x: ArrayLike<number>, out?: Float64Array): Float64Array;
  /** D: length of a row. */
  readonly inputs: number;
  /** C: number of results of a row. */
  readonly outputs: number;
  /** Many rows at a time, several times quicker than one by one. */
  rows(x: Float64Array, out?: Float64Array): Float64Array;
}

/** Throws unless a row and its result have the lengths that they need. */
export function checkRow(x: ArrayLike<number>, out: Float64Array | undefined, inputs: number, outputs: number): void {
  if (x.length !== inputs) throw new RangeError(`compile: x must have ${inputs} numbers: got ${x.length}`);
  if (out !== undefined && out.length !== outputs)
    throw new RangeError(`compile: out must have ${outputs} numbers: got ${out.length}`);
}

/** How many rows x has; throws unless they are whole and `out` fits. */
export function checkRows(x: Float64Array, out: Float64Array | undefined, inputs: number, outputs: number): number {
  if (!(x instanceof Float64Array)) throw new TypeError(`compile: rows must be a Float64Array: got ${typeof x}`);
  if (x.length % inputs !== 0) {
    throw new RangeError(`compile: rows must be a multiple of ${inputs} numbers: got ${x.length}`);
  }
  const count = x.length / inputs;
  if (out !== undefined && out.length !== count * outputs) {
    throw new RangeError(`compile: out must have ${count * outputs} numbers: got ${out.length}`);
  }
  return count;
}

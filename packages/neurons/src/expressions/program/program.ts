/**
 * Formulas as a list of instructions on registers, each of which holds a number for every row of a block.
 *
 * An instruction is four integers [code, out, a, b]. Codes from {@link LOOP} on are loops over registers a and b; {@link LOAD} puts column a of x
 * into `out`; {@link BEGIN} opens a sum over the elements of x, kept in `out`, by putting column 0 into register a; {@link END} adds
 * register a to the sum `out` and goes back to behind BEGIN with the next column in register b while there is one. Sums are not nested.
 */
export interface Program {
  readonly code: Int32Array;
  /** How many registers; the first ones hold `constants` all the time. */
  readonly registers: number;
  readonly constants: Float64Array;
  /** D: columns of x. */
  readonly inputs: number;
  /** The register of each result. */
  readonly results: Int32Array;
}

export const LOAD = 0;
export const BEGIN = 1;
export const END = 2;
/** The code of the first entry of the table of loops. */
export const LOOP = 3;

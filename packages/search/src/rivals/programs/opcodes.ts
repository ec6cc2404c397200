/** Functions that a formula may be made of, by the names that options use. */
export type GeneFunction = 'add' | 'sub' | 'mul' | 'div' | 'sin' | 'cos' | 'exp' | 'log' | 'sqrt';

/** All of them; the place in this list is the opcode. */
export const geneFunctions: readonly GeneFunction[] = ['add', 'sub', 'mul', 'div', 'sin', 'cos', 'exp', 'log', 'sqrt'];

export const ADD = 0;
export const SUB = 1;
export const MUL = 2;
export const DIV = 3;
export const SIN = 4;
export const COS = 5;
export const EXP = 6;
export const LOG = 7;
export const SQRT = 8;
/** A constant; its value stands in `constants`. */
export const NUMBER = 9;
/** FEATURE + d is the input d. */
export const FEATURE = 10;

/** Number of arguments of an opcode. */
export function arity(code: number): 0 | 1 | 2 {
  if (code >= NUMBER) return 0;
  return code <= DIV ? 2 : 1;
}

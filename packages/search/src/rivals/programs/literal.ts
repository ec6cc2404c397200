import { NUMBER } from './opcodes.js';
import type { Program } from './program.js';

/**
 * Whether a constant belongs to the shape of a formula: an integer from −4 to 4. Any other is free, to be fitted; a fit as good as never ends on an
 * integer, so nothing else needs to tell the two apart.
 */
export function isLiteral(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 4;
}

/** How many constants of a formula are free. */
export function freeCount({ code, constants }: Program): number {
  let count = 0;
  for (let i = 0; i < code.length; i++) if (code[i] === NUMBER && !isLiteral(constants[i])) count++;
  return count;
}

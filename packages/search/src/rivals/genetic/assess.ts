import { fitConstants } from '../programs/fit-constants.js';
import { freeCount, isLiteral } from '../programs/literal.js';
import type { Program } from '../programs/program.js';
import { linearScale, type Target } from '../programs/scaled-error.js';
import { semanticHash } from '../programs/semantic-hash.js';
import { evaluateProgram, type Tape } from '../programs/tape.js';
import type { Individual } from './individual.js';

/** The rows of the search with what has been seen on them. */
export interface Arena {
  readonly tape: Tape;
  readonly target: Target;
  /** Some of the rows, the same ones where there are few: what formulas of the library are matched on. */
  readonly sample: { readonly tape: Tape; readonly target: Target };
  /** Hash of values → nodes of the smallest formula that has them. */
  readonly seen: Map<number, number>;
  evaluations: number;
}

/**
 * The individual of a program, its constants fitted; undefined if it is not finite on all rows, is constant, or has the values (up to a·f + b) of
 * a formula that is known and no larger.
 */
export function assess(arena: Arena, program: Program, constantSteps: number): Individual | undefined {
  const { tape, target } = arena;
  const column = evaluateProgram(tape, program);
  arena.evaluations++;
  if (isKnown(arena, column, program.code.length)) return undefined;
  if (constantSteps < 2 || freeCount(program) === 0) {
    const { slope, intercept, sse } = linearScale(tape.values, column, target);
    return sse < Number.POSITIVE_INFINITY ? { program, slope, intercept, error: sse / target.sst } : undefined;
  }
  const fitted = fitConstants(tape, program, target, { steps: constantSteps, scaled: true, free: isFree });
  arena.evaluations += fitted.evaluations;
  if (!(fitted.sse < Number.POSITIVE_INFINITY)) return undefined;
  if (fitted.program !== program) {
    const known = isKnown(arena, evaluateProgram(tape, fitted.program), program.code.length);
    if (known) return undefined;
  }
  const { slope, intercept, sse } = fitted;
  return { program: fitted.program, slope, intercept, error: sse / target.sst };
}

const isFree = (value: number): boolean => !isLiteral(value);

/** Whether a formula no larger has these values; if not, this one has them from now on. */
function isKnown({ tape, seen }: Arena, column: number, size: number): boolean {
  const hash = semanticHash(tape.values, column, tape.rows);
  if (Number.isNaN(hash)) return true;
  const known = seen.get(hash);
  if (known !== undefined && known <= size) return true;
  seen.set(hash, size);
  return false;
}

import { descriptionLength } from '../programs/description-length.js';
import { fitConstants } from '../programs/fit-constants.js';
import { foldProgram } from '../programs/fold-program.js';
import { niceBits, niceCandidates } from '../programs/nice-numbers.js';
import { ADD, arity, MUL, NUMBER } from '../programs/opcodes.js';
import { join, leaf, type Program, replaceSubtree, subtree, subtreeStart, withConstants } from '../programs/program.js';
import type { Target } from '../programs/scaled-error.js';
import { evaluateProgram, type Tape } from '../programs/tape.js';
import type { Individual } from './individual.js';

/** A formula as it stands: slope and intercept are constants of its own. */
export interface Polished {
  readonly program: Program;
  readonly sse: number;
  readonly bits: number;
}

const STEPS = 40;
const MOST_PASSES = 60;

/** slope·f + intercept as one program. */
export function explicitProgram({ program, slope, intercept }: Individual): Program {
  return foldProgram(join(ADD, join(MUL, leaf(NUMBER, slope), program), leaf(NUMBER, intercept)));
}

const anyValue = (): boolean => true;
const isFree = (value: number): boolean => niceBits(value) === undefined;

/**
 * Shortens a formula's description step by step: constants are fitted to the end, then each is tried as a nice number, each node without one of
 * its arguments and as a constant, the other constants fitted again; what makes the description shorter stays. Exact formulas become exact to the letter
 * this way: 0.9999999999 · x + 1e-17 is x.
 *
 * Cost: rows · nodes² · constants a pass.
 */
export function polish(tape: Tape, target: Target, individual: Individual, symbols: number): Polished {
  let current = fitted(tape, target, explicitProgram(individual), symbols, anyValue);
  // First what costs no accuracy: with all its superfluous constants an exact formula can be longer than none, and would be cut down to a number.
  for (const most of [current.sse * 1.01 + 1e-26 * target.sst, Number.POSITIVE_INFINITY]) {
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const shorter = firstShorter(tape, target, current, symbols, most);
      if (!shorter) break;
      current = shorter;
    }
  }
  return current;
}

function fitted(
  tape: Tape,
  target: Target,
  program: Program,
  symbols: number,
  free: (value: number) => boolean,
): Polished {
  const result = fitConstants(tape, program, target, { steps: STEPS, scaled: false, free });
  const bits =
    result.sse < Number.POSITIVE_INFINITY
      ? descriptionLength(result.program, result.sse / target.sst, tape.rows, symbols)
      : Number.POSITIVE_INFINITY;
  return { program: result.program, sse: result.sse, bits };
}

/** The formula after the first change that makes it shorter and leaves no more than `most` of the target: large cuts first, then numbers. */
function firstShorter(
  tape: Tape,
  target: Target,
  current: Polished,
  symbols: number,
  most: number,
): Polished | undefined {
  const tried = new Set<string>();
  for (const change of [...cuts(tape, current.program), ...roundings(current.program)]) {
    const program = foldProgram(change);
    const name = `${program.code.join()}|${program.constants.join()}`;
    if (tried.has(name)) continue;
    tried.add(name);
    const result = fitted(tape, target, program, symbols, isFree);
    if (result.sse <= most && result.bits < current.bits - 1e-6) return result;
  }
  return undefined;
}

/** Every subtree in turn as one of its arguments, or as the mean of its values. */
function cuts(tape: Tape, program: Program): Program[] {
  evaluateProgram(tape, program);
  const means = Array.from(program.code, (_, i) => {
    let sum = 0;
    for (let r = 0; r < tape.rows; r++) sum += tape.values[tape.at[i] + r];
    return sum / tape.rows;
  });
  const changed: Program[] = [];
  for (let i = program.code.length - 1; i >= 0; i--) {
    const count = arity(program.code[i]);
    if (program.code[i] !== NUMBER && Number.isFinite(means[i])) {
      changed.push(replaceSubtree(program, i, leaf(NUMBER, means[i])));
    }
    if (count > 0) changed.push(replaceSubtree(program, i, subtree(program, i - 1)));
    if (count === 2) changed.push(replaceSubtree(program, i, subtree(program, subtreeStart(program, i - 1) - 1)));
  }
  return changed;
}

function roundings(program: Program): Program[] {
  const changed: Program[] = [];
  for (let i = 0; i < program.code.length; i++) {
    if (program.code[i] !== NUMBER) continue;
    for (const value of niceCandidates(program.constants[i])) {
      const constants = program.constants.slice();
      constants[i] = value;
      changed.push(withConstants(program, constants));
    }
  }
  return changed;
}

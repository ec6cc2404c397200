import { descriptionLength } from '../programs/description-length.js';
import { fitConstants } from '../programs/fit-constants.js';
import { niceBits } from '../programs/nice-numbers.js';
import type { Program } from '../programs/program.js';
import type { Rows } from '../programs/rows.js';
import { targetOf } from '../programs/scaled-error.js';
import { createTape, evaluateProgram, type Tape } from '../programs/tape.js';
import type { Individual } from './individual.js';
import { explicitProgram, polish } from './polish.js';

/** A formula as it stands, with its mean squared errors; `held` is NaN without held-out rows. */
export interface Candidate {
  readonly program: Program;
  readonly train: number;
  readonly held: number;
  /** Description length over all rows. */
  readonly bits: number;
}

/** Rows of the search, all rows that formulas are fitted to, and rows that are only looked at. */
export interface ChoiceRows {
  readonly search: Rows;
  readonly train: Rows;
  readonly held: Rows | undefined;
}

/** How many formulas of the front are polished: those with the shortest descriptions, and the one with the least error. */
const POLISHED = 6;

const isFree = (value: number): boolean => niceBits(value) === undefined;

/**
 * The formulas of a front as they stand, the most promising polished, all fitted to all training rows, by size: each with a smaller training error than
 * all smaller ones.
 */
export function candidatesOf(front: readonly Individual[], rows: ChoiceRows, symbols: number): Candidate[] {
  const { search } = rows;
  const tape = createTape(search.columns, search.count);
  const target = targetOf(search.y);
  const ranked = front
    .map((individual) => ({ individual, program: explicitProgram(individual) }))
    .map((entry) => ({
      ...entry,
      bits: descriptionLength(entry.program, entry.individual.error, search.count, symbols),
    }))
    .sort((a, b) => a.bits - b.bits);
  const programs = ranked.map(({ individual, program }, i) =>
    i < POLISHED || individual === front[front.length - 1]
      ? polish(tape, target, individual, symbols).program
      : program,
  );
  const assess = assessor(rows, symbols);
  const candidates = programs.map(assess).filter(({ train }) => Number.isFinite(train));
  candidates.sort((a, b) => a.program.code.length - b.program.code.length || a.train - b.train);
  let least = Number.POSITIVE_INFINITY;
  return candidates.filter(({ train }) => {
    const better = train < least;
    least = Math.min(least, train);
    return better;
  });
}

/** The candidate of a program: constants fitted once more where the search saw a part of the rows. */
export function assessor({ search, train, held }: ChoiceRows, symbols: number): (program: Program) => Candidate {
  const tape = createTape(train.columns, train.count);
  const target = targetOf(train.y);
  const heldTape = held && createTape(held.columns, held.count);
  const refits = search.count < train.count;
  const total = train.count + (held?.count ?? 0);
  return (program) => {
    const steps = refits ? 30 : 1;
    const fitted = fitConstants(tape, program, target, { steps, scaled: false, free: isFree });
    const sse = held && heldTape ? errorOn(heldTape, fitted.program, held.y) : 0;
    // Held-out errors count like training errors: they are what a formula must be good for.
    const share = (fitted.sse + sse) / total / (target.sst / train.count);
    const bits = Number.isFinite(share)
      ? descriptionLength(fitted.program, share, total, symbols)
      : Number.POSITIVE_INFINITY;
    return {
      program: fitted.program,
      train: fitted.sse / train.count,
      held: held ? sse / held.count : Number.NaN,
      bits,
    };
  };
}

function errorOn(tape: Tape, program: Program, y: Float64Array): number {
  const start = evaluateProgram(tape, program);
  let sse = 0;
  for (let r = 0; r < y.length; r++) {
    const e = y[r] - tape.values[start + r];
    sse += e * e;
  }
  return sse;
}

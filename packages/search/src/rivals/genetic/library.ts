import { ADD, FEATURE, MUL, NUMBER } from '../programs/opcodes.js';
import { join, leaf, type Program } from '../programs/program.js';
import { semanticHash } from '../programs/semantic-hash.js';
import { evaluateProgram, type Tape } from '../programs/tape.js';
import type { Vocabulary } from './vocabulary.js';

/** Small formulas with their values on the rows of the search, by size. */
export interface Library {
  readonly programs: readonly Program[];
  /** Column i: values of formula i less their mean, over their norm. */
  readonly columns: Float64Array;
  /** Column i: values of formula i as they are. */
  readonly values: Float64Array;
  readonly means: Float64Array;
  readonly norms: Float64Array;
}

/**
 * The smallest `limit` formulas of inputs and the constant 1 that differ in their values on the rows of the tape by more than a·f + b; the
 * candidates that semantic backpropagation (Pawlak, Wieloch, Krawiec 2015) takes from.
 *
 * Sums and products are made with the later formula first, as both orders have the same values. Cost: about 10 · limit evaluations.
 */
export function enumerateLibrary(tape: Tape, words: Vocabulary, limit: number): Library {
  const { rows } = tape;
  // Formulas that differ at all are building blocks (log(x + 1) needs x + 1); those that differ by more than a·f + b are entries.
  const blocks: Program[][] = [[], [leaf(NUMBER, 1)]];
  const seen = new Set<number>();
  const entries = new Set<number>();
  const programs: Program[] = [];
  const columns = new Float64Array(limit * rows);
  const values = new Float64Array(limit * rows);
  const [means, norms] = [new Float64Array(limit), new Float64Array(limit)];
  let tried = 0;

  const consider = (program: Program, size: number): void => {
    tried++;
    const start = evaluateProgram(tape, program);
    const exact = semanticHash(tape.values, start, rows, true);
    if (Number.isNaN(exact) || seen.has(exact)) return;
    seen.add(exact);
    blocks[size].push(program);
    const hash = semanticHash(tape.values, start, rows);
    if (entries.has(hash) || programs.length === limit) return;
    entries.add(hash);
    const index = programs.push(program) - 1;
    values.set(tape.values.subarray(start, start + rows), index * rows);
    [means[index], norms[index]] = normalise(tape.values, start, columns, index * rows, rows);
  };
  const more = (): boolean => programs.length < limit && tried < 20 * limit;

  for (let d = 0; d < words.inputs && more(); d++) consider(leaf(FEATURE + d), 1);
  for (let size = 2; size <= 9 && more(); size++) {
    blocks.push([]);
    for (const part of blocks[size - 1]) {
      if (part.code[0] === NUMBER && part.code.length === 1) continue;
      for (const op of words.unary) if (more()) consider(join(op, part), size);
    }
    for (let right = 1; right <= size - 2; right++) {
      const left = size - 1 - right;
      for (const op of words.binary) {
        if ((op === ADD || op === MUL) && right > left) continue;
        for (const a of blocks[left]) {
          for (const b of blocks[right]) {
            if (!more()) break;
            consider(join(op, a, b), size);
          }
        }
      }
    }
  }
  return { programs, columns, values, means, norms };
}

function normalise(
  from: Float64Array,
  start: number,
  to: Float64Array,
  at: number,
  rows: number,
): readonly [mean: number, norm: number] {
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += from[start + r];
  const mean = sum / rows;
  let square = 0;
  for (let r = 0; r < rows; r++) {
    const c = from[start + r] - mean;
    to[at + r] = c;
    square += c * c;
  }
  const norm = Math.sqrt(square);
  for (let r = 0; r < rows; r++) to[at + r] /= norm;
  return [mean, norm];
}

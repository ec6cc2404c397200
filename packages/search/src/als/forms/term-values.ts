import { integerPower } from '../problem.js';
import { slotsOf, type Term } from './term.js';

/** Values of a term in a block of rows, and where `derivatives` are wanted those with respect to its linear forms and its core. */
export interface TermBlock {
  /** [slots, rows]: the linear forms. */
  readonly z: Float64Array;
  readonly rows: number;
  /** [rows]; the values of the term are added. */
  readonly values: Float64Array;
  /** [slots, rows] and [core, rows], overwritten; undefined where values are enough. */
  readonly derivatives: { readonly slots: Float64Array; readonly core: Float64Array } | undefined;
}

/** Adds the values of a term. Cost: as many products as the core or the trains have entries, times the order, for each row. */
export function addTerm(term: Term, block: TermBlock): void {
  if (term.form === 'symmetric') addPowers(term, block);
  else if (term.form === 'tt') addTrain(term, block);
  else addTucker(term, block);
}

function addPowers({ order, core }: Term, { z, rows, values, derivatives }: TermBlock): void {
  core.forEach((sign, r) => {
    for (let i = 0; i < rows; i++) {
      const v = z[r * rows + i];
      const lower = sign * integerPower(v, order - 1);
      values[i] += lower * v;
      if (derivatives !== undefined) derivatives.slots[r * rows + i] = order * lower;
    }
  });
}

/** A row at a time: matrices of forms from the left and from the right. */
function addTrain(term: Term, { z, rows, values, derivatives }: TermBlock): void {
  const { order, ranks } = term;
  const bonds = [1, ...ranks, 1];
  const widest = Math.max(...bonds);
  const starts = startsOf(slotsOf(term));
  const left = new Float64Array((order + 1) * widest);
  const right = new Float64Array((order + 1) * widest);
  for (let i = 0; i < rows; i++) {
    left.fill(0);
    left[0] = 1;
    for (let m = 0; m < order; m++) {
      for (let a = 0; a < bonds[m]; a++) {
        const factor = left[m * widest + a];
        for (let b = 0; b < bonds[m + 1]; b++) {
          left[(m + 1) * widest + b] += factor * z[(starts[m] + a * bonds[m + 1] + b) * rows + i];
        }
      }
    }
    values[i] += left[order * widest];
    if (derivatives === undefined) continue;
    right.fill(0);
    right[order * widest] = 1;
    for (let m = order - 1; m >= 0; m--) {
      for (let a = 0; a < bonds[m]; a++) {
        for (let b = 0; b < bonds[m + 1]; b++) {
          const slot = (starts[m] + a * bonds[m + 1] + b) * rows + i;
          right[m * widest + a] += right[(m + 1) * widest + b] * z[slot];
          derivatives.slots[slot] = left[m * widest + a] * right[(m + 1) * widest + b];
        }
      }
    }
  }
}

function addTucker(term: Term, { z, rows, values, derivatives }: TermBlock): void {
  const { order, ranks, core } = term;
  const starts = startsOf(ranks);
  const total = starts[order - 1] + ranks[order - 1];
  derivatives?.slots.fill(0, 0, total * rows);
  const index = new Int32Array(order);
  const before = new Float64Array(order + 1).fill(1);
  for (let entry = 0; entry < core.length; entry++) {
    let rest = entry;
    for (let m = order - 1; m >= 0; m--) {
      index[m] = (starts[m] + (rest % ranks[m])) * rows;
      rest = Math.floor(rest / ranks[m]);
    }
    const weight = core[entry];
    for (let i = 0; i < rows; i++) {
      for (let m = 0; m < order; m++) before[m + 1] = before[m] * z[index[m] + i];
      values[i] += weight * before[order];
      if (derivatives === undefined) continue;
      derivatives.core[entry * rows + i] = before[order];
      let after = weight;
      for (let m = order - 1; m >= 0; m--) {
        derivatives.slots[index[m] + i] += before[m] * after;
        after *= z[index[m] + i];
      }
    }
  }
}

/** Where the slots of each factor begin. */
export function startsOf(slots: readonly number[]): number[] {
  let at = 0;
  return slots.map((count) => {
    at += count;
    return at - count;
  });
}

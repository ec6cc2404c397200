import { BEGIN, END, LOAD } from './program.js';

/** An instruction whose operands are places, each written by one step (a sum: by two). */
export interface Step {
  readonly code: number;
  readonly out: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Registers for places: one that nobody reads any more is written again, so that a block of every register stays in the cache. Places below
 * `fixed` keep the register of their own number, and `results` live to the end.
 */
export function assignRegisters(
  steps: readonly Step[],
  fixed: number,
  places: number,
  results: readonly number[],
): { readonly registers: number; readonly assigned: Int32Array } {
  const last = lastReads(steps, places, results);
  const assigned = new Int32Array(places);
  for (let place = 0; place < fixed; place++) assigned[place] = place;
  let registers = fixed;
  const free: number[] = [];
  const take = (place: number): void => {
    assigned[place] = free.pop() ?? registers++;
  };
  // Places in the sequence in which they end, found step by step.
  const ending: number[][] = steps.map(() => []);
  for (let place = fixed; place < places; place++) if (last[place] < steps.length) ending[last[place]].push(place);
  steps.forEach(({ code, out, a }, at) => {
    // An operand that ends here may lend its register to the result: blocks that are the same do not disturb each other. A sum and the
    // element that it is at live side by side.
    if (code === BEGIN) {
      take(out);
      take(a);
    }
    for (const place of ending[at]) if (place !== out) free.push(assigned[place]);
    if (code !== BEGIN && code !== END) take(out);
    if (ending[at].includes(out)) free.push(assigned[out]);
  });
  return { registers, assigned };
}

/** The step after which a place is not read; what stands before a loop and is read in it lives to its end. */
function lastReads(steps: readonly Step[], places: number, results: readonly number[]): Int32Array {
  const last = new Int32Array(places).fill(-1);
  const written = new Int32Array(places).fill(-1);
  for (let at = steps.length - 1; at >= 0; at--) {
    const { code, out, a } = steps[at];
    written[out] = at;
    if (code === BEGIN) written[a] = at;
  }
  let end = -1;
  let begin = -1;
  for (let at = 0; at < steps.length; at++) {
    const { code, out, a, b } = steps[at];
    if (code === BEGIN) {
      begin = at;
      end = steps.findIndex((step, i) => i > at && step.code === END);
      last[out] = end;
      last[a] = end;
      continue;
    }
    if (last[out] < at) last[out] = at;
    if (code === LOAD) continue;
    for (const place of [a, b]) last[place] = Math.max(last[place], begin >= 0 && written[place] < begin ? end : at);
    if (code === END) begin = -1;
  }
  for (const place of results) last[place] = steps.length;
  return last;
}

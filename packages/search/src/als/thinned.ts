import { permutation } from '@neuronseek/tensor/random';
import type { Target } from './alternate.js';
import { powerMoments } from './power-stream.js';
import { selectRows, whiten } from './problem.js';
import type { Context } from './state.js';

/** Rows on which structures and starts of products are tried; only the best goes on to all of them. */
const ENOUGH = 10_000;

/** The same search on some of the rows. */
export interface Thinned {
  readonly context: Context;
  /** Ascending. */
  readonly rows: Int32Array;
}

/**
 * A draw of 10,000 rows where there are more than twice as many: what is plain shows on few rows, and is asked of all of them; what only many rows can
 * tell from noise is looked for from there.
 */
export function thinned(context: Omit<Context, 'thin'>): Thinned | undefined {
  const { problem, response, key } = context;
  if (problem.rows <= 2 * ENOUGH) return undefined;
  const rows = Int32Array.from(permutation(key, problem.rows).subarray(0, ENOUGH)).sort();
  const picked = response.pick(rows);
  const few = selectRows(problem, problem.memory, rows, picked.likelihoods);
  const own = { problem: few, response: picked, whitened: whiten(few), moments: powerMoments(few), thin: undefined };
  return { rows, context: { ...context, ...own } };
}

/** The target in these rows. */
export function targetIn(rows: Int32Array, { values, roots }: Target): Target {
  return {
    values: Float64Array.from(rows, (i) => values[i]),
    roots: roots && Float64Array.from(rows, (i) => roots[i]),
  };
}

import type { Atom } from './model.js';
import { powerMoments } from './power-stream.js';
import { createProblem, whiten } from './problem.js';
import { type Found, type SearchStateOptions, searchState } from './search-state.js';
import { choiceCost, noiseRise, relevantInputs, restricted } from './select-inputs.js';
import { type Context, fitState, nameOf, type State } from './state.js';
import { thinned } from './thinned.js';

/** A structure over some of the columns. */
export interface FoundInputs {
  readonly context: Context;
  readonly found: Found;
  /** Numbers of the columns, ascending. */
  readonly columns: readonly number[];
}

/**
 * Leaves out the columns that a structure does not need and searches once more in those that are left, where products cost less and are easier to find.
 *
 * The structure over fewer columns is taken where its score, with what it costs to say which columns they are, is the lower one, and where it is the same
 * structure and the deviance rises by no more than numbers fitted to noise would explain.
 */
export function withFewerInputs(context: Context, found: Found, options: SearchStateOptions): FoundInputs {
  const { inputs } = context.problem;
  let best: FoundInputs = { context, found, columns: Array.from({ length: inputs }, (_, d) => d) };
  while (!options.isAborted() && best.found.state.powers.length + best.found.state.orders.length > 0) {
    const kept = relevantInputs(best.context, best.found.state);
    if (kept.length === 0 || kept.length === best.columns.length) break;
    const columns = kept.map((d) => best.columns[d]);
    const within = overColumns(context, columns);
    const start = best.found.state.parameters.map((output) => restricted(output, kept, best.columns.length));
    const refitted = fitState(within, start);
    const again = searchState(within, options);
    const state = again.state.score <= refitted.score ? again.state : refitted;
    const before = best.found.state.score + choiceCost(inputs, best.columns.length);
    const isCheaper = state.score + choiceCost(inputs, columns.length) < before;
    if (!isCheaper && !risesAsInNoise(best.context, best.found.state, state)) break;
    const tries = best.found.tries + again.tries;
    best = { context: within, columns, found: { ...(state === again.state ? again : best.found), state, tries } };
  }
  return best;
}

/** Whether a structure over fewer columns is the same, and worse by no more than it would be had the other columns nothing to do with the target. */
function risesAsInNoise({ problem }: Context, before: State, after: State): boolean {
  if (nameOf(before) !== nameOf(after)) return false;
  const numbers = ({ parameters }: State): number =>
    parameters.reduce((sum, { weights, atoms }) => sum + weights.length + lengthOf(atoms), 0);
  return after.deviance - before.deviance <= noiseRise(numbers(before) - numbers(after), numbers(before), problem);
}

function lengthOf(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { forms }) => sum + forms.length, 0);
}

/** The same rows and targets with some of the columns. */
export function overColumns(context: Context, columns: readonly number[]): Context {
  const { problem } = context;
  const { memory, rows, maxOrder, x, scales, likelihoods, repetition } = problem;
  const divided = createProblem(
    memory,
    rows,
    columns.length,
    maxOrder,
    (i, d) => x[columns[d] * rows + i],
    likelihoods,
    repetition,
  );
  // Columns were divided twice.
  const total = columns.map((column, d) => scales[column] * divided.scales[d]);
  const chosen = { ...divided, scales: Float64Array.from(total) };
  const within = { ...context, problem: chosen, whitened: whiten(chosen), moments: powerMoments(chosen) };
  return { ...within, thin: thinned(within) };
}

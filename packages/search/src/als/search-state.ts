import { type Confirmation, confirm } from './confirm.js';
import { type ForwardOptions, forward } from './forward.js';
import type { Effort } from './propose.js';
import { prune } from './prune.js';
import { type Context, emptyState, nameOf, polish, type State } from './state.js';
import { swapPowers } from './swap.js';

/** Options of `searchState`. */
export interface SearchStateOptions {
  readonly maxAtoms: number;
  readonly beam: number;
  /** Searches again at most so often where the result is doubtful. */
  readonly retries: number;
  readonly isAborted: () => boolean;
  readonly onState: (state: State) => void;
}

/** A structure, and how far it can be relied on. */
export interface Found {
  readonly state: State;
  readonly confirmation: Confirmation;
  /** Searches that were made. */
  readonly tries: number;
  /** Why the result is doubtful; undefined where it is not. */
  readonly doubt: string | undefined;
}

/** With more inputs than this, forms are sought in a guessed span, and structures are taken up from no power too. */
const MANY_INPUTS = 60;

/** Random starts for a product of order 2, 3, 4, 5 and more; more where there are many inputs, since forms then are sought in a guessed span. */
export function effortFor(inputs: number, times: number): Effort {
  const starts = inputs > MANY_INPUTS ? [4, 20, 60, 30] : [3, 8, 12, 16];
  return { starts: (order) => times * starts[Math.min(order, 5) - 2], kept: 4 * times, lifted: 2 * times };
}

/** A structure of more terms than this is compared with what other ways lead to: orders may have stood in for each other. */
export const SIMPLE = 3;

export const MANY_TERMS = 'it is made of many terms';

/** Ways to search: as it comes; with errors in relation to the target; from other powers; with more random starts. */
type Way = 'plain' | 'robust' | 'other powers' | 'more starts';

/**
 * Finds the structure of least description length: forward from the best powers, then backward. Where the result is doubtful (it fails on held-out
 * rows, leaves more than noise unexplained, or is made of many terms) other ways are tried: with errors in relation to the target, from no power and
 * from each alone, with more random starts.
 */
export function searchState(context: Context, options: SearchStateOptions): Found {
  const { retries, isAborted } = options;
  let best = search(context, options, 'plain', 0);
  const ways: Way[] = best.fails
    ? ['robust', 'more starts', 'other powers']
    : ['other powers', 'robust', 'more starts'];
  let tries = 1;
  for (const way of ways.slice(0, retries)) {
    if (best.doubt === undefined || isAborted()) break;
    const other = search(context, options, way, tries++);
    if (isBetter(other, best)) best = other;
  }
  return { state: best.state, confirmation: best.confirmation, doubt: best.doubt, tries };
}

function search(context: Context, options: SearchStateOptions, way: Way, draw: number): Candidate {
  const { inputs } = context.problem;
  const within = way === 'robust' ? robust(context) : context;
  const settings: ForwardOptions = {
    ...options,
    effort: effortFor(inputs, way === 'more starts' ? 4 : 1),
    beam: way === 'plain' ? options.beam : options.beam + 1,
    draw,
  };
  const { best, unexplained } = forward(within, startsFor(within, way, settings), settings);
  const state = within === context ? best : polish(context, best);
  if (options.isAborted()) return judged(context, state, unexplained);
  const pruned = prune(context, state);
  const isQuadratic = context.problem.likelihoods.every(({ weighted }) => !weighted);
  return judged(context, isQuadratic ? pruned : swapPowers(context, pruned), unexplained);
}

function startsFor(context: Context, way: Way, settings: ForwardOptions): State[] {
  const { thin } = context;
  if (thin !== undefined) {
    const { best } = forward(thin.context, startsFor(thin.context, way, settings), settings);
    return [polish(context, best)];
  }
  const empty = emptyState(context);
  const first = polish(context, empty);
  if (way === 'plain') return mayHide(context, empty, first) ? distinctStates([first, empty]) : [first];
  if (way !== 'other powers') return distinctStates([first, empty]);
  const singles = Array.from({ length: context.problem.maxOrder }, (_, k) => polish(context, empty, {}, [k + 1]));
  return distinctStates([empty, first, ...singles]);
}

/**
 * Whether powers that explain little may hide products: with a hundred inputs they have many parameters, and what those fit of heavy tails drowns the small
 * residuals that products are found by.
 */
function mayHide({ problem: { inputs, rows, likelihoods } }: Context, empty: State, first: State): boolean {
  return inputs > MANY_INPUTS && empty.deviance - first.deviance < (rows * likelihoods.length) / 2;
}

/** The same rows with weights under which none counts much more than another. */
function robust(context: Context): Context {
  const response = context.response.robust?.();
  if (response === undefined) return context;
  const { problem, thin } = context;
  const few = thin && { ...thin, context: robust(thin.context) };
  return { ...context, response, problem: { ...problem, likelihoods: response.likelihoods }, thin: few };
}

interface Candidate {
  readonly state: State;
  readonly confirmation: Confirmation;
  readonly doubt: string | undefined;
  /** Whether it does much worse on held-out rows than its number of parameters explains. */
  readonly fails: boolean;
}

function judged(context: Context, state: State, unexplained: boolean): Candidate {
  const confirmation = confirm(context, state);
  const failure = failureOf(confirmation);
  const doubt =
    failure !== undefined
      ? failure
      : unexplained
        ? 'what it leaves is more than noise, but no single term pays'
        : state.powers.length + state.orders.length > SIMPLE
          ? MANY_TERMS
          : undefined;
  return { state, confirmation, doubt, fails: failure !== undefined };
}

/**
 * With 100 inputs, where parameters are a third of the rows, the right side is passed by 1.3 times at most where the function is right and by 2.8 times and more
 * where it is wrong (20 searches).
 */
const WORSE = 1.5;

/** What speaks against a structure that does much worse on held-out rows than its number of parameters explains. */
export function failureOf({ heldOut, error, fitted, parameters, rows }: Confirmation): string | undefined {
  const share = Math.min(0.9, parameters / rows);
  const fails = heldOut - 2 * error > (WORSE * fitted * (1 + share)) / (1 - share);
  if (!fails) return undefined;
  return `its loss is ${heldOut.toPrecision(3)} on held-out rows and ${fitted.toPrecision(3)} on the others`;
}

/** Held-out rows decide where they differ clearly, else the description length. */
function isBetter(a: Candidate, b: Candidate): boolean {
  const difference = a.confirmation.heldOut - b.confirmation.heldOut;
  const error = Math.max(a.confirmation.error, b.confirmation.error);
  if (Math.abs(difference) > 4 * error) return difference < 0;
  return a.state.score < b.state.score;
}

function distinctStates(states: readonly State[]): State[] {
  const seen = new Set<string>();
  return states.filter((state) => {
    const name = nameOf(state);
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

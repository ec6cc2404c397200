import { type Child, expand } from './expand.js';
import type { Effort } from './propose.js';
import { type Context, nameOf, polish, type State } from './state.js';

/** Options of `forward`. */
export interface ForwardOptions {
  readonly effort: Effort;
  /** Products at most. */
  readonly maxAtoms: number;
  /** Structures that are carried on at a time. */
  readonly beam: number;
  /** Numbers the draws, so that another try is another one. */
  readonly draw: number;
  readonly isAborted: () => boolean;
  readonly onState: (state: State) => void;
}

/** What a forward search found. */
export interface Forward {
  readonly best: State;
  /** Whether at its end the best structure still left more than noise, and no product that pays. */
  readonly unexplained: boolean;
}

/** Levels without a better structure that are gone on with: of two equal components neither may pay alone, and both together do. */
const PATIENCE = 2;

/** Adds products one at a time, several structures side by side, until none gains more than in noise. */
export function forward(context: Context, starts: readonly State[], options: ForwardOptions): Forward {
  const { effort, maxAtoms, beam, draw, isAborted, onState } = options;
  const { rows } = context.problem;
  let states: readonly State[] = starts;
  let best = starts.reduce((a, b) => (b.score < a.score ? b : a));
  let unexplained = false;
  let stale = 0;
  for (let depth = 0; depth < maxAtoms && stale < PATIENCE && !isAborted(); depth++) {
    const children: Child[] = [];
    states.forEach((state, s) => {
      if (isAborted()) return;
      const { children: found, significant } = expand(context, state, effort, 64 * (64 * draw + depth) + s);
      children.push(...found);
      if (state === best) unexplained = significant.length > 0;
    });
    if (children.length === 0) break;
    const next = finish(context, distinct(children, beam));
    states = next.filter(({ score }) => score - next[0].score < rows / 2);
    onState(states[0]);
    if (states[0].score < best.score - 1e-6) {
      best = states[0];
      stale = 0;
    } else stale++;
  }
  return { best, unexplained };
}

/** The best of each structure, and the best of these. */
function distinct(children: readonly Child[], count: number): Child[] {
  const seen = new Set<string>();
  return [...children]
    .sort((a, b) => a.state.score - b.state.score)
    .filter(({ state }) => {
      const name = nameOf(state);
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew;
    })
    .slice(0, count);
}

/** Fits to the end what is not far behind the first. */
function finish(context: Context, children: readonly Child[]): State[] {
  const { rows } = context.problem;
  const [first] = children;
  return children
    .filter((child) => child === first || child.done || child.state.score - first.state.score < rows / 2)
    .map(({ state, done }) => (done ? state : polish(context, state)))
    .sort((a, b) => a.score - b.score);
}

import { type Context, polish, type State } from './state.js';

const SHORTER = { maxIterations: 12 };

/**
 * Exchanges one power for another, as long as the score falls. A sum of squares chooses the best set of powers exactly; of another likelihood it
 * sees the parabola at the powers there are, under which those that would take their place look worse than they are.
 */
export function swapPowers(context: Context, state: State): State {
  let best = state;
  for (;;) {
    const swapped = exchanges(context, best).sort((a, b) => a.score - b.score)[0];
    if (swapped === undefined || swapped.score >= best.score) return best;
    best = swapped;
  }
}

function exchanges(context: Context, { powers, parameters }: State): State[] {
  const { problem, candidates } = context;
  const allowed = candidates?.powers ?? Array.from({ length: problem.maxOrder }, (_, k) => k + 1);
  const absent = allowed.filter((k) => !powers.includes(k));
  return powers.flatMap((power) =>
    absent.map((other) => {
      const only = [...powers.filter((k) => k !== power), other].sort((a, b) => a - b);
      // Weights of other powers start where the parabola has its lowest point; a second step from there.
      return polish(context, polish(context, { parameters }, SHORTER, only), SHORTER, only);
    }),
  );
}

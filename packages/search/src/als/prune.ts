import { type Context, fitState, polish, type State } from './state.js';

const SHORTER = { maxIterations: 12 };

/** Takes away the product or power whose loss costs least, as long as the score falls. */
export function prune(context: Context, state: State): State {
  let best = state;
  for (;;) {
    const smaller = removals(context, best).sort((a, b) => a.score - b.score)[0];
    if (smaller === undefined || smaller.score >= best.score) return best;
    best = smaller;
  }
}

function removals(context: Context, { parameters, orders, powers }: State): State[] {
  const { inputs } = context.problem;
  const withoutAtom = orders.map((_, a) =>
    polish(
      context,
      { parameters: parameters.map((output) => ({ ...output, atoms: output.atoms.filter((_, i) => i !== a) })) },
      SHORTER,
    ),
  );
  const withoutPower = powers.map((_, p) =>
    fitState(
      context,
      parameters.map((output) => ({
        ...output,
        powers: powers.filter((_, q) => q !== p),
        weights: output.weights.filter((_, i) => Math.floor(i / inputs) !== p),
      })),
      SHORTER,
    ),
  );
  return [...withoutAtom, ...withoutPower];
}

import { noiseGain, penalty } from './criterion.js';
import { type Context, fitState, polish, type State } from './state.js';

/** A term of the structure that was found, and what speaks for it. */
export interface TermEvidence {
  readonly stream: 'power' | 'interaction';
  readonly order: number;
  /** Products of this order; 1 for a power. */
  readonly rank: number;
  /** By how much the deviance rises when the term, of an interaction one product of it, is taken away and the rest is fitted again. */
  readonly gain: number;
  /** What a term of this kind gains in noise at most, nearly always. */
  readonly noise: number;
}

/** The evidence for every term of a state. */
export function evidenceOf(context: Context, state: State): TermEvidence[] {
  const { problem } = context;
  const { inputs } = problem;
  const powers = state.powers.map((order, p): TermEvidence => {
    const without = fitState(
      context,
      state.parameters.map((output) => ({
        ...output,
        powers: state.powers.filter((_, q) => q !== p),
        weights: output.weights.filter((_, i) => Math.floor(i / inputs) !== p),
      })),
      SHORT,
    );
    const noise = penalty(problem, { powers: [order], orders: [] });
    return { stream: 'power', order, rank: 1, gain: without.deviance - state.deviance, noise };
  });
  const interactions = [...new Set(state.orders)].map((order): TermEvidence => {
    const gains = state.parameters[0].atoms.flatMap((atom, a) => {
      if (atom.order !== order) return [];
      const parameters = state.parameters.map((output) => ({
        ...output,
        atoms: output.atoms.filter((_, i) => i !== a),
      }));
      return [polish(context, { parameters }, SHORT, state.powers).deviance - state.deviance];
    });
    return {
      stream: 'interaction',
      order,
      rank: gains.length,
      gain: Math.min(...gains),
      noise: noiseGain(problem, order) * problem.repetition,
    };
  });
  return [...powers, ...interactions];
}

const SHORT = { maxIterations: 12 };

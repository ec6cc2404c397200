import { inflation, powerPenalty } from '../criterion.js';
import type { TermEvidence } from '../evidence.js';
import type { Context } from '../state.js';
import { countFormParameters, termPenalty } from './form-price.js';
import { type FormState, fitFormState } from './form-state.js';
import { rankOf } from './term.js';

const SHORT = { maxIterations: 12 };

/** The evidence for every power and every interaction, each taken away as a whole. */
export function formEvidence(context: Context, state: FormState): TermEvidence[] {
  const { problem } = context;
  const { inputs } = problem;
  const { parameters, powers, terms, deviance } = state;
  const share = inflation(countFormParameters(inputs, state), problem);
  const ofPowers = powers.map((order, p): TermEvidence => {
    const without = parameters.map((output) => ({
      ...output,
      powers: powers.filter((_, q) => q !== p),
      weights: output.weights.filter((_, i) => Math.floor(i / inputs) !== p),
    }));
    const gain = fitFormState(context, without, SHORT).deviance - deviance;
    return { stream: 'power', order, rank: 1, gain, noise: powerPenalty(problem) * share };
  });
  const ofTerms = terms.map((term, t): TermEvidence => {
    const without = parameters.map((output) => ({ ...output, terms: output.terms.filter((_, i) => i !== t) }));
    const gain = fitFormState(context, without, SHORT).deviance - deviance;
    const { order } = term;
    return { stream: 'interaction', order, rank: rankOf(term), gain, noise: termPenalty(problem, term) * share };
  });
  return [...ofPowers, ...ofTerms];
}

import { fold } from '@neuronseek/tensor/random';
import { gainOf, squaresOf, targetOf } from '../expand.js';
import type { Atom } from '../model.js';
import { type Effort, propose } from '../propose.js';
import { spectra } from '../spectra.js';
import type { Context } from '../state.js';
import { directSum, embedded } from './direct-sum.js';
import type { FormParameters } from './form-model.js';
import { formPenalty } from './form-price.js';
import { type FormState, fitFormState, formResiduals, isAffordable } from './form-state.js';
import { withoutPower } from './lower.js';
import type { FormName, Term } from './term.js';

/** Larger structures that get a fit. */
const FITS = 3;
const SHORT = { maxIterations: 12 };
/** What falls short of its price by less may still reach it when everything is fitted jointly. */
const NEARLY = 0.85;

/**
 * Structures with one more rank of a term or one more term: the best product of every order for what is left, in the form, the most promising fitted
 * jointly.
 */
export function larger(context: Context, state: FormState, form: FormName, effort: Effort, draw: number): FormState[] {
  const { problem, whitened, key } = context;
  const residuals = formResiduals(context, state);
  const found = residuals.map(({ errors }) => spectra(problem, whitened, errors));
  const targets = residuals.map(targetOf);
  const before = targets.map(({ values }) => squaresOf(values));
  const candidates: { parameters: FormParameters[]; worth: number }[] = [];
  for (let order = 2; order <= problem.maxOrder; order++) {
    const proposals = targets.map((target, c) =>
      propose(problem, target, order, found[c], effort, fold(fold(key, draw), c)),
    );
    const gain = proposals.reduce((sum, proposal, c) => sum + gainOf(problem.likelihoods[c], before[c], proposal), 0);
    for (const added of additions(
      form,
      proposals.map(({ atom }) => atom),
    )) {
      const parameters = state.parameters.map((output, c) => plus(output, added[c]));
      if (!isAffordable(context, parameters)) continue;
      const [{ powers, terms }] = parameters;
      const price = formPenalty(problem, { powers, terms }) - formPenalty(problem, state);
      if (gain > NEARLY * price) candidates.push({ parameters, worth: gain - price });
    }
  }
  return candidates
    .sort((a, b) => b.worth - a.worth)
    .slice(0, FITS)
    .map(({ parameters }) => fitFormState(context, parameters, SHORT));
}

/** What a product may be added as: itself, of a symmetric form also one of the powers that it is made of. One term for each output. */
function additions(form: FormName, atoms: readonly Atom[]): Term[][] {
  const whole = atoms.map((atom) => embedded(form, [atom]));
  if (form !== 'symmetric') return [whole];
  const only = (term: Term, r: number): Term => {
    let rest = term;
    for (let other = term.ranks[0] - 1; other >= 0; other--) if (other !== r) rest = withoutPower(rest, other);
    return rest;
  };
  return [whole, ...Array.from({ length: whole[0].ranks[0] }, (_, r) => whole.map((term) => only(term, r)))];
}

function plus(parameters: FormParameters, added: Term): FormParameters {
  const { terms } = parameters;
  const at = terms.findIndex(({ order }) => order === added.order);
  if (at >= 0) return { ...parameters, terms: terms.map((term, t) => (t === at ? directSum(term, added) : term)) };
  return { ...parameters, terms: [...terms, added].sort((a, b) => a.order - b.order) };
}

import type { Effort } from '../propose.js';
import type { Context, State } from '../state.js';
import { type FormState, fitFormState, inForm, withBestPowers, withTerm } from './form-state.js';
import { larger } from './grow.js';
import { lowered, lowerRanks } from './lower.js';
import type { FormName } from './term.js';

/** Options of `searchForms`. */
export interface FormSearchOptions {
  readonly form: FormName;
  readonly effort: Effort;
  readonly isAborted: () => boolean;
  readonly onState: (state: FormState) => void;
}

/** Steps at most; each lowers the description length, so that far fewer are taken. */
const STEPS = 40;
const SHORT = { maxIterations: 12 };
/** Lower ranks begin far from where they end: only the symmetric part of a term counts, and its parts have to turn. */
const LONG = { maxIterations: 30 };

/**
 * Finds orders and ranks of least description length in this form, from a structure of products: what pays least goes (a rank, a term, a power), powers are
 * chosen anew, and what is left is searched for one more rank or term, until nothing lowers the score. Every candidate is fitted jointly in its form.
 *
 * Where there are very many rows the steps are made in a draw of them.
 */
export function searchForms(context: Context, products: State, options: FormSearchOptions): FormState {
  const within = context.thin?.context ?? context;
  const { isAborted, onState } = options;
  let best = fitFormState(within, inForm(within, products, options.form));
  onState(best);
  for (let step = 0; step < STEPS && !isAborted(); step++) {
    const next = improved(within, best, options, step);
    if (next === undefined) break;
    best = next;
    onState(best);
  }
  return fitFormState(context, best.parameters);
}

/** The first of these that is better: something less, other powers, something more. */
function improved(
  context: Context,
  state: FormState,
  { form, effort }: FormSearchOptions,
  step: number,
): FormState | undefined {
  const isBetter = ({ score }: FormState): boolean => score < state.score - 1e-6;
  const [less] = smaller(context, state).sort((a, b) => a.score - b.score);
  if (less !== undefined && isBetter(less)) return less;
  const chosen = withBestPowers(context, state);
  if (chosen[0].powers.join() !== state.powers.join()) {
    const other = fitFormState(context, chosen, SHORT);
    if (isBetter(other)) return other;
  }
  const [more] = larger(context, state, form, effort, step).sort((a, b) => a.score - b.score);
  return more !== undefined && isBetter(more) ? more : undefined;
}

/** Without a rank, a term or a power. */
function smaller(context: Context, { parameters, terms, powers }: FormState): FormState[] {
  const { inputs } = context.problem;
  const ranks = terms.flatMap((term, t) =>
    lowerRanks(term).map((of) => parameters.map((output) => withTerm(output, t, lowered(output.terms[t], of)))),
  );
  const withoutTerm = terms.map((_, t) =>
    parameters.map((output) => ({ ...output, terms: output.terms.filter((_, i) => i !== t) })),
  );
  const withoutPower = powers.map((_, p) =>
    parameters.map((output) => ({
      ...output,
      powers: powers.filter((_, q) => q !== p),
      weights: output.weights.filter((_, i) => Math.floor(i / inputs) !== p),
    })),
  );
  return [
    ...ranks.map((start) => fitFormState(context, start, LONG)),
    ...[...withoutTerm, ...withoutPower].map((start) => fitFormState(context, start, SHORT)),
  ];
}

import { setOffsets } from '../fit-outputs.js';
import type { JointFitOptions } from '../joint-fit.js';
import { fittedValues } from '../model.js';
import { type PowerFit, powerFits, powerMoments } from '../power-stream.js';
import type { Context, Residual, State } from '../state.js';
import { embedded } from './direct-sum.js';
import { fitForms, formValuesOf } from './fit-form.js';
import { type FormParameters, powerPart } from './form-model.js';
import { countFormParameters, type FormShape, formPenalty } from './form-price.js';
import { lowered, lowerRanks } from './lower.js';
import type { FormName, Term } from './term.js';

/** A fitted structure whose interactions have another form than a sum of products. */
export interface FormState extends FormShape {
  readonly parameters: readonly FormParameters[];
  readonly deviance: number;
  /** Deviance and penalty. */
  readonly score: number;
}

/** A state from parameters, fitted jointly from where they stand. */
export function fitFormState(
  { problem, response }: Context,
  start: readonly FormParameters[],
  options: JointFitOptions = {},
): FormState {
  const { parameters, deviance } = fitForms(problem, response, start, options);
  const [{ powers, terms }] = parameters;
  return { powers, terms, parameters, deviance, score: deviance + formPenalty(problem, { powers, terms }) };
}

/** Whether there are rows enough to tell the parameters: no structure with more than half as many is tried. */
export function isAffordable({ problem }: Context, [{ powers, terms }]: readonly FormParameters[]): boolean {
  return countFormParameters(problem.inputs, { powers, terms }) <= problem.rows / 2;
}

/** Products as interactions of this form, of the largest ranks that the rows allow; not fitted. */
export function inForm(context: Context, { parameters }: State, form: FormName): FormParameters[] {
  let outputs = parameters.map(({ bias, powers, weights, atoms }): FormParameters => {
    const orders = [...new Set(atoms.map(({ order }) => order))].sort((a, b) => a - b);
    const terms = orders.map((order) =>
      embedded(
        form,
        atoms.filter((atom) => atom.order === order),
      ),
    );
    return { bias, powers, weights, terms };
  });
  while (!isAffordable(context, outputs)) {
    const sizes = outputs[0].terms.map((term) => (lowerRanks(term).length === 0 ? 0 : term.forms.length));
    const largest = sizes.indexOf(Math.max(...sizes));
    const ranks = lowerRanks(outputs[0].terms[largest]).at(-1);
    // Of rank 1 everywhere they were affordable as products.
    if (ranks === undefined) break;
    outputs = outputs.map((output) => withTerm(output, largest, lowered(output.terms[largest], ranks)));
  }
  return outputs;
}

/** With another term at this place. */
export function withTerm(parameters: FormParameters, at: number, term: Term): FormParameters {
  return { ...parameters, terms: parameters.terms.map((own, t) => (t === at ? term : own)) };
}

/** The residual of every output, see `residualOf`. */
export function formResiduals({ problem, response }: Context, { parameters }: FormState): Residual[] {
  const values = parameters.map((output) => formValuesOf(problem, output));
  return values.map((fitted, c) => {
    if (response.softmax !== undefined) setOffsets(response.softmax, values, c);
    const residual = new Float64Array(problem.rows);
    const weights = new Float64Array(problem.rows);
    const { weighted, errors, deviance } = problem.likelihoods[c];
    deviance(fitted, residual, weights);
    return { values: residual, weights: weighted ? weights : undefined, errors: errors(residual, weights) };
  });
}

/** The best set of powers beside the terms there are; not fitted. */
export function withBestPowers(context: Context, state: FormState): FormParameters[] {
  const { problem, moments } = context;
  const { rows, likelihoods } = problem;
  const residuals = formResiduals(context, state);
  const fits = state.parameters.map((output, c): PowerFit[] => {
    const { values, weights } = residuals[c];
    // What the powers have to fit: what they fit now, and a step of Newton further.
    const target = new Float64Array(rows);
    fittedValues(problem, powerPart(output), target);
    for (let i = 0; i < rows; i++) target[i] += values[i] / (weights === undefined ? 1 : weights[i]);
    return powerFits(problem, weights === undefined ? moments : powerMoments(problem, weights), target, weights);
  });
  const { terms } = state;
  const scores = fits[0].map(({ powers }, s) =>
    fits.reduce(
      (sum, of, c) => sum + likelihoods[c].fromSquares(of[s].squares),
      formPenalty(problem, { powers, terms }),
    ),
  );
  const best = scores.indexOf(Math.min(...scores));
  return state.parameters.map((output, c) => {
    const { powers, weights, bias } = fits[c][best];
    return { bias, powers, weights, terms: output.terms };
  });
}

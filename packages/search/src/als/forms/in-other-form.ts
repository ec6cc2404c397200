import { type Answer, forOutputs } from '../answer.js';
import { confirmed } from '../confirm.js';
import type { AlsEvent } from '../options.js';
import { effortFor, type Found, failureOf, MANY_TERMS, SIMPLE } from '../search-state.js';
import type { Context } from '../state.js';
import { fitForms, formValuesOf } from './fit-form.js';
import { formEvidence } from './form-evidence.js';
import { formLength } from './form-model.js';
import { formNeuron, formStructure } from './form-neuron.js';
import { searchForms } from './search-forms.js';
import type { FormName } from './term.js';

/** Interactions in another form, searched from the products that were found. */
export function inOtherForm(
  context: Context,
  { state }: Found,
  form: FormName,
  isAborted: () => boolean,
  onEvent: (event: AlsEvent) => void,
): Answer {
  const { problem } = context;
  const found = searchForms(context, state, {
    form,
    effort: effortFor(problem.inputs, 1),
    isAborted,
    onState: (best) => onEvent({ structure: formStructure(best), deviance: best.deviance, score: best.score }),
  });
  const own = confirmed(context, (train) => {
    const { parameters } = fitForms(train.problem, train.response, found.parameters, { maxIterations: 20 });
    return {
      values: (of) => parameters.map((output) => formValuesOf(of, output)),
      parameters: parameters.reduce((sum, output) => sum + formLength(problem.inputs, output), 0),
    };
  });
  return {
    structure: formStructure(found),
    confirmation: own,
    // What was doubtful of the products need not be so in this form.
    doubt: failureOf(own) ?? (found.powers.length + found.terms.length > SIMPLE ? MANY_TERMS : undefined),
    neuron: (outputs, units, naming) =>
      formNeuron(problem, found, forOutputs(outputs, found.parameters), units, naming),
    evidence: () => formEvidence(context, found),
  };
}

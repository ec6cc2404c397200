import { setOffsets } from '../fit-outputs.js';
import { descend, type JointFitOptions } from '../joint-fit.js';
import type { Problem } from '../problem.js';
import type { Response } from '../response.js';
import { type FormParameters, formEquations, formValues } from './form-model.js';
import { fittedCore, type Term } from './term.js';

/** Parameters of all outputs and the deviance they have together. */
export interface FormFit {
  readonly parameters: readonly FormParameters[];
  readonly deviance: number;
}

/** Rounds over the classes at most: each is fitted beside the others as they stand. */
const ROUNDS = 30;

/** Levenberg-Marquardt over all parameters of an output together, of every output; of several classes in turn, until the deviance stands still. */
export function fitForms(
  problem: Problem,
  response: Response,
  start: readonly FormParameters[],
  options: JointFitOptions,
): FormFit {
  const { softmax } = response;
  if (softmax === undefined) {
    const fits = start.map((parameters, output) => fitOutput(problem, output, parameters, options));
    return {
      parameters: fits.map(({ parameters }) => parameters),
      deviance: fits.reduce((sum, { deviance }) => sum + deviance, 0),
    };
  }
  const parameters = [...start];
  const values = parameters.map((output) => formValuesOf(problem, output));
  let deviance = devianceOf(response, values, parameters);
  for (let round = 0; round < ROUNDS; round++) {
    for (let c = 0; c < parameters.length; c++) {
      setOffsets(softmax, values, c);
      parameters[c] = fitOutput(problem, c, parameters[c], { ...options, maxIterations: 3 }).parameters;
      values[c] = formValuesOf(problem, parameters[c]);
    }
    const next = devianceOf(response, values, parameters);
    const gain = deviance - next;
    deviance = next;
    if (gain < (options.tolerance ?? TOLERANCE)) break;
  }
  return { parameters, deviance };
}

const TOLERANCE = 0.05;

/** Values of every row. */
export function formValuesOf(problem: Problem, parameters: FormParameters): Float64Array {
  const values = new Float64Array(problem.rows);
  formValues(problem, parameters, values);
  return values;
}

/** The deviance of classes, with the ridge. */
function devianceOf(
  { losses, likelihoods: [{ ridge }] }: Response,
  values: readonly Float64Array[],
  parameters: readonly FormParameters[],
): number {
  const deviance = losses(values).reduce((sum, loss) => sum + loss, 0);
  return parameters.reduce((sum, output) => sum + ridgeOf(output, ridge), deviance);
}

function fitOutput(
  problem: Problem,
  output: number,
  start: FormParameters,
  options: JointFitOptions,
): { readonly parameters: FormParameters; readonly deviance: number } {
  const { rows, memory, likelihoods } = problem;
  const likelihood = likelihoods[output];
  const fitted = memory.scratch('fitted', rows).subarray(0, rows);
  let residual = new Float64Array(rows);
  let weights = new Float64Array(likelihood.weighted ? rows : 0);
  let [nextResidual, nextWeights] = [residual.slice(), weights.slice()];
  return descend<FormParameters>(
    memory,
    {
      evaluate: (parameters) => {
        formValues(problem, parameters, fitted);
        return likelihood.deviance(fitted, nextResidual, nextWeights) + ridgeOf(parameters, likelihood.ridge);
      },
      accept: () => {
        [residual, nextResidual] = [nextResidual, residual];
        [weights, nextWeights] = [nextWeights, weights];
      },
      normal: (parameters) => {
        const normal = formEquations(problem, parameters, residual, likelihood.weighted ? weights : undefined);
        const { size, matrix, right } = normal;
        if (likelihood.ridge > 0) {
          flat(parameters).forEach((v, i) => {
            matrix[(i + 1) * (size + 1)] += likelihood.ridge;
            right[i + 1] -= likelihood.ridge * v;
          });
        }
        return normal;
      },
      moved,
      balanced: (parameters) => parameters,
    },
    start,
    options,
  );
}

/** All numbers that are fitted but the bias, in the sequence of a step. */
function flat({ weights, terms }: FormParameters): number[] {
  return [...weights, ...terms.flatMap((term) => [...term.core.subarray(0, fittedCore(term)), ...term.forms])];
}

function ridgeOf(parameters: FormParameters, ridge: number): number {
  return ridge === 0 ? 0 : ridge * flat(parameters).reduce((sum, v) => sum + v * v, 0);
}

function moved({ bias, powers, weights, terms }: FormParameters, step: Float64Array): FormParameters {
  let at = 1 + weights.length;
  return {
    bias: bias + step[0],
    powers,
    weights: weights.map((w, i) => w + step[1 + i]),
    terms: terms.map((term): Term => {
      const from = at + fittedCore(term);
      const core = fittedCore(term) === 0 ? term.core : term.core.map((v, i) => v + step[from - fittedCore(term) + i]);
      at = from + term.forms.length;
      return { ...term, core, forms: term.forms.map((v, i) => v + step[from + i]) };
    }),
  };
}

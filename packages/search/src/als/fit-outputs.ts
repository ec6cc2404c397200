import { exp, log } from '@neuronseek/tensor/math';
import { type JointFitOptions, jointFit, jointFitOfClasses } from './joint-fit.js';
import { fittedValues, type Parameters } from './model.js';
import type { Problem } from './problem.js';
import type { Softmax } from './response.js';

/** Parameters of every output, and how well they fit together. */
export interface OutputFits {
  readonly parameters: readonly Parameters[];
  readonly deviance: number;
}

/** Fits every output jointly in its own parameters; several classes together, since a softmax ties them. */
export function fitOutputs(
  problem: Problem,
  softmax: Softmax | undefined,
  start: readonly Parameters[],
  options: JointFitOptions,
): OutputFits {
  if (softmax === undefined) {
    const fits = start.map((parameters, output) => jointFit(problem, output, parameters, options));
    return {
      parameters: fits.map((fit) => fit.parameters),
      deviance: fits.reduce((sum, fit) => sum + fit.deviance, 0),
    };
  }
  return jointFitOfClasses(problem, softmax, start, options);
}

/** Sets the offsets of all classes as the parameters have it. */
export function setAllOffsets(problem: Problem, softmax: Softmax | undefined, parameters: readonly Parameters[]): void {
  if (softmax === undefined) return;
  const fitted = parameters.map((output) => valuesOf(problem, output));
  for (let c = 0; c < fitted.length; c++) setOffsets(softmax, fitted, c);
}

export function valuesOf(problem: Problem, parameters: Parameters): Float64Array {
  const values = new Float64Array(problem.rows);
  fittedValues(problem, parameters, values);
  return values;
}

/** −ln Σ_{j ≠ c} e^{η_j} in every row. */
export function setOffsets({ offsets }: Softmax, fitted: readonly Float64Array[], c: number): void {
  const rows = offsets[c].length;
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < fitted.length; j++) if (j !== c && fitted[j][i] > largest) largest = fitted[j][i];
    let sum = 0;
    for (let j = 0; j < fitted.length; j++) if (j !== c) sum += exp(fitted[j][i] - largest);
    offsets[c][i] = -(largest + log(sum));
  }
}

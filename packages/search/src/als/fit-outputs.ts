import { exp, log } from '@neuronseek/tensor/math';
import { type JointFitOptions, jointFit } from './joint-fit.js';
import { fittedValues, type Parameters } from './model.js';
import type { Problem } from './problem.js';
import { rowDeviances, type Softmax } from './response.js';

/** Parameters of every output, and how well they fit together. */
export interface OutputFits {
  readonly parameters: readonly Parameters[];
  readonly deviance: number;
}

/** Rounds over the classes: each is a logistic fit with the others as an offset. */
const CYCLES = 3;

/** Fits every output jointly in its own parameters; several classes in turns, since a softmax ties them. */
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
  const fitted = start.map((parameters) => valuesOf(problem, parameters));
  const parameters = [...start];
  let penalties = 0;
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    penalties = 0;
    for (let c = 0; c < parameters.length; c++) {
      setOffsets(softmax, fitted, c);
      parameters[c] = jointFit(problem, c, parameters[c], options).parameters;
      fitted[c] = valuesOf(problem, parameters[c]);
      penalties += ridgeOf(parameters[c], problem.likelihoods[c].ridge);
    }
  }
  return { parameters, deviance: sum(rowDeviances(softmax.shares, fitted)) + penalties };
}

/** Sets the offsets of all classes as the parameters have it. */
export function setAllOffsets(problem: Problem, softmax: Softmax | undefined, parameters: readonly Parameters[]): void {
  if (softmax === undefined) return;
  const fitted = parameters.map((output) => valuesOf(problem, output));
  for (let c = 0; c < fitted.length; c++) setOffsets(softmax, fitted, c);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function valuesOf(problem: Problem, parameters: Parameters): Float64Array {
  const values = new Float64Array(problem.rows);
  fittedValues(problem, parameters, values);
  return values;
}

function ridgeOf({ weights, atoms }: Parameters, ridge: number): number {
  let sum = 0;
  for (const w of weights) sum += w * w;
  for (const { forms } of atoms) for (const u of forms) sum += u * u;
  return ridge * sum;
}

/** −ln Σ_{j ≠ c} e^{η_j} in every row. */
function setOffsets({ offsets }: Softmax, fitted: readonly Float64Array[], c: number): void {
  const rows = offsets[c].length;
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < fitted.length; j++) if (j !== c && fitted[j][i] > largest) largest = fitted[j][i];
    let sum = 0;
    for (let j = 0; j < fitted.length; j++) if (j !== c) sum += exp(fitted[j][i] - largest);
    offsets[c][i] = -(largest + log(sum));
  }
}

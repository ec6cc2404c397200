import { exp, log } from '@neuronseek/tensor/math';
import { type JointFitOptions, jointFit } from './joint-fit.js';
import { fittedValues, type Parameters } from './model.js';
import type { Problem } from './problem.js';

/** Parameters of every output, and how well they fit together. */
export interface OutputFits {
  readonly parameters: readonly Parameters[];
  readonly deviance: number;
}

/** What ties the outputs of a problem together: nothing, or that they are the logits of a softmax. */
export interface Coupling {
  /** Sets the offsets of one output from the fitted values of the others; the deviance of all. */
  readonly softmax?: Softmax;
}

/** Shares of C classes, and for each class the offsets that its likelihood reads. */
export interface Softmax {
  /** shares[c][i] */
  readonly shares: readonly Float64Array[];
  readonly offsets: readonly Float64Array[];
}

/** Rounds over the classes: each is a logistic fit with the others as an offset. */
const CYCLES = 3;

/** Fits every output jointly in its own parameters; several classes in turns, since a softmax ties them. */
export function fitOutputs(
  problem: Problem,
  { softmax }: Coupling,
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
  return { parameters, deviance: softmaxDeviance(softmax, fitted) + penalties };
}

/** Sets the offsets of all classes as the parameters have it. */
export function setAllOffsets(problem: Problem, { softmax }: Coupling, parameters: readonly Parameters[]): void {
  if (softmax === undefined) return;
  const fitted = parameters.map((output) => valuesOf(problem, output));
  for (let c = 0; c < fitted.length; c++) setOffsets(softmax, fitted, c);
}

function valuesOf(problem: Problem, parameters: Parameters): Float64Array {
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

function softmaxDeviance({ shares }: Softmax, fitted: readonly Float64Array[]): number {
  const rows = shares[0].length;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < fitted.length; j++) largest = Math.max(largest, fitted[j][i]);
    let sum = 0;
    for (let j = 0; j < fitted.length; j++) {
      sum += exp(fitted[j][i] - largest);
      total -= shares[j][i] * fitted[j][i];
    }
    total += largest + log(sum);
  }
  return 2 * total;
}

import { cholesky, triangularSolve } from '@neuronseek/tensor/kernels';
import { balance, fittedValues, type Parameters } from './model.js';
import { normalEquations } from './normal-equations.js';
import type { Problem } from './problem.js';

/** An output and how well it fits. */
export interface Fit {
  readonly parameters: Parameters;
  readonly deviance: number;
}

/** Options of `jointFit`. */
export interface JointFitOptions {
  /** Default: 30. */
  readonly maxIterations?: number;
  /** Stop when a step lowers the deviance by less. Default: 0.05. */
  readonly tolerance?: number;
}

const SMALLEST_DAMPING = 1e-9;
const TRIES = 8;

/**
 * Levenberg-Marquardt over the bias, the weights of the powers and the forms of all atoms of one output together, from where they stand.
 *
 * A fit that has not converged to well below a unit of the deviance looks like room for one more atom: hence the small tolerance. Damping scales the
 * diagonal (Marquardt 1963). Cost: n·p² + p³/3 flops a step.
 */
export function jointFit(problem: Problem, output: number, start: Parameters, options: JointFitOptions = {}): Fit {
  const { maxIterations = 30, tolerance = 0.05 } = options;
  const { rows, memory, likelihoods } = problem;
  const likelihood = likelihoods[output];
  const fitted = memory.scratch('fitted', rows).subarray(0, rows);
  let residual = new Float64Array(rows);
  let weights = new Float64Array(likelihood.weighted ? rows : 0);
  let [nextResidual, nextWeights] = [residual.slice(), weights.slice()];
  const evaluate = (parameters: Parameters, r: Float64Array, w: Float64Array): number => {
    fittedValues(problem, parameters, fitted);
    return likelihood.deviance(fitted, r, w) + penaltyOf(parameters, likelihood.ridge);
  };
  let parameters: Parameters = { ...start, atoms: start.atoms.map(balance) };
  let deviance = evaluate(parameters, residual, weights);
  let damping = 1e-3;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const normal = normalEquations(problem, parameters, residual, likelihood.weighted ? weights : undefined);
    if (likelihood.ridge > 0) addRidge(normal, flat(parameters), likelihood.ridge);
    const { size, matrix, right } = normal;
    const work = memory.scratch('factor', size * size);
    let better = false;
    let gain = 0;
    for (let attempt = 0; attempt < TRIES && !better; attempt++) {
      work.set(matrix);
      for (let i = 0; i < size; i++) work[i * size + i] += damping * matrix[i * size + i] + 1e-12;
      if (cholesky(size, work, 0) < 0) {
        const step = right.slice();
        triangularSolve(size, 1, work, 0, true, false, false, step, 0);
        triangularSolve(size, 1, work, 0, true, true, false, step, 0);
        const trial = stepped(parameters, step);
        const value = evaluate(trial, nextResidual, nextWeights);
        if (value < deviance) {
          better = true;
          gain = deviance - value;
          deviance = value;
          parameters = { ...trial, atoms: trial.atoms.map(balance) };
          [residual, nextResidual] = [nextResidual, residual];
          [weights, nextWeights] = [nextWeights, weights];
          damping = Math.max(damping / 10, SMALLEST_DAMPING);
        }
      }
      if (!better) damping *= 10;
    }
    if (!better || gain < tolerance) break;
  }
  return { parameters, deviance };
}

function stepped({ bias, powers, weights, atoms }: Parameters, step: Float64Array): Parameters {
  let at = 1 + weights.length;
  return {
    bias: bias + step[0],
    powers,
    weights: weights.map((w, i) => w + step[1 + i]),
    atoms: atoms.map(({ order, forms }) => {
      const moved = forms.map((u, i) => u + step[at + i]);
      at += forms.length;
      return { order, forms: moved };
    }),
  };
}

/** All parameters but the bias, which is not penalised. */
function flat({ weights, atoms }: Parameters): Float64Array {
  return Float64Array.from([...weights, ...atoms.flatMap(({ forms }) => [...forms])]);
}

function penaltyOf(parameters: Parameters, ridge: number): number {
  if (ridge === 0) return 0;
  return ridge * flat(parameters).reduce((sum, v) => sum + v * v, 0);
}

/** The deviance is twice what the normal equations are of, hence ridge·θ²: gradient ridge·θ there. */
function addRidge(
  { size, matrix, right }: { size: number; matrix: Float64Array; right: Float64Array },
  theta: Float64Array,
  ridge: number,
): void {
  theta.forEach((v, i) => {
    matrix[(i + 1) * size + i + 1] += ridge;
    right[i + 1] -= ridge * v;
  });
}

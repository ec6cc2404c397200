import { cholesky, triangularSolve } from '@neuronseek/tensor/kernels';
import type { Memory } from './memory.js';
import { balance, fittedValues, type Parameters, stepLength } from './model.js';
import { type NormalEquations, normalEquations } from './normal-equations.js';
import type { Problem } from './problem.js';
import type { Softmax } from './response.js';
import { softmaxDeviance, softmaxEquations } from './softmax.js';

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

/** What Levenberg and Marquardt's method goes over: parameters P, and what their last accepted value was evaluated to. */
interface Surface<P> {
  /** The deviance; what `normal` needs is kept until the next call. */
  readonly evaluate: (parameters: P) => number;
  /** Makes what the last call of `evaluate` kept that of the point stood on. */
  readonly accept: () => void;
  /** At the point stood on. */
  readonly normal: (parameters: P) => NormalEquations;
  readonly moved: (parameters: P, step: Float64Array) => P;
  readonly balanced: (parameters: P) => P;
}

/**
 * Levenberg-Marquardt over the bias, the weights of the powers and the forms of all atoms of one output together, from where they stand.
 *
 * A fit that has not converged to well below a unit of the deviance looks like room for one more atom: hence the small tolerance. Damping scales the
 * diagonal (Marquardt 1963). Cost: n·p² + p³/3 flops a step.
 */
export function jointFit(problem: Problem, output: number, start: Parameters, options: JointFitOptions = {}): Fit {
  const { rows, memory, likelihoods } = problem;
  const likelihood = likelihoods[output];
  const fitted = memory.scratch('fitted', rows).subarray(0, rows);
  let residual = new Float64Array(rows);
  let weights = new Float64Array(likelihood.weighted ? rows : 0);
  let [nextResidual, nextWeights] = [residual.slice(), weights.slice()];
  return descend<Parameters>(
    memory,
    {
      evaluate: (parameters) => {
        fittedValues(problem, parameters, fitted);
        return likelihood.deviance(fitted, nextResidual, nextWeights) + ridgeOf(parameters, likelihood.ridge);
      },
      accept: () => {
        [residual, nextResidual] = [nextResidual, residual];
        [weights, nextWeights] = [nextWeights, weights];
      },
      normal: (parameters) => {
        const normal = normalEquations(problem, parameters, residual, likelihood.weighted ? weights : undefined);
        addRidge(normal, 0, parameters, likelihood.ridge);
        return normal;
      },
      moved: (parameters, step) => stepped(parameters, step, 0),
      balanced: (parameters) => ({ ...parameters, atoms: parameters.atoms.map(balance) }),
    },
    start,
    options,
  );
}

/** The same over all classes of a softmax together. Cost: n·(C·p)² + (C·p)³/3 flops a step. */
export function jointFitOfClasses(
  problem: Problem,
  { shares }: Softmax,
  start: readonly Parameters[],
  options: JointFitOptions = {},
): { readonly parameters: readonly Parameters[]; readonly deviance: number } {
  const [{ ridge }] = problem.likelihoods;
  const { rows, memory } = problem;
  let probabilities = shares.map(() => new Float64Array(rows));
  let next = shares.map(() => new Float64Array(rows));
  return descend<readonly Parameters[]>(
    memory,
    {
      evaluate: (classes) => {
        classes.forEach((parameters, c) => {
          fittedValues(problem, parameters, next[c]);
        });
        const deviance = softmaxDeviance(shares, next);
        return classes.reduce((sum, parameters) => sum + ridgeOf(parameters, ridge), deviance);
      },
      accept: () => {
        [probabilities, next] = [next, probabilities];
      },
      normal: (classes) => {
        const normal = softmaxEquations(problem, classes, shares, probabilities);
        let at = 0;
        for (const parameters of classes) {
          addRidge(normal, at, parameters, ridge);
          at += stepLength(problem.inputs, parameters);
        }
        return normal;
      },
      moved: (classes, step) => {
        let at = 0;
        return classes.map((parameters) => {
          const moved = stepped(parameters, step, at);
          at += stepLength(problem.inputs, parameters);
          return moved;
        });
      },
      balanced: (classes) => classes.map((parameters) => ({ ...parameters, atoms: parameters.atoms.map(balance) })),
    },
    start,
    options,
  );
}

/** Levenberg-Marquardt from a start until a step gains less than the tolerance. */
export function descend<P>(
  memory: Memory,
  { evaluate, accept, normal, moved, balanced }: Surface<P>,
  start: P,
  { maxIterations = 30, tolerance = 0.05 }: JointFitOptions,
): { readonly parameters: P; readonly deviance: number } {
  let parameters = balanced(start);
  let deviance = evaluate(parameters);
  accept();
  let damping = 1e-3;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const { size, matrix, right } = normal(parameters);
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
        const trial = moved(parameters, step);
        const value = evaluate(trial);
        if (value < deviance) {
          better = true;
          gain = deviance - value;
          deviance = value;
          parameters = balanced(trial);
          accept();
          damping = Math.max(damping / 10, SMALLEST_DAMPING);
        }
      }
      if (!better) damping *= 10;
    }
    if (!better || gain < tolerance) break;
  }
  return { parameters, deviance };
}

/** Parameters moved by the part of a step that begins at `from`. */
function stepped({ bias, powers, weights, atoms }: Parameters, step: Float64Array, from: number): Parameters {
  let at = from + 1 + weights.length;
  return {
    bias: bias + step[from],
    powers,
    weights: weights.map((w, i) => w + step[from + 1 + i]),
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

function ridgeOf(parameters: Parameters, ridge: number): number {
  if (ridge === 0) return 0;
  return ridge * flat(parameters).reduce((sum, v) => sum + v * v, 0);
}

/** The deviance is twice what the normal equations are of, hence ridge·θ²: gradient ridge·θ there. `from` is the place of the bias. */
function addRidge({ size, matrix, right }: NormalEquations, from: number, parameters: Parameters, ridge: number): void {
  if (ridge === 0) return;
  flat(parameters).forEach((v, i) => {
    const at = from + 1 + i;
    matrix[at * size + at] += ridge;
    right[at] -= ridge * v;
  });
}

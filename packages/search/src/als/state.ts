import type { Key } from '@neuronseek/tensor/random';
import type { Candidates } from './candidates.js';
import { penalty, type Shape } from './criterion.js';
import { fitOutputs, setAllOffsets } from './fit-outputs.js';
import type { JointFitOptions } from './joint-fit.js';
import { type Atom, fittedValues, type Parameters } from './model.js';
import { type PowerFit, type PowerMoments, powerFits, powerMoments } from './power-stream.js';
import type { Problem, Whitened } from './problem.js';
import type { Response } from './response.js';
import type { Thinned } from './thinned.js';

/** What all steps of a search share. */
export interface Context {
  readonly problem: Problem;
  readonly response: Response;
  readonly whitened: Whitened;
  /** Of the powers, without weights. */
  readonly moments: PowerMoments;
  readonly key: Key;
  readonly candidates?: Candidates;
  /** Some of the rows, where there are very many. */
  readonly thin: Thinned | undefined;
}

/** A fitted structure: all outputs have the same terms, each with parameters of its own. */
export interface State extends Shape {
  readonly parameters: readonly Parameters[];
  readonly deviance: number;
  /** Deviance and penalty. */
  readonly score: number;
}

/** The residual of an output at a state, as a likelihood has it. */
export interface Residual {
  readonly values: Float64Array;
  readonly weights: Float64Array | undefined;
  /** Not weighted. */
  readonly errors: Float64Array;
}

export function residualOf({ problem, response }: Context, { parameters }: Pick<State, 'parameters'>): Residual[] {
  setAllOffsets(problem, response.softmax, parameters);
  const fitted = new Float64Array(problem.rows);
  return parameters.map((output, c) => {
    const values = new Float64Array(problem.rows);
    const weights = new Float64Array(problem.rows);
    fittedValues(problem, output, fitted);
    problem.likelihoods[c].deviance(fitted, values, weights);
    const { weighted, errors } = problem.likelihoods[c];
    return { values, weights: weighted ? weights : undefined, errors: errors(values, weights) };
  });
}

/** A state from parameters, fitted jointly from where they stand. */
export function fitState(context: Context, start: readonly Parameters[], options: JointFitOptions = {}): State {
  const { problem, response } = context;
  const { parameters, deviance } = fitOutputs(problem, response.softmax, start, options);
  return stateOf(problem, parameters, deviance);
}

function stateOf(problem: Problem, parameters: readonly Parameters[], deviance: number): State {
  const [{ powers, atoms }] = parameters;
  const orders = atoms.map(({ order }) => order).sort((a, b) => a - b);
  return { powers, orders, parameters, deviance, score: deviance + penalty(problem, { powers, orders }) };
}

/** The constant alone in every output. */
export function emptyState(context: Context): State {
  const parameters = context.problem.likelihoods.map(
    (): Parameters => ({ bias: 0, powers: [], weights: new Float64Array(0), atoms: [] }),
  );
  return fitState(context, parameters);
}

/**
 * Chooses the powers anew with the products left as they are, and fits everything jointly; once more where the choice then changes. `only` fixes the
 * powers instead.
 */
export function polish(
  context: Context,
  { parameters }: Pick<State, 'parameters'>,
  options: JointFitOptions = {},
  only?: readonly number[],
): State {
  let state = fitState(context, choosePowers(context, parameters, only), options);
  if (only !== undefined) return state;
  const again = choosePowers(context, state.parameters);
  if (again[0].powers.join() !== state.powers.join()) {
    const other = fitState(context, again, options);
    if (other.score < state.score) state = other;
  }
  return state;
}

/** The best set of powers for all outputs together, beside the products there are. */
function choosePowers(context: Context, parameters: readonly Parameters[], only?: readonly number[]): Parameters[] {
  const { problem } = context;
  const { rows } = problem;
  const residuals = residualOf(context, { parameters });
  const fits = parameters.map((output, c): PowerFit[] => {
    const { values, weights } = residuals[c];
    // What the powers have to fit: what they fit now, and a step of Newton further.
    const target = new Float64Array(rows);
    fittedValues(problem, { ...output, atoms: [] }, target);
    for (let i = 0; i < rows; i++) target[i] += values[i] / (weights === undefined ? 1 : weights[i]);
    const moments = weights === undefined ? context.moments : powerMoments(problem, weights);
    return powerFits(problem, moments, target, weights, only);
  });
  const orders = parameters[0].atoms.map(({ order }) => order);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  const { candidates } = context;
  fits[0].forEach(({ powers }, s) => {
    if (only === undefined && candidates && !powers.every((k) => candidates.powers.includes(k))) return;
    const score = fits.reduce(
      (sum, of, c) => sum + problem.likelihoods[c].fromSquares(of[s].squares),
      penalty(problem, { powers, orders }),
    );
    if (score < least) [best, least] = [s, score];
  });
  return parameters.map(({ atoms }, c) => {
    const { powers, weights, bias } = fits[c][best];
    return { bias, powers, weights, atoms };
  });
}

/** The same parameters with one more product in each output. */
export function withAtoms(parameters: readonly Parameters[], atoms: readonly Atom[]): Parameters[] {
  return parameters.map((output, c) => ({ ...output, atoms: [...output.atoms, atoms[c]] }));
}

/** A name of a structure. */
export function nameOf({ powers, orders }: Shape): string {
  return `${powers.join()}|${orders.join()}`;
}

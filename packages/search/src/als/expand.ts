import { fold } from '@neuronseek/tensor/random';
import { alternate, type Target } from './alternate.js';
import { inflation, noiseGain, penalty } from './criterion.js';
import type { Likelihood } from './likelihood.js';
import { type Atom, countParameters } from './model.js';
import type { Problem } from './problem.js';
import { type Effort, type Proposal, propose, proposeFrom } from './propose.js';
import { spectra } from './spectra.js';
import { type Context, polish, type Residual, residualOf, type State, withAtoms } from './state.js';
import { targetIn } from './thinned.js';

/** A state with one more product, not yet fitted to the end. */
export interface Child {
  readonly state: State;
  /** Whether it was fitted to the end. */
  readonly done: boolean;
}

/** What came of looking for one more product. */
export interface Expansion {
  readonly children: readonly Child[];
  /** Orders that gain more than they would in noise, with the gain. */
  readonly significant: readonly { readonly order: number; readonly gain: number }[];
}

/** Candidates that get a short joint fit. */
const SHORT_FITS = 4;
const SHORT = { maxIterations: 5 };
/** Sweeps over all rows of a product that was found on some of them. */
const SWEEPS = 4;

/** A product that falls short of what noise gains by less may still reach it when everything is fitted jointly. */
const NEARLY = 0.85;

/** Looks for one more product of every order that gains more than the best product gains in noise, and fits the most promising jointly for a few steps. */
export function expand(context: Context, state: State, effort: Effort, draw: number): Expansion {
  const { problem, whitened, key, thin } = context;
  const { inputs, rows, maxOrder } = problem;
  const residuals = residualOf(context, state);
  const found = residuals.map(({ errors }) => spectra(problem, whitened, errors));
  const targets = residuals.map(targetOf);
  const few = thin === undefined ? targets : targets.map((target) => targetIn(thin.rows, target));
  const before = targets.map(({ values }) => squaresOf(values));
  const candidates: { order: number; atoms: Atom[]; gain: number; noise: number; worth: number }[] = [];
  for (let order = 2; order <= maxOrder; order++) {
    const given = context.candidates?.starts(order);
    if (given?.length === 0) continue;
    const orders = [...state.orders, order];
    const parameters = countParameters(inputs, state.powers.length, orders);
    if (parameters > rows / 2) continue;
    const proposals = targets.map((target, c) => {
      const from = (thin?.context ?? context).problem;
      const aim = few[c];
      const proposal =
        given === undefined
          ? propose(from, aim, order, found[c], effort, fold(fold(key, draw), c))
          : proposeFrom(from, aim, order, given, effort);
      return thin === undefined ? proposal : onAllRows(problem, target, proposal);
    });
    const gain = proposals.reduce((sum, proposal, c) => sum + gainOf(problem.likelihoods[c], before[c], proposal), 0);
    const noise = noiseGain(problem, order) * inflation(parameters, problem);
    if (gain <= NEARLY * noise) continue;
    const worth = gain - penalty(problem, { powers: state.powers, orders });
    candidates.push({ order, atoms: proposals.map(({ atom }) => atom), gain, noise, worth });
  }
  candidates.sort((a, b) => b.worth - a.worth);
  const done = candidates.length === 1;
  const children = candidates.slice(0, SHORT_FITS).map(({ atoms }): Child => {
    const parameters = withAtoms(state.parameters, atoms);
    return { state: polish(context, { parameters }, done ? {} : SHORT), done };
  });
  return { children, significant: candidates.filter(({ gain, noise }) => gain > noise) };
}

/** A product that was fitted to some of the rows, fitted to all. */
function onAllRows(problem: Problem, target: Target, { atom: { order, forms } }: Proposal): Proposal {
  const { inputs, x } = problem;
  const improved = forms.slice();
  const squares = alternate(problem, target, { size: inputs, columns: x }, order, improved, SWEEPS);
  return { atom: { order, forms: improved }, squares };
}

/** What a product is fitted to: one step of Newton, r/w with weights w, multiplied by their roots; centred where there are none. */
export function targetOf({ values, weights }: Residual): Target {
  if (weights !== undefined) {
    const roots = weights.map(Math.sqrt);
    return { values: values.map((r, i) => r / roots[i]), roots };
  }
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  return { values: values.map((r) => r - mean), roots: undefined };
}

export function squaresOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}

export function gainOf({ fromSquares }: Likelihood, before: number, { squares }: Proposal): number {
  return fromSquares(before) - fromSquares(Math.min(before, squares));
}

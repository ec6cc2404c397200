import type { TheoremCase } from './case-result.js';
import { classicalTheoremNames, classicalTheorems } from './classical/register.js';
import { exactPolynomialNeuronCase } from './exact-polynomial-neuron-case.js';
import { orbitCodeCase } from './orbit-code-case.js';
import { piecewiseLinearInterpolation } from './piecewise-linear-interpolation.js';
import { runCases } from './run-cases.js';
import type { TheoremName, Verdict } from './verdict.js';
import type { VerifyOptions } from './verify-options.js';

const theorems: Readonly<Record<TheoremName, TheoremCase>> = {
  'piecewise-linear-interpolation': piecewiseLinearInterpolation,
  'exact-polynomial-neuron': exactPolynomialNeuronCase,
  'orbit-code': orbitCodeCase,
  ...classicalTheorems,
};

/** All theorems by name. */
export const theoremNames: readonly TheoremName[] = [
  'piecewise-linear-interpolation',
  'exact-polynomial-neuron',
  'orbit-code',
  ...classicalTheoremNames,
];

/**
 * Draws cases of a theorem and looks at each with certificates and the independent checker: evidence over the drawn cases, with proof
 * for each single one; the proof for all is in the doc comment of the construction.
 *
 * The same name, seed and version draw the same cases. Stops at the first counterexample. Throws a RangeError for an unknown name or
 * runs that is no positive integer.
 */
export function verifyTheorem(name: TheoremName, options: VerifyOptions = {}): Verdict {
  if (!Object.hasOwn(theorems, name)) {
    throw new RangeError(`verifyTheorem: unknown theorem: got ${String(name)}, known: ${theoremNames.join(', ')}`);
  }
  return runCases('verifyTheorem', name, theorems[name], options);
}

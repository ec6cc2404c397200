import type { TheoremCase } from './case-result.js';
import { classicalControls, classicalTheorems } from './classical/register.js';
import { digitControls, digitTheorems } from './digits/register.js';
import { exactPolynomialNeuronCase } from './exact-polynomial-neuron-case.js';
import { latticeControls, latticeTheorems } from './lattice/register.js';
import { monotoneWidthOne } from './monotone-width-one.js';
import { orbitControls, orbitTheorems } from './orbit/register.js';
import { piecewiseLinearInterpolation } from './piecewise-linear-interpolation.js';
import { polynomialControls, polynomialTheorems } from './polynomials/register.js';
import { understatedModulus } from './understated-modulus.js';

/** Every theorem, by name. */
export const theorems = {
  'piecewise-linear-interpolation': piecewiseLinearInterpolation,
  'exact-polynomial-neuron': exactPolynomialNeuronCase,
  ...classicalTheorems,
  ...polynomialTheorems,
  ...orbitTheorems,
  ...digitTheorems,
  ...latticeTheorems,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** Everything that must fail, by name. */
export const controls = {
  'understated-modulus': understatedModulus,
  'monotone-width-one': monotoneWidthOne,
  ...classicalControls,
  ...polynomialControls,
  ...orbitControls,
  ...digitControls,
  ...latticeControls,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** Names in the sequence of a register. */
export function namesOf<T extends object>(register: T): (keyof T & string)[] {
  return Object.keys(register) as (keyof T & string)[];
}

import { feynmanEquations } from './feynman-table.js';
import type { FormulaProblem } from './formula-problem.js';
import { box, makeFormula } from './make-formula.js';

/** Names of the Feynman equations that there are: their numbers in the lectures, such as 'I.6.2a'. */
export const feynmanProblems: readonly string[] = /* @__PURE__ */ Object.keys(feynmanEquations);

/**
 * An equation of the Feynman lectures as a problem of 1000 training and 1000 test rows, drawn evenly from the ranges of Udrescu and Tegmark, "AI Feynman:
 * a physics-inspired method for symbolic regression", Science Advances 6 (2020), without noise.
 *
 * Ranges that give only few real values are theirs too: 'II.24.17' is NaN where ω/c < π/d, rows that `sampleProblem` draws again. Throws
 * a RangeError for a name that is not in {@link feynmanProblems}.
 */
export function feynman(name: string): FormulaProblem {
  if (!Object.hasOwn(feynmanEquations, name)) {
    throw new RangeError(`feynman: the name must be one of ${feynmanProblems.join(', ')}: got ${name}`);
  }
  const { formula, ranges } = feynmanEquations[name]();
  const sampling = box(1000, Object.values(ranges));
  return makeFormula(`Feynman-${name}`, formula, Object.keys(ranges), sampling, sampling);
}

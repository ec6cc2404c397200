import { dualOfFunction, isFormula } from '../certificates/dual/of-function.js';
import { above, add, type Interval, magnitude, power, sqrt } from '../exact/interval.js';
import type { Approximant } from '../targets/approximant.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import type { Modulus } from '../targets/modulus.js';
import type { Box, TargetFunction } from '../targets/target-function.js';

/** Options of {@link functionTarget}. */
export interface FunctionTargetOptions {
  /** Default: L·h with L from an enclosure of the gradient on the domain, in the Euclidean norm; L is not sharp. */
  readonly modulus?: Modulus;
}

/**
 * A function with layers or a formula as a target on a box: what `certifySupNorm` takes as f, for a network against a network, and for a
 * formula against a network. `range` encloses its values.
 *
 * Throws a RangeError for a box that does not fit, a function that can not be read, and one whose gradient has no bound on the box, unless
 * a modulus is given.
 */
export function functionTarget<D extends number>(
  g: Approximant<D>,
  domain: Box,
  { modulus }: FunctionTargetOptions = {},
): TargetFunction<D> {
  if (domain.length !== g.dimension) {
    throw new RangeError(`functionTarget: the domain must have ${g.dimension} axes: got ${domain.length}`);
  }
  domain.forEach(([a, b], i) => {
    if (!(a < b) || !Number.isFinite(b - a)) {
      throw new RangeError(`functionTarget: domain[${i}] must be a finite interval with a < b: got [${a}, ${b}]`);
    }
  });
  if (!isFormula(g)) throw new RangeError('functionTarget: the function needs layers or a formula: it has none');
  const [range, ...gradient] = dualOfFunction(
    g,
    domain.map(([a, b]): Interval => [a, b]),
  );
  return { ...g, domain, range, modulus: modulus ?? g.modulus ?? lipschitzModulus(lengthOf(gradient)) };
}

/** Upper bound of the Euclidean length. */
function lengthOf(gradient: readonly Interval[]): number {
  const squares = gradient.map((part) => power([magnitude(part), magnitude(part)], 2));
  const [, length] = sqrt(squares.reduce((sum, square) => add(sum, square), [0, 0]));
  if (!Number.isFinite(above(length))) {
    throw new RangeError('functionTarget: the gradient has no finite bound on the domain: give a modulus');
  }
  return length;
}

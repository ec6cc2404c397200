import { type Network, networkOf } from '../constructions/network.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import { checkSteps } from './check-steps.js';
import { type AffineRows, reluLayers } from './dyadic-layers.js';

/** Most layers that {@link deepSawtooth} takes: there are 2^m + 1 breakpoints. */
export const deepSawtoothMaxSteps = 16;

/**
 * The m-fold tent map g^(m) on [0, 1], g(t) = 2·relu(t) − 4·relu(t − 1/2), by m hidden layers of 2 units: 2^m linear pieces, values 0 and 1 in
 * turn at j/2^m, exact in float64. A continuous function of fewer than 2^m pieces misses it by 1/2 at one of these points, for
 * within 1/2 its difference to 1/2 changes sign 2^m times and each piece changes sign once; one hidden layer needs 2^m − 1 units for it.
 * Throws a RangeError unless m is an integer in 1 … 16. Source: Telgarsky, Representation benefits of deep feedforward networks (2015).
 */
export function deepSawtooth(m: number): Network<1> {
  checkSteps('deepSawtooth', m, deepSawtoothMaxSteps);
  const tent: AffineRows = [
    [2, 2],
    [-4, -4],
    [0, -0.5],
  ];
  const { layers, variables } = reluLayers([
    [
      [1, 1],
      [0, -0.5],
    ],
    ...Array.from({ length: m - 1 }, () => tent),
    [[2], [-4], [0]],
  ]);
  return networkOf(layers, variables, {
    dimension: 1,
    evaluationError: 0,
    modulus: lipschitzModulus(2 ** m),
    breakpoints: Array.from({ length: 2 ** m + 1 }, (_, j) => j / 2 ** m),
  });
}

import { type Network, networkOf } from '../constructions/network.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import { checkSteps } from './check-steps.js';
import { type AffineRows, reluLayers } from './dyadic-layers.js';

/** Most steps that {@link sawtoothSquare} takes: 4^−m times a double stays far from underflow. */
export const sawtoothSquareMaxSteps = 40;

/** Up to here the breakpoints j/2^m are listed. */
const listed = 14;

/**
 * x² on [0, 1] by m hidden ReLU layers of 3 units each:
 *
 *     f_m(x) = x − Σ_{s ≤ m} g^(s)(x)/4^s,   g(t) = 2·relu(t) − 4·relu(t − 1/2),   g^(s) = g ∘ … ∘ g
 *
 * f_m interpolates x² at j/2^m, so 0 ≤ f_m(x) − x² ≤ 2^(−2m−2) on [0, 1], with equality on the right exactly at (2i + 1)/2^(m+1): the error
 * falls by 4 with every layer. All weights are dyadic and the network is f_m in real arithmetic. In a float64 run the sawtooth is exact,
 * each of m sums rounds. Throws a RangeError unless m is an integer in 1 … 40. Source: Yarotsky, Neural Networks 94 (2017), proposition 2.
 */
export function sawtoothSquare(m: number): Network<1> {
  checkSteps('sawtoothSquare', m, sawtoothSquareMaxSteps);
  const { layers, variables } = reluLayers(squareMaps(m));
  const pieces = m <= listed ? 2 ** m : 0;
  return networkOf(layers, variables, {
    dimension: 1,
    evaluationError: (m + 1) * 2 ** -50,
    modulus: lipschitzModulus(2),
    ...(pieces > 0 ? { breakpoints: Array.from({ length: pieces + 1 }, (_, j) => j / pieces) } : {}),
  });
}

/** Units of a hidden layer: relu(t), relu(t − 1/2) and the sum so far, which is never negative. */
function squareMaps(m: number): AffineRows[] {
  const first: AffineRows = [
    [1, 1, 1],
    [0, -0.5, 0],
  ];
  const inner = Array.from(
    { length: m - 1 },
    (_, i): AffineRows => [
      [2, 2, -2 / 4 ** (i + 1)],
      [-4, -4, 4 / 4 ** (i + 1)],
      [0, 0, 1],
      [0, -0.5, 0],
    ],
  );
  return [first, ...inner, [[-2 / 4 ** m], [4 / 4 ** m], [1], [0]]];
}

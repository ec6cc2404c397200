import { activation, linear, type Variables } from '@neuronseek/network';
import { ones, tensor } from '@neuronseek/tensor';
import { absolute, add, divide, larger, multiply, type Rational, rational, subtract, zero } from '../exact/rational.js';
import { roundNearest, roundUp } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import { intervalOf } from '../targets/interval-of.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import type { TargetFunction } from '../targets/target-function.js';
import { equidistantNodes } from './equidistant-nodes.js';
import { type Network, networkOf } from './network.js';
import { refuseSteepNodes } from './refuse-steep-nodes.js';

/**
 * A ReLU network with one hidden layer of n units that interpolates f at n + 1 equidistant nodes t_0 … t_n:
 *
 *     h(x) = b + Σ_{i<n} c_i·relu(x − t_i)
 *
 * Layers linear(1, n), relu, linear(n, 1) with weights 1, −t_i, c_i, b. Theorem: for a concave modulus, sup |f − h| ≤ omega(g/2) with g
 * the widest step, (b − a)/n up to rounding: on a step h is a mean of two values of f, and Jensen's inequality does the rest;
 * `piecewiseLinearBound` adds what float64 weights cost. Each c_i is chosen against the exact value that the units before it
 * reach, so h(t_i) is off by a single rounding of c_i times the step: rounding does not add up over the nodes, and is nil where
 * the slopes are doubles (dyadic data, n a power of two).
 *
 * `evaluationError` bounds the rounding of a float64 run on the domain, in any order of summation; it grows with n and the slopes.
 * Throws a RangeError for n that is no positive integer or too large for the domain, for values or slopes beyond float64, and where
 * node values contradict the modulus of f. Cost: n values of f, O(n) rational operations.
 */
export function piecewiseLinearNetwork(f: TargetFunction<1>, n: number): Network<1> {
  const name = 'piecewiseLinearNetwork';
  const [a, b] = intervalOf(name, f.domain);
  const nodes = equidistantNodes(name, [a, b], n);
  refuseSteepNodes(name, f, nodes);
  const values = nodes.map((t) => valueAt(f, t));
  const { start, bends, steepest } = interpolate(nodes, values);
  const variables: Variables = {
    params: [
      { weight: ones([1, n]), bias: tensor(Float64Array.from(nodes.slice(0, n), (t) => 0 - t)) },
      {},
      { weight: tensor(Float64Array.from(bends), [n, 1]), bias: tensor([start]) },
    ],
    state: [{}, {}, {}],
  };
  const evaluationError = runError(start, bends, toRational(a), toRational(b));
  if (!Number.isFinite(evaluationError))
    throw new RangeError(`${name}: slopes or values are beyond the range of float64`);
  return networkOf([linear(1, n), activation('relu'), linear(n, 1)], variables, {
    dimension: 1,
    evaluationError,
    modulus: lipschitzModulus(roundUp(steepest)),
    breakpoints: nodes.slice(0, n),
  });
}

function valueAt(f: TargetFunction<1>, t: number): Rational {
  return f.evaluateRational ? f.evaluateRational([toRational(t)]) : toRational(f.evaluate([t]));
}

/** b, the bends c_i as doubles, and the largest slope that they add up to. */
function interpolate(
  nodes: readonly number[],
  values: readonly Rational[],
): { readonly start: number; readonly bends: readonly number[]; readonly steepest: Rational } {
  const start = roundNearest(values[0]);
  const bends: number[] = [];
  let reached = toRational(start);
  let slope = zero;
  let steepest = zero;
  for (let i = 0; i + 1 < nodes.length; i++) {
    const step = subtract(toRational(nodes[i + 1]), toRational(nodes[i]));
    const bend = roundNearest(subtract(divide(subtract(values[i + 1], reached), step), slope));
    bends.push(bend);
    slope = add(slope, toRational(bend));
    reached = add(reached, multiply(slope, step));
    steepest = larger(steepest, absolute(slope));
  }
  return { start, bends, steepest };
}

/** γ_(n+3)·(|b| + (b − a)·Σ|c_i|), γ_k = k·u/(1 − k·u) ≤ 2k·u: at most n + 3 roundings stand between an input and the output. */
function runError(start: number, bends: readonly number[], a: Rational, b: Rational): number {
  const total = bends.reduce((sum, c) => add(sum, absolute(toRational(c))), zero);
  const size = add(absolute(toRational(start)), multiply(subtract(b, a), total));
  const roundings = BigInt(bends.length + 3);
  const underflow = multiply(rational(roundings), toRational(Number.MIN_VALUE));
  return roundUp(add(multiply(size, rational(roundings, 2n ** 52n)), underflow));
}

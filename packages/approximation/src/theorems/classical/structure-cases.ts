import { chebyshevLowerBound } from '../../classical/chebyshev-lower-bound.js';
import { innerProduct, kernelObstruction } from '../../classical/kernel-obstruction.js';
import { gapsAreDisjoint, koeppenInner } from '../../classical/koeppen-inner.js';
import { polarization } from '../../constructions/polarization.js';
import { horner } from '../../exact/horner.js';
import {
  absolute,
  add,
  compare,
  larger,
  multiply,
  type Rational,
  rational,
  subtract,
  zero,
} from '../../exact/rational.js';
import { roundDown } from '../../exact/round.js';
import { piecewiseLinearTarget } from '../../targets/piecewise-linear-target.js';
import { shrinkingCase } from '../shrinking-case.js';
import { textOf } from './text-of.js';

/** Σ signs·(Σ forms·x)^k/denominator = Π x at drawn integers, k ≤ 8; exactly. */
export const polarizationCase = shrinkingCase((draw) => {
  const k = draw(1, 8);
  const x = Array.from({ length: k }, () => BigInt(draw(0, 40) - 20));
  const { forms, signs, denominator } = polarization(k);
  const sum = forms.reduce((total, form, r) => {
    const value = form.reduce((s, e, i) => s + BigInt(e) * x[i], 0n);
    return total + BigInt(signs[r]) * value ** BigInt(k);
  }, 0n);
  const product = x.reduce((p, t) => p * t, 1n);
  if (sum === product * denominator) return { margin: 0 };
  return { margin: -1, fault: `x = ${x.join(', ')}: the powers give ${sum}/${denominator}, the product is ${product}` };
});

/** ψ_k(d) < ψ_k(d + 1) for drawn n, γ ≥ 2n + 2, k and neighbours d; γ ≥ m + 2 keeps the gaps of the shifted families apart. Exactly. */
export const koeppenCase = shrinkingCase((draw) => {
  const n = draw(2, 3);
  const gamma = draw(2 * n + 2, 2 * n + 10);
  const k = draw(1, 4);
  const d = BigInt(draw(0, gamma ** k - 2));
  const psi = koeppenInner(n, gamma, k);
  const step = subtract(psi(d + 1n), psi(d));
  const text = `n = ${n}, γ = ${gamma}, k = ${k}, d = ${d}`;
  if (step.numerator <= 0n) return { margin: -1, fault: `${text}: ψ does not increase: ${textOf(step)}` };
  if (gapsAreDisjoint(2 * n, gamma)) return { margin: roundDown(step) };
  return { margin: -1, fault: `${text}: gaps of two families meet` };
});

/** Control (j): γ = m + 1 is too small, a point is in the gaps of two families. */
export const koeppenSmallBaseCase = shrinkingCase((draw) => {
  const m = draw(4, 24);
  if (!gapsAreDisjoint(m, m + 1) && gapsAreDisjoint(m, m + 2)) return { margin: 0 };
  return { margin: -1, fault: `m = ${m}: gaps of the families for γ = ${m + 1} do not meet` };
});

const modulusOfX = piecewiseLinearTarget([-1, 0, 1], [1, 0, 1]);

/** Control (a): a drawn polynomial misses |x| on [−1, 1] by the bound of any nodes, or more. */
export const polynomialOfAbsCase = shrinkingCase((draw) => {
  const degree = draw(1, 9);
  const coefficients = Array.from({ length: degree + 1 }, (_, k) =>
    rational(BigInt(draw(0, 64) - 32), k < 1 ? 64n : 16n),
  );
  // A drawn start and stride through 0 … 66, a prime number of places, so that no place comes twice.
  const [start, stride] = [draw(0, 66), draw(1, 66)];
  const places = Array.from({ length: degree + 2 }, (_, i) => (start + i * stride) % 67);
  const nodes = places.sort((a, b) => a - b).map((i) => rational(BigInt(i - 33), 33n));
  const { bound } = chebyshevLowerBound(modulusOfX, degree, nodes);
  const error = nodes.map((t) => absolute(subtract(absolute(t), horner(coefficients, t)))).reduce(larger);
  const margin =
    bound.numerator === 0n
      ? 0
      : roundDown(subtract(multiply(error, rational(bound.denominator, bound.numerator)), rational(1n)));
  if (compare(error, bound) >= 0) return { margin };
  return {
    margin,
    fault: `polynomial ${coefficients.map(textOf).join(', ')}: error ${textOf(error)} < ${textOf(bound)}`,
  };
});

const half = rational(1n, 2n);
const quarter = rational(1n, 4n);

/** Control (b): with a first layer of fewer units than inputs, z = kernelObstruction makes any value at two points the same: error ≥ 1/4. */
export const narrowFirstLayerCase = shrinkingCase((draw) => {
  const inputs = draw(2, 5);
  const units = draw(1, inputs - 1);
  const rows = Array.from({ length: units }, () =>
    Array.from({ length: inputs }, () => rational(BigInt(draw(0, 32) - 16), 8n)),
  );
  const bias = rows.map(() => rational(BigInt(draw(0, 32) - 16), 8n));
  const last = rows.map(() => rational(BigInt(draw(0, 32) - 16), 8n));
  const z = kernelObstruction(rows, inputs);
  const network = (x: readonly Rational[]): Rational =>
    rows.reduce((sum, row, i) => {
      const t = add(innerProduct(row, x), bias[i]);
      return add(sum, t.numerator > 0n ? multiply(last[i], t) : zero);
    }, zero);
  const center = z.map(() => half);
  const edge = z.map((value) => add(half, multiply(half, value)));
  const error = [center, edge]
    .map((x) => absolute(subtract(network(x), x.map((t) => absolute(subtract(t, half))).reduce(larger))))
    .reduce(larger);
  const margin = roundDown(multiply(subtract(error, quarter), rational(4n)));
  if (compare(error, quarter) >= 0) return { margin };
  return { margin, fault: `${units} units on ${inputs} inputs: the error is ${textOf(error)} < 1/4` };
});

/**
 * Control (d): depth and weights fixed, at most B in size. The network is Λ-Lipschitz, Λ = Π (row sums), so a function that rises by 1 over
 * t = 1/(2Λ) is missed by (1 − Λt)/2 = 1/4 or more.
 */
export const boundedWeightsCase = shrinkingCase((draw) => {
  const depth = draw(1, 4);
  const width = draw(1, 3);
  const number = (): Rational => rational(BigInt(draw(0, 16) - 8), 4n);
  const layers = Array.from({ length: depth }, (_, l) => ({
    rows: Array.from({ length: width }, () => Array.from({ length: l === 0 ? 1 : width }, number)),
    bias: Array.from({ length: width }, number),
  }));
  const last = Array.from({ length: width }, number);
  const network = (x: Rational): Rational => {
    let values = [x];
    for (const { rows, bias } of layers) {
      values = rows.map((row, i) => {
        const t = add(innerProduct(row, values), bias[i]);
        return t.numerator > 0n ? t : zero;
      });
    }
    return innerProduct(last, values);
  };
  // All weights are at most 2: a bound of the class, not of the network drawn.
  const constant = rational(2n ** BigInt(depth + 1) * BigInt(width) ** BigInt(depth));
  const t = rational(1n, 2n * constant.numerator);
  const left = rational(BigInt(draw(0, 32)), 64n);
  const error = larger(absolute(network(left)), absolute(subtract(network(add(left, t)), rational(1n))));
  const margin = roundDown(multiply(subtract(error, quarter), rational(4n)));
  if (compare(error, quarter) >= 0) return { margin };
  return { margin, fault: `depth ${depth}, width ${width}, from ${textOf(left)}: the error is ${textOf(error)} < 1/4` };
});

import { absolute, add, divide, multiply, type Rational, rational, subtract, zero } from '../exact/rational.js';
import type { TargetFunction } from '../targets/target-function.js';

/** A bound that no polynomial of the degree can beat, and the nodes that prove it. */
export interface ImpossibilityCertificate {
  /** At most the error of every polynomial of the degree. */
  readonly bound: Rational;
  /** degree + 2 nodes, ascending. */
  readonly nodes: readonly Rational[];
  /** Σ weights[i]·p(nodes[i]) = 0 for every polynomial p of the degree; Σ |weights[i]| = 1. */
  readonly weights: readonly Rational[];
}

/**
 * E_n(f) ≥ |Σ w_i·f(t_i)| with w_i = c_i/Σ|c_i|, c_i = Π_{j ≠ i} 1/(t_i − t_j): divided differences of order n + 1 annihilate polynomials of
 * degree n (de la Vallée-Poussin). A proof for all weights of all polynomial networks of that total degree, in rational arithmetic, for
 * whatever nodes are given; extrema of the best approximation make it sharp. Throws a RangeError unless f has `evaluateRational` and there are
 * degree + 2 ascending nodes in its domain.
 */
export function chebyshevLowerBound(
  f: TargetFunction<1>,
  degree: number,
  nodes: readonly Rational[],
): ImpossibilityCertificate {
  const name = 'chebyshevLowerBound';
  const { evaluateRational } = f;
  if (!evaluateRational) throw new RangeError(`${name}: f has no evaluateRational`);
  if (!(Number.isInteger(degree) && degree >= 0 && nodes.length === degree + 2)) {
    throw new RangeError(`${name}: degree + 2 nodes are needed: got degree ${degree}, ${nodes.length} nodes`);
  }
  nodes.forEach((node, i) => {
    if (i > 0 && subtract(node, nodes[i - 1]).numerator <= 0n)
      throw new RangeError(`${name}: nodes must ascend: see ${i}`);
  });
  const c = nodes.map((t, i) =>
    nodes.reduce((product, s, j) => (i === j ? product : divide(product, subtract(t, s))), rational(1n)),
  );
  const total = c.map(absolute).reduce(add, zero);
  const weights = c.map((w) => divide(w, total));
  const sum = nodes.reduce((s, t, i) => add(s, multiply(weights[i], evaluateRational([t]))), zero);
  return { bound: absolute(sum), nodes, weights };
}

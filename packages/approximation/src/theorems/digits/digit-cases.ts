import { type Key, split } from '@neuronseek/tensor/random';
import { distance } from '../../exact/distance.js';
import { compare, rational } from '../../exact/rational.js';
import { roundUp } from '../../exact/round.js';
import { toRational } from '../../exact/to-rational.js';
import { digitBound, digitFunction } from '../../superexpressive/digits/digit-function.js';
import { floorExponentialNetwork } from '../../superexpressive/digits/floor-exponential-network.js';
import type { CaseResult, TheoremCase } from '../case-result.js';
import { certifyAgainst } from '../certify-against.js';
import { drawInteger, drawPiecewiseLinear, drawTakagi } from '../draw-target.js';
import { shrinkingCase } from '../shrinking-case.js';

/** sup |f − h| ≤ ω(1/(2K)) + height/(2·(2^m − 1)) for h = digitFunction(f, K, m): piecewise linear functions and Takagi's, K = 1 … 64, m = 1 … 12; exactly. */
export const digitCodeCase: TheoremCase = (key): CaseResult => {
  const [kindKey, targetKey, sizeKey, bitKey] = split(key, 4);
  const { f, text } = drawInteger(kindKey, 0, 3) === 0 ? drawTakagi(targetKey) : drawPiecewiseLinear(targetKey);
  const [cells, bitsPerValue] = [2 ** drawInteger(sizeKey, 0, 6), drawInteger(bitKey, 1, 12)];
  const h = digitFunction(f, cells, bitsPerValue);
  const bound = digitBound(f, h);
  const { upper } = certifyAgainst(f, h, bound, bound);
  const margin = (bound - upper) / bound;
  if (upper <= bound) return { margin };
  return {
    margin,
    fault: `${text}, ${cells} cells of ${bitsPerValue} bits: the error is ${upper}, the bound is ${bound}`,
  };
};

/**
 * sup |f − h| ≤ ε for h = floorExponentialNetwork(f, ε): piecewise linear functions and Takagi's, ε = 1 … 1/4. h is constant on cells, so that the error on a cell is at most that at
 * its node and what f moves by.
 */
export const floorExponentialCase: TheoremCase = (key: Key): CaseResult => {
  const [kindKey, targetKey, sizeKey] = split(key, 3);
  const { f, text } = drawInteger(kindKey, 0, 1) === 0 ? drawTakagi(targetKey) : drawPiecewiseLinear(targetKey);
  const epsilon = 2 ** -drawInteger(sizeKey, 0, 2);
  const h = floorExponentialNetwork(f, epsilon);
  const moves = f.modulus.omega((1 / h.cells) * (1 + 2 ** -52));
  let worst = 0;
  for (let i = 0; i <= h.cells; i++) {
    const x = i / h.cells;
    // A float64 node may lie below i/M, in the cell before; its middle does not.
    const inside = [rational(2n * BigInt(i) + 1n, 2n * BigInt(h.cells))];
    const value = h.evaluateRational?.(i === h.cells ? [rational(1n)] : inside) ?? rational(0n);
    worst = Math.max(worst, roundUp(distance(toRational(f.evaluate([x])), value)) + f.evaluationError);
  }
  const margin = (epsilon - worst - moves) / epsilon;
  if (margin >= 0 && h.neurons === 4 && h.bound <= epsilon) return { margin };
  return {
    margin,
    fault: `${text}, epsilon ${epsilon}: ${worst} at a node and ${moves} in a cell, ${h.neurons} neurons`,
  };
};

/**
 * Whatever 2^P functions a code of P bits stands for, one of the 2^(P + 1) sign patterns at P + 1 points is missed by 1 by all of them: each function has the
 * signs of one pattern at most. Functions with drawn values, every code and pattern looked at.
 */
export const bitsBelowEntropyCase = shrinkingCase((draw) => {
  const bits = draw(1, 5);
  const points = bits + 1;
  const functions = Array.from({ length: 2 ** bits }, () =>
    Array.from({ length: points }, () => rational(BigInt(draw(-12, 12)), 8n)),
  );
  const signs = (pattern: number, k: number): bigint => ((pattern >> k) & 1 ? 1n : -1n);
  const missed = Array.from({ length: 2 ** points }, (_, pattern) => pattern).some((pattern) =>
    functions.every((values) =>
      values.some((v, k) => compare(distance(v, rational(signs(pattern, k))), rational(1n)) >= 0),
    ),
  );
  if (missed) return { margin: 0 };
  return { margin: -1, fault: `${bits} bits reach all ${2 ** points} patterns within less than 1` };
});

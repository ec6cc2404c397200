import { nextUp } from '../../exact/next-double.js';
import { add, multiply, type Rational, rational, subtract } from '../../exact/rational.js';
import { roundNearest, roundUp } from '../../exact/round.js';
import { toRational } from '../../exact/to-rational.js';
import type { Approximant } from '../../targets/approximant.js';
import { lipschitzModulus } from '../../targets/lipschitz-modulus.js';
import { requireUnitCube } from '../../targets/require-unit-cube.js';
import type { TargetFunction } from '../../targets/target-function.js';
import { requireCells } from '../require-cells.js';
import { euafShare } from './euaf-share.js';
import { type KroneckerCode, kroneckerFit } from './kronecker-fit.js';

/** A copy has one value more than there are cells, and a code holds 40. */
const mostCells = 32;

/** A function in four numbers w, and those numbers. */
export interface EuafNetwork extends Approximant<1> {
  /** One code for each of the four shifted copies. */
  readonly codes: readonly KroneckerCode[];
  /** Values are low + height·σ(w/(π + j)). */
  readonly low: number;
  readonly height: number;
  /** δ: no code is further off than this, in units of f. */
  readonly delta: number;
}

/**
 * The network of the activation σ of `euaf` for f on [0, 1] (Shen, Yang and Zhang 2022): four copies, shifted by half a unit of y = 2K·x, each constant where
 * it is right, joined by a partition of unity.
 *
 *     h(x) = Σ_(i<4) p(y_i)·(low + height·σ(w_i/(π + j_i + 1))),   y_i = 2K·x + 2 − i/2,   p(y) = (σ(2y) + 2·σ(y + 1/2) − 1)/2
 *
 * p is a hat on [2j, 2j + 1] and 0 on [2j + 1, 2j + 2], and Σ p(y_i) = 1. Where p(y_i) > 0, j_i = (y_i − σ(y_i))/2 exactly, and 1/(π + j + 1) =
 * 1 + σ(−(π + j)) is the softsign branch; p·φ is a product, that of a quadratic neuron. w_i holds the values of f at the middle of the cells of copy i.
 *
 * Theorem: sup |f − h| ≤ ω_f(1/(4K)) + δ, δ = height·tolerance: h(x) is a mean of values that are each those of f within a distance of 1/(4K), up to δ.
 * h is piecewise linear between multiples of 1/(4K). Here σ(w_i/(π + j)) is taken within 2^−50 (`kroneckerFit`), and δ includes that.
 *
 * Throws a RangeError for a domain that is not [0, 1], cells that are no power of two up to 32, a modulus that is not concave, and by `kroneckerFit`. Cost: four
 * codes of K + 1 numbers; the lattice is reduced once for every K and tolerance.
 */
export function euafNetwork(f: TargetFunction<1>, cells: number, tolerance: number): EuafNetwork {
  checkEuaf('euafNetwork', f, cells);
  const centres = (copy: number): number[] =>
    Array.from({ length: cells + 1 }, (_, j) => Math.min(1, Math.max(0, (2 * j + copy / 2 - 1.5) / (2 * cells))));
  const values = [0, 1, 2, 3].map((copy) => centres(copy).map((x) => f.evaluate([x])));
  const low = values.flat().reduce((least, v) => Math.min(least, v));
  const height = nextUp(values.flat().reduce((most, v) => Math.max(most, v)) - low);
  const codes = values.map((copy) =>
    kroneckerFit(
      copy.map((v) => (height > 0 ? Math.min(1, Math.max(0, (v - low) / height)) : 0)),
      { tolerance },
    ),
  );
  const worst = codes.reduce((most, { error }) => Math.max(most, error), 0);
  // Roundings of (v − low)/height and of the sum below, in units of the largest value.
  const size = Math.max(Math.abs(low), Math.abs(low + height));
  const delta = nextUp(nextUp(height * worst) + size * 2 ** -48 + f.evaluationError);

  const exactValues = codes.map((code) =>
    code.values.map((v) => add(toRational(low), multiply(toRational(height), toRational(v)))),
  );
  const exact = ([x]: readonly Rational[]): Rational => {
    let sum = rational(0n);
    for (let copy = 0; copy < 4; copy++) {
      const y = subtract(multiply(rational(BigInt(2 * cells)), x), rational(BigInt(copy - 4), 2n));
      const { share, cell } = euafShare(y);
      if (share.numerator > 0n) sum = add(sum, multiply(share, exactValues[copy][Math.min(cells, Math.max(0, cell))]));
    }
    return sum;
  };
  const nodes = Array.from({ length: 4 * cells + 1 }, (_, l) => exact([rational(BigInt(l), BigInt(4 * cells))]));
  let steepest = rational(0n);
  for (let l = 1; l < nodes.length; l++) {
    const rise = subtract(nodes[l], nodes[l - 1]);
    const slope = multiply(rational(BigInt(4 * cells)), rise.numerator < 0n ? multiply(rational(-1n), rise) : rise);
    if (subtract(slope, steepest).numerator > 0n) steepest = slope;
  }
  return {
    dimension: 1,
    codes,
    low,
    height,
    delta,
    evaluate: ([x]) => roundNearest(exact([toRational(x)])),
    evaluationError: nextUp(size * 2 ** -52) + Number.MIN_VALUE,
    evaluateRational: exact,
    modulus: lipschitzModulus(roundUp(steepest)),
    breakpoints: Array.from({ length: 4 * cells - 1 }, (_, l) => (l + 1) / (4 * cells)),
  };
}

/** What the theorem promises for a network, see `euafNetwork`; rounded up. */
export function euafBound(f: TargetFunction<1>, cells: number, { delta }: Pick<EuafNetwork, 'delta'>): number {
  checkEuaf('euafBound', f, cells);
  return nextUp(f.modulus.omega(0.25 / cells) + delta);
}

function checkEuaf(name: string, f: TargetFunction<1>, cells: number): void {
  requireUnitCube(name, f.domain, 1);
  requireCells(name, cells, mostCells);
  if (!f.modulus.concave) throw new RangeError(`${name}: the modulus must be concave`);
}

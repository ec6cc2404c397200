import { cosineFixed } from '../../exact/cosine.js';
import { latticeFault } from '../../exact/lattice/lattice-fault.js';
import { lll } from '../../exact/lattice/lll.js';
import { absolute, add, compare, multiply, type Rational, rational, subtract, zero } from '../../exact/rational.js';
import { roundDown } from '../../exact/round.js';
import { toRational } from '../../exact/to-rational.js';
import { chebyshevFixed, compositionNumber } from '../../superexpressive/lattice/composition-number.js';
import { euafShare, triangleWave } from '../../superexpressive/lattice/euaf-share.js';
import { kroneckerFit } from '../../superexpressive/lattice/kronecker-fit.js';
import { textOf } from '../classical/text-of.js';
import { type Draw, shrinkingCase } from '../shrinking-case.js';
import { piByEuler } from './pi-by-euler.js';

/** `lll` gives a reduced basis of the same lattice: 2 to 5 rows, with a large multiple of the unit matrix so that they are independent. */
export const latticeReductionCase = shrinkingCase((draw) => {
  const n = draw(2, 5);
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_unused, j) => BigInt(draw(-200, 200) + (i === j ? 1001 : 0))),
  );
  const fault = latticeFault(rows, lll(rows).basis);
  return fault === undefined ? { margin: 0 } : { margin: -1, fault: `rows ${rows.join(' | ')}: ${fault}` };
});

const drawTargets = (draw: Draw, least: number): number[] =>
  Array.from({ length: draw(1, 6) }, () => draw(64 * least, 64) / 64);

/** |σ(w/(π + k)) − y_k| ≤ tolerance for 1 to 6 targets, with π by a formula of its own. */
export const kroneckerFitCase = shrinkingCase((draw) => {
  const targets = drawTargets(draw, 0);
  const tolerance = 2 ** -draw(3, 8);
  const { w, error, bits } = kroneckerFit(targets, { tolerance });
  const digits = bits + 64;
  const one = 1n << BigInt(digits);
  const errors = targets.map((y, i): Rational => {
    const t = rational(w * one, piByEuler(digits) + BigInt(i + 1) * one);
    return absolute(subtract(triangleWave(t), toRational(y)));
  });
  const worst = errors.reduce((most, e) => (compare(e, most) > 0 ? e : most), zero);
  const margin = (tolerance - error) / tolerance;
  if (compare(worst, toRational(error)) <= 0 && error <= tolerance) return { margin };
  return {
    margin: -1,
    fault: `targets ${targets}, tolerance ${tolerance}: w = ${w} is off by ${textOf(worst)}, not ${error}`,
  };
});

/** Σ p(y_i) = 1 over the four copies, no share below 0, and j = (y − σ(y))/2 is the cell where a share is above 0; exactly. */
export const euafUnityCase = shrinkingCase((draw) => {
  const x = rational(BigInt(draw(0, 2 ** 20)), BigInt(draw(1, 2 ** 20)));
  const shares = [0, 1, 2, 3].map((copy) => {
    const y = add(x, rational(BigInt(4 - copy), 2n));
    return { y, ...euafShare(y) };
  });
  const sum = shares.reduce((total, { share }) => add(total, share), zero);
  const wrong = shares.find(({ y, share, cell }) => {
    const within = subtract(y, rational(BigInt(2 * cell)));
    return (
      share.numerator < 0n || (share.numerator > 0n && (within.numerator < 0n || compare(within, rational(1n)) > 0))
    );
  });
  if (compare(sum, rational(1n)) === 0 && wrong === undefined) return { margin: 0 };
  return {
    margin: -1,
    fault: `y = ${textOf(x)}: the shares are ${shares.map(({ share }) => textOf(share)).join(', ')}`,
  };
});

/** T_n(c_k) within the tolerance of v_k, where doubling and the cosine of the n-fold angle agree; for n up to 500 also n steps of the iteration. */
export const compositionNumberCase = shrinkingCase((draw) => {
  const targets = drawTargets(draw, -1);
  const tolerance = 2 ** -draw(3, 7);
  const steps = BigInt(draw(0, 500));
  const { n, values, error, bits } = compositionNumber(targets, { tolerance });
  const size = 2 * bits + 128;
  const one = 1n << BigInt(size);
  for (let k = 1; k <= targets.length; k++) {
    const angle = (piByEuler(size) * one) / (piByEuler(size) + BigInt(k) * one);
    const cosine = (times: bigint): bigint => cosineFixed({ mantissa: times * angle, bits: size }).mantissa;
    const far = Number((cosine(n) >> BigInt(size - 60)) - BigInt(Math.round(values[k - 1] * 2 ** 60))) / 2 ** 60;
    if (Math.abs(far) > 2 ** -49 || Math.abs(values[k - 1] - targets[k - 1]) > error || error > tolerance) {
      return {
        margin: -1,
        fault: `targets ${targets}, tolerance ${tolerance}: n = ${n} gives ${values[k - 1]} at k = ${k}`,
      };
    }
    const doubled = chebyshevFixed(steps, { mantissa: cosine(1n), bits: size }).mantissa;
    const literal = iterate(steps, cosine(1n), size);
    if ((doubled - literal) ** 2n > 1n << BigInt(2 * (size - 60))) {
      return { margin: -1, fault: `k = ${k}: ${steps} compositions give another value than doubling` };
    }
  }
  return { margin: (tolerance - error) / tolerance };
});

/** T_steps(c) by T_(m+1) = 2c·T_m − T_(m−1), one step at a time. */
function iterate(steps: bigint, c: bigint, size: number): bigint {
  let [now, next] = [1n << BigInt(size), c];
  for (let m = 0n; m < steps; m++) [now, next] = [next, ((2n * c * next) >> BigInt(size)) - now];
  return now;
}

/** For the frequencies 1 and 2, whatever w is, one of |σ(w) − 0| and |σ(2w) − 1| is 1/3 or more: σ(2w) ≤ 2·σ(w). Exactly. */
export const dependentFrequenciesCase = shrinkingCase((draw) => {
  const w = rational(BigInt(draw(0, 2 ** 24)), BigInt(draw(1, 2 ** 12)));
  const first = triangleWave(w);
  const second = subtract(rational(1n), triangleWave(multiply(rational(2n), w)));
  const error = compare(first, second) > 0 ? first : second;
  const margin = roundDown(subtract(multiply(rational(3n), error), rational(1n)));
  if (compare(error, rational(1n, 3n)) >= 0) return { margin };
  return { margin, fault: `w = ${textOf(w)}: the error is ${textOf(error)} < 1/3` };
});

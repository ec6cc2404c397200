import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nextDown } from '../src/exact/next-double.js';
import {
  checkModulus,
  checkModulusDefaults,
  hoelderModulus,
  hoelderTarget,
  lipschitzModulus,
  piecewiseLinearTarget,
  polynomialTarget,
  requireModulus,
  type TargetFunction,
} from '../src/index.js';
import { anyTarget, lipschitz, points, targetOf } from './support/targets.js';

/** The witness must say the truth: two points of the domain whose values differ by more than allowed. */
function expectWitness(f: TargetFunction<1>): void {
  const { status, witness } = checkModulus(f);
  expect(status).toBe('refuted');
  if (!witness) throw new Error('a refutation without a witness');
  const [x, y] = [witness.x[0], witness.y[0]];
  expect(witness.difference).toBeGreaterThan(witness.allowed);
  expect(witness.allowed).toBeLessThanOrEqual(f.modulus.omega(Math.abs(x - y)) * (1 + 2 ** -50));
  expect(Math.abs(f.evaluate([x]) - f.evaluate([y])) + 4 * f.evaluationError).toBeGreaterThanOrEqual(
    witness.difference,
  );
  expect(() => requireModulus(f)).toThrow(/^requireModulus: the modulus is false: \|f\(.*\) − f\(.*\)\| is at least/);
}

describe('checkModulus', () => {
  test.prop([anyTarget])('never refutes a true modulus', (f) => {
    const { status, witness, pairs } = checkModulus(f, { points: 65 });
    expect(witness).toBeUndefined();
    expect(status).toBe(f.breakpoints ? 'verified' : 'not-refuted');
    expect(pairs).toBeGreaterThan(0);
    expect(() => requireModulus(f, { points: 65 })).not.toThrow();
  });

  test.prop([points, fc.integer({ min: 1, max: 40 })])(
    'refutes a Lipschitz constant that is understated by one part in 2^k (property 39)',
    (drawn, k) => {
      const slopes = drawn.values.slice(1).map((v, i) => (v - drawn.values[i]) / (drawn.knots[i + 1] - drawn.knots[i]));
      const steepest = slopes.reduce((largest, slope) => Math.max(largest, Math.abs(slope)), 0);
      fc.pre(steepest > 0);
      expectWitness({ ...targetOf(drawn), modulus: lipschitzModulus(steepest * (1 - 2 ** -k)) });
    },
  );

  test.prop([points])('refutes half the slope of a piecewise linear function whose breakpoints are hidden', (drawn) => {
    const { breakpoints, evaluateRational, ...f } = targetOf(drawn);
    const constant = f.modulus.omega(1);
    fc.pre(constant > 0);
    expectWitness({ ...f, modulus: lipschitzModulus(constant / 2) });
  });

  it('finds a jump under any Lipschitz constant', () => {
    const jump: TargetFunction<1> = {
      dimension: 1,
      domain: [[0, 1]],
      range: [0, 1],
      modulus: lipschitzModulus(1e9),
      evaluationError: 0,
      evaluate: ([t]) => (t < Math.SQRT1_2 ? 0 : 1),
    };
    expectWitness(jump);
  });

  it('finds a cusp that hides just left of a grid point', () => {
    const c = 77 / 256 - 1e-9;
    expectWitness({
      dimension: 1,
      domain: [[0, 1]],
      range: [0, 1],
      modulus: lipschitzModulus(1e6),
      evaluationError: 2 ** -50,
      evaluate: ([t]) => Math.sqrt(Math.max(0, t - c)),
    });
  });

  it('refutes a modulus that is too small by one unit in the last place', () => {
    const identity = piecewiseLinearTarget([0, 1], [0, 1]);
    const modulus = { kind: 'custom' as const, concave: true, omega: (h: number) => nextDown(h) };
    expect(checkModulus({ ...identity, modulus }).witness).toEqual({
      x: [0],
      y: [1],
      difference: 1,
      allowed: nextDown(1),
    });
  });

  it('refutes a Hölder exponent or a Lipschitz constant that is too good', () => {
    expectWitness({ ...hoelderTarget({ exponent: 0.5 }), modulus: hoelderModulus(1, 0.75) });
    expectWitness({ ...hoelderTarget({ exponent: 0.5, center: 0.3 }), modulus: lipschitzModulus(100) });
    expectWitness({ ...polynomialTarget([0, 0, 1]), modulus: lipschitzModulus(1.9) });
  });

  it('many breakpoints are sampled, not compared in pairs', () => {
    const knots = Array.from({ length: 65 }, (_, i) => i / 64);
    const f = piecewiseLinearTarget(
      knots,
      knots.map((_, i) => i % 2),
    );
    expect(checkModulus(f, { maxBreakpoints: 64 }).status).toBe('not-refuted');
    expect(checkModulus(f, { maxBreakpoints: 65 })).toEqual({ status: 'verified', pairs: (65 * 64) / 2 });
  });

  test.prop([lipschitz])('a modulus that is not concave is sampled only', (f) => {
    const modulus = { ...f.modulus, kind: 'custom' as const, concave: false };
    expect(checkModulus({ ...f, modulus }).status).toBe('not-refuted');
  });

  it('defaults and bad input', () => {
    expect(checkModulusDefaults).toEqual({ points: 257, maxBreakpoints: 512 });
    expect(() => checkModulus(hoelderTarget(), { points: 1 })).toThrow(
      'checkModulus: points must be an integer of at least 2: got 1',
    );
    const square = { ...hoelderTarget(), domain: [[0, 1] as const, [0, 1] as const] };
    expect(() => checkModulus(square)).toThrow('checkModulus: only dimension 1 is supported: the domain has 2 axes');
  });
});

import { fc, test } from '@fast-check/vitest';
import { type Neuron, parse } from '@neuronseek/neurons';
import { describe, expect, it } from 'vitest';
import { nextDown, nextUp } from '../src/exact/next-double.js';
import { formulaFunction } from '../src/expressivity/formula-function.js';
import { functionTarget } from '../src/expressivity/function-target.js';
import {
  type Approximant,
  certificateFault,
  certifySupNorm,
  checkCertificate,
  hoelderTarget,
  lipschitzModulus,
  piecewiseLinearNetwork,
  polynomialTarget,
  type SupNormCertificate,
  type TargetFunction,
} from '../src/index.js';
import { anyTarget, points, targetOf } from './support/targets.js';

const features = ['x1', 'x2'];
const formula = (text: string): Neuron => parse(text, { features });
const square = [
  [0, 1],
  [-1, 1],
] as const;
const target = (text: string): TargetFunction => functionTarget(formulaFunction(formula(text)), square);

const tampered = (c: SupNormCertificate): readonly (readonly [string, SupNormCertificate])[] => [
  ['upper below the truth', { ...c, upper: c.upper * 0.99, lower: Math.min(c.lower, c.upper * 0.99) }],
  ['upper raised', { ...c, upper: c.upper * 1.001 + 1e-9 }],
  ['lower raised', { ...c, lower: c.lower * 1.001 + 1e-9, upper: Math.max(c.upper, c.lower * 1.001 + 1e-9) }],
  ['lower lowered', { ...c, lower: c.lower * 0.999 }],
  ['lower above upper', { ...c, lower: nextUp(c.upper) }],
  ['witness outside', { ...c, witness: c.witness.map(() => 17) }],
  ['a coordinate more', { ...c, witness: [...c.witness, 0] }],
  ['evaluations', { ...c, evaluations: c.evaluations + 1 }],
  ['a box left out', { ...c, splits: c.splits?.slice(0, -1), evaluations: c.evaluations - 1 }],
  ['an axis too many', { ...c, splits: `z${c.splits?.slice(1)}` }],
  ['no tree', { ...c, splits: undefined }],
  ['NaN', { ...c, upper: Number.NaN }],
];

describe("certifySupNorm, method 'bernstein-coefficients'", () => {
  const coefficient = fc.integer({ min: -9, max: 9 });
  const polynomial = fc.array(coefficient, { minLength: 3, maxLength: 7 }).map((c) => {
    const terms = ['1', 'x1', 'x2', 'x1*x2', 'x1^2', 'x2^3', 'x1^2*x2^2'];
    return c.map((value, i) => `${value}*${terms[i]}`).join(' + ');
  });
  const certify = (f: string, h: string, tolerance = 1e-4): SupNormCertificate =>
    certifySupNorm(target(f), formulaFunction(formula(h)), { method: 'bernstein-coefficients', tolerance });

  test.prop([polynomial, polynomial], { numRuns: 40 })(
    'contains every value, agrees with intervals, is accepted',
    (f, h) => {
      const certificate = certify(f, h);
      const { lower, upper, status, witness } = certificate;
      expect(status).toBe('converged');
      expect(upper - lower).toBeLessThanOrEqual(1e-4);
      const [p, q] = [formulaFunction(formula(f)), formulaFunction(formula(h))];
      const error = (x: readonly number[]): number => Math.abs(p.evaluate(x) - q.evaluate(x));
      expect(Math.abs(error(witness) - lower)).toBeLessThanOrEqual(1e-12 * (1 + lower));
      for (let i = 0; i <= 10; i++) {
        for (let j = -10; j <= 10; j++)
          expect(error([i / 10, j / 10])).toBeLessThanOrEqual(upper + 1e-12 * (1 + upper));
      }
      const other = certifySupNorm(target(f), q, { method: 'interval', tolerance: 1e-3 });
      expect(other.lower <= upper && lower <= other.upper).toBe(true);
      expect(certificateFault(target(f), q, certificate)).toBeUndefined();
      const copy: SupNormCertificate = JSON.parse(JSON.stringify(certificate));
      expect(checkCertificate(target(f), q, copy)).toBe(true);
      if (lower <= 1e-6 || certificate.evaluations < 3) return;
      for (const [what, changed] of tampered(certificate))
        expect(checkCertificate(target(f), q, changed), what).toBe(false);
      expect(checkCertificate(target(f), q, { ...certificate, upper: nextUp(upper) })).toBe(false);
      expect(checkCertificate(target(f), q, { ...certificate, lower: nextDown(lower) })).toBe(false);
    },
  );

  test.prop([polynomial, fc.integer({ min: -8, max: 8 })], { numRuns: 25 })(
    'property 42: reflection, negation, shifts and exchange',
    (f, c) => {
      const original = certify(f, 'x1 - x2');
      const mirror = (text: string): string => text.replaceAll('x2', '(0-x2)');
      for (const { lower, upper } of [
        certify(mirror(f), mirror('x1 - x2')),
        certify(`-(${f})`, '-(x1 - x2)'),
        certify(`${f} + ${c / 4}`, `x1 - x2 + ${c / 4}`),
        certify('x1 - x2', f),
      ]) {
        expect(lower <= original.upper && original.lower <= upper).toBe(true);
      }
    },
  );

  it('suprema that are known, and a leading term that cancels', () => {
    const chebyshev = polynomialTarget([0, 5, 0, -20, 0, 16], { domain: [-1, 1] });
    const zero = polynomialTarget([0], { domain: [-1, 1] });
    const c = certifySupNorm(chebyshev, zero, { method: 'bernstein-coefficients', tolerance: 1e-9 });
    expect(c.lower).toBe(1);
    expect(c.upper >= 1 && c.upper <= 1 + 1e-9).toBe(true);
    expect(certificateFault(chebyshev, zero, c)).toBeUndefined();
    const cancelled = certify('x1^5*x2 + x1', 'x1^5*x2');
    expect([cancelled.lower, cancelled.upper, cancelled.evaluations]).toEqual([1, 1, 1]);
    expect(certificateFault(target('x1^5*x2 + x1'), formulaFunction(formula('x1^5*x2')), cancelled)).toBeUndefined();
    expect(() => certify('sin(x1)*x2', 'x1*x2')).toThrow(
      "certifySupNorm: method 'bernstein-coefficients' needs two polynomials: the formula of f is no polynomial",
    );
  });
});

describe("certifySupNorm, method 'branch-and-bound'", () => {
  const method = 'branch-and-bound';

  test.prop([points, points, fc.constantFrom(0.5, 0.1, 0.05)])(
    'property 31: contains the exact supremum of piecewise linear functions',
    (p, q, tolerance) => {
      const [f, h] = [targetOf(p), targetOf(q)];
      const exact = certifySupNorm(f, h);
      const certificate = certifySupNorm(f, h, { method, tolerance });
      expect(certificate.status).toBe('converged');
      expect(certificate.upper - certificate.lower).toBeLessThanOrEqual(tolerance * (1 + 1e-15));
      expect(certificate.lower <= exact.upper && exact.lower <= certificate.upper).toBe(true);
      expect(certificateFault(f, h, certificate)).toBeUndefined();
    },
  );

  test.prop([anyTarget, fc.integer({ min: 1, max: 9 })], { numRuns: 50 })(
    'accepted as made, rejected as changed',
    (f, n) => {
      const h = piecewiseLinearNetwork(f, n);
      const certificate = certifySupNorm(f, h, { method, tolerance: 0.1, maxEvaluations: 401 });
      expect(certificateFault(f, h, certificate)).toBeUndefined();
      fc.pre(certificate.lower > 1e-3 && certificate.evaluations > 2);
      for (const [what, changed] of tampered(certificate)) expect(checkCertificate(f, h, changed), what).toBe(false);
    },
  );

  it('two dimensions: a cone, whose supremum over the box is known', () => {
    const cone: Approximant = {
      dimension: 2,
      evaluationError: 2 ** -50,
      evaluate: ([x, y]) => Math.sqrt(x * x + y * y),
      modulus: lipschitzModulus(1),
    };
    const flat: TargetFunction = {
      ...cone,
      evaluationError: 0,
      evaluate: () => 0,
      domain: [
        [-1, 3],
        [-4, 2],
      ],
      range: [0, 0],
      modulus: lipschitzModulus(0),
    };
    const certificate = certifySupNorm(flat, cone, { method, tolerance: 0.01 });
    expect(certificate.lower <= 5 && certificate.upper >= 5).toBe(true);
    expect(certificate.status).toBe('converged');
    expect(certificateFault(flat, cone, certificate)).toBeUndefined();
    // Half the slope is refuted by the values in the middles of neighbours.
    const liar = { ...cone, modulus: lipschitzModulus(0.5) };
    const forged = certifySupNorm(flat, liar, { method, tolerance: 0.01 });
    expect(certificateFault(flat, liar, forged)).toMatch(/^the modulus of h is false between/);
    const { modulus, ...bare } = cone;
    expect(() => certifySupNorm(flat, bare, { method })).toThrow(
      "certifySupNorm: method 'branch-and-bound' needs a modulus of both: h has none",
    );
    expect(certificateFault(flat, bare, certificate)).toBe('h has no modulus');
    expect(() => certifySupNorm({ ...flat, domain: [[0, 1]] }, cone, { method })).toThrow(
      'certifySupNorm: the domain must have 2 axes: it has 1',
    );
    expect(() =>
      certifySupNorm(
        {
          ...flat,
          domain: [
            [0, 1],
            [1, 1],
          ],
        },
        cone,
        { method },
      ),
    ).toThrow('certifySupNorm: domain[1] must be a finite interval [a, b] with a < b: got [1, 1]');
  });

  it('the certificate of another function is rejected', () => {
    const f = hoelderTarget({ center: 0.3 });
    const h = piecewiseLinearNetwork(f, 8);
    const certificate = certifySupNorm(f, h, { method, tolerance: 0.01 });
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    expect(checkCertificate(hoelderTarget({ center: 0.3, scale: 1.5 }), h, certificate)).toBe(false);
    expect(checkCertificate(hoelderTarget({ center: 0.31 }), h, certificate)).toBe(false);
    expect(checkCertificate(f, piecewiseLinearNetwork(f, 7), certificate)).toBe(false);
  });
});

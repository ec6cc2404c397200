import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nextDown, nextUp } from '../src/exact/next-double.js';
import {
  type Approximant,
  certificateFault,
  certifySupNorm,
  certifySupNormDefaults,
  checkCertificate,
  hoelderTarget,
  lipschitzModulus,
  piecewiseLinearNetwork,
  piecewiseLinearTarget,
  polynomialTarget,
  type SupNormCertificate,
  type TargetFunction,
  takagiTarget,
} from '../src/index.js';
import { anyTarget, type Points, points, targetOf } from './support/targets.js';

const size = fc.integer({ min: 1, max: 16 });

/** The largest error of two piecewise linear functions with dyadic data, by float64 that is exact there. */
function oracle(f: Points, h: Points): number {
  const value = ({ knots, values }: Points, t: number): number => {
    const i = Math.max(0, knots.findIndex((knot) => knot >= t) - 1);
    return values[i] + ((values[i + 1] - values[i]) * (t - knots[i])) / (knots[i + 1] - knots[i]);
  };
  return Math.max(...[...f.knots, ...h.knots].map((t) => Math.abs(value(f, t) - value(h, t))));
}

/** x ↦ 1 − x. */
function reflected({ knots, values }: Points): Points {
  return { knots: knots.map((t) => 1 - t).reverse(), values: [...values].reverse() };
}

function mapped({ knots, values }: Points, change: (value: number) => number): Points {
  return { knots, values: values.map(change) };
}

describe('certifySupNorm', () => {
  test.prop([points, points])(
    'breakpoints: one rounding apart, around the true error, attained at the witness',
    (p, q) => {
      const [f, h] = [targetOf(p), targetOf(q)];
      const { lower, upper, method, witness, evaluations, grid, status } = certifySupNorm(f, h);
      expect([method, status]).toEqual(['breakpoints', 'converged']);
      expect(upper === lower || upper === nextUp(lower)).toBe(true);
      const size = Math.max(1, ...p.values.map(Math.abs), ...q.values.map(Math.abs));
      expect(Math.abs(upper - oracle(p, q))).toBeLessThanOrEqual(2 ** -48 * size);
      const there = Math.abs(f.evaluate(witness) - h.evaluate(witness));
      expect(Math.abs(there - upper)).toBeLessThanOrEqual(f.evaluationError + h.evaluationError + 2 ** -50);
      expect(evaluations).toBe(new Set([...p.knots, ...q.knots]).size);
      expect(grid).toHaveLength(evaluations);
    },
  );

  test.prop([points, points, fc.constantFrom(0.5, 0.1, 0.02)])(
    'modulus-grid: contains the exact answer and meets its tolerance',
    (p, q, tolerance) => {
      const [f, h] = [targetOf(p), targetOf(q)];
      const exact = certifySupNorm(f, h);
      const { lower, upper, status } = certifySupNorm(f, h, { method: 'modulus-grid', tolerance });
      expect(status).toBe('converged');
      expect(upper - lower).toBeLessThanOrEqual(tolerance);
      expect(lower).toBeLessThanOrEqual(exact.upper);
      expect(upper).toBeGreaterThanOrEqual(exact.lower);
    },
  );

  test.prop([points, points])(
    'modulus-grid: without concavity the bounds hold as well, and the checker agrees',
    (p, q) => {
      const plain = (drawn: Points): TargetFunction<1> => {
        const f = targetOf(drawn);
        return { ...f, modulus: { ...f.modulus, concave: false } };
      };
      const [f, h] = [plain(p), plain(q)];
      const certificate = certifySupNorm(f, h, { method: 'modulus-grid', tolerance: 0.1 });
      const exact = certifySupNorm(f, h);
      expect(certificate.lower).toBeLessThanOrEqual(exact.upper);
      expect(certificate.upper).toBeGreaterThanOrEqual(exact.lower);
      expect(certificateFault(f, h, certificate)).toBeUndefined();
    },
  );

  test.prop([anyTarget, size])('modulus-grid: a denser sample finds no larger error', (f, n) => {
    const h = piecewiseLinearNetwork(f, n);
    const { upper } = certifySupNorm(f, h, { tolerance: 0.25, method: 'modulus-grid', maxEvaluations: 400 });
    const [a, b] = f.domain[0];
    for (let i = 0; i <= 200; i++) {
      const x = Math.min(b, a + (i / 200) * (b - a));
      const error = Math.abs(f.evaluate([x]) - h.evaluate([x]));
      expect(error).toBeLessThanOrEqual(upper + f.evaluationError + h.evaluationError);
    }
  });

  test.prop([points, points, fc.integer({ min: -1024, max: 1024 })])(
    'property 42, breakpoints: reflection, negation and shifts leave both bounds as they are',
    (p, q, c) => {
      const bounds = (f: Points, h: Points): number[] => {
        const { lower, upper } = certifySupNorm(targetOf(f), targetOf(h));
        return [lower, upper];
      };
      const original = bounds(p, q);
      const shift = (value: number): number => value + c / 256;
      expect(bounds(reflected(p), reflected(q))).toEqual(original);
      expect(
        bounds(
          mapped(p, (v) => -v),
          mapped(q, (v) => -v),
        ),
      ).toEqual(original);
      expect(bounds(mapped(p, shift), mapped(q, shift))).toEqual(original);
      expect(bounds(q, p)).toEqual(original);
      const doubled = bounds(
        mapped(p, (v) => 2 * v),
        mapped(q, (v) => 2 * v),
      );
      expect(doubled).toEqual(original.map((bound) => 2 * bound));
    },
  );

  test.prop([points, fc.constantFrom(1, 2, 4, 8), fc.integer({ min: -1024, max: 1024 })])(
    'property 42, construction and certificate together: the network of the changed target errs as much',
    (p, n, c) => {
      const bounds = (drawn: Points): number[] => {
        const f = targetOf(drawn);
        const { lower, upper } = certifySupNorm(f, piecewiseLinearNetwork(f, n));
        return [lower, upper];
      };
      const original = bounds(p);
      expect(bounds(mapped(p, (v) => -v))).toEqual(original);
      // Node values need not be doubles: bends are rounded anew, each by at most half a unit in the last place of values below 8.
      for (const changed of [reflected(p), mapped(p, (v) => v + c / 256)]) {
        bounds(changed).forEach((bound, i) => {
          expect(Math.abs(bound - original[i])).toBeLessThanOrEqual(2 ** -46);
        });
      }
    },
  );

  test.prop([fc.integer({ min: 0, max: 64 }), fc.integer({ min: 2, max: 8 }), fc.constantFrom(2, 4, 8)])(
    'property 42, modulus-grid: reflection and negation',
    (i, eighths, n) => {
      const f = hoelderTarget({ center: i / 64, exponent: eighths / 8 });
      const reflection = hoelderTarget({ center: 1 - i / 64, exponent: eighths / 8 });
      const negation: TargetFunction<1> = { ...f, evaluate: (x) => -f.evaluate(x), range: [-f.range[1], 0] };
      const bounds = (g: TargetFunction<1>): number[] => {
        const { lower, upper } = certifySupNorm(g, piecewiseLinearNetwork(g, n), { tolerance: 0.05 });
        return [lower, upper];
      };
      const [lower, upper] = bounds(f);
      expect(bounds(negation)).toEqual([lower, upper]);
      const [lowerThere, upperThere] = bounds(reflection);
      // The slopes of the reflected network are rounded anew.
      expect(Math.abs(lowerThere - lower)).toBeLessThanOrEqual(2 ** -46);
      expect(Math.abs(upperThere - upper)).toBeLessThanOrEqual(2 ** -46);
    },
  );

  it('the same function twice has error 0', () => {
    const f = takagiTarget(4);
    expect(certifySupNorm(f, f)).toMatchObject({ lower: 0, upper: 0, evaluations: 17 });
  });

  it('stops at maxEvaluations and at the signal with bounds that hold', () => {
    const f = hoelderTarget({ center: 0.3, exponent: 0.25 });
    const h = piecewiseLinearNetwork(f, 4);
    const few = certifySupNorm(f, h, { tolerance: 1e-6, maxEvaluations: 50 });
    expect(few).toMatchObject({ status: 'max-evaluations', evaluations: 50 });
    const controller = new AbortController();
    const seen: number[] = [];
    const aborted = certifySupNorm(f, h, {
      tolerance: 1e-6,
      signal: controller.signal,
      onProgress: ({ evaluations, lower, upper }) => {
        seen.push(evaluations);
        expect(lower).toBeLessThanOrEqual(upper);
        if (seen.length === 3) controller.abort();
      },
    });
    expect(aborted).toMatchObject({ status: 'aborted', evaluations: seen[2] });
    for (const certificate of [few, aborted]) expect(certificateFault(f, h, certificate)).toBeUndefined();
    expect(few.upper).toBeGreaterThanOrEqual(certifySupNorm(f, h, { tolerance: 0.01 }).lower);
  });

  it('defaults are as documented', () => {
    expect(certifySupNormDefaults).toEqual({ tolerance: 1e-3, maxEvaluations: 100_000 });
    const f = polynomialTarget([0, 0, 1]);
    const { lower, upper } = certifySupNorm(f, piecewiseLinearNetwork(f, 2));
    expect(upper - lower).toBeLessThanOrEqual(1e-3);
    expect(lower).toBeLessThanOrEqual(1 / 16);
    expect(upper).toBeGreaterThanOrEqual(1 / 16);
  });

  it('bad input is refused with the reason', () => {
    const f = polynomialTarget([0, 0, 1]);
    const h = piecewiseLinearNetwork(f, 2);
    expect(() => certifySupNorm(f, h, { tolerance: -1 })).toThrow(
      'certifySupNorm: tolerance must not be negative: got -1',
    );
    expect(() => certifySupNorm(f, h, { maxEvaluations: 1 })).toThrow(
      'certifySupNorm: maxEvaluations must be an integer of at least 2: got 1',
    );
    expect(() => certifySupNorm(f, h, { method: 'breakpoints' })).toThrow(
      "certifySupNorm: method 'breakpoints' needs breakpoints and evaluateRational of both: f has evaluateRational only",
    );
    const { modulus, ...unknown } = h;
    expect(() => certifySupNorm(f, unknown)).toThrow(
      "certifySupNorm: method 'modulus-grid' needs a modulus of both: h has none",
    );
    const flat: Approximant = { ...h, dimension: 2 };
    expect(() => certifySupNorm(f, flat)).toThrow('certifySupNorm: dimensions differ: f has 1, h has 2');
    expect(() => certifySupNorm(f, { ...h, evaluationError: Number.NaN })).toThrow(
      'certifySupNorm: h.evaluationError must be finite and not negative: got NaN',
    );
    expect(() => certifySupNorm({ ...f, modulus: lipschitzModulus(0.1) }, h)).toThrow(
      /^certifySupNorm: the modulus of f is false: \|f\(.*\) − f\(.*\)\| is at least .*, omega allows/,
    );
    expect(() => certifySupNorm(f, { ...h, modulus: lipschitzModulus(0.1) })).toThrow(
      /^certifySupNorm: the modulus of h is false/,
    );
    const broken: Approximant = {
      dimension: 1,
      evaluationError: 0,
      evaluate: () => Number.NaN,
      modulus: lipschitzModulus(1),
    };
    expect(() => certifySupNorm(f, broken)).toThrow('evaluate: evaluate([0]) is not finite: got NaN');
  });
});

describe('checkCertificate (property 32)', () => {
  const tampered = (c: SupNormCertificate): readonly (readonly [string, SupNormCertificate])[] => [
    ['upper lower than the truth', { ...c, upper: c.upper * 0.999, lower: Math.min(c.lower, c.upper * 0.999) }],
    ['upper raised', { ...c, upper: c.upper * 1.001 + 1e-9 }],
    ['lower raised', { ...c, lower: c.lower * 1.001 + 1e-9, upper: Math.max(c.upper, c.lower * 1.001 + 1e-9) }],
    ['lower lowered', { ...c, lower: c.lower * 0.999 }],
    ['lower above upper', { ...c, lower: nextUp(c.upper) }],
    ['witness outside', { ...c, witness: [c.grid[0] - 1] }],
    ['witness between the grid', { ...c, witness: [(c.grid[0] + c.grid[1]) / 2] }],
    ['witness of two coordinates', { ...c, witness: [...c.witness, 0] }],
    ['no witness', { ...c, witness: [] }],
    ['evaluations', { ...c, evaluations: c.evaluations + 1 }],
    ['grid cut short', { ...c, grid: c.grid.slice(0, -1), evaluations: c.evaluations - 1 }],
    ['grid backwards', { ...c, grid: [...c.grid].reverse() }],
    ['grid with NaN', { ...c, grid: c.grid.map((x, i) => (i === 1 ? Number.NaN : x)) }],
    ['NaN', { ...c, upper: Number.NaN }],
    ['infinite', { ...c, upper: Number.POSITIVE_INFINITY }],
  ];

  test.prop([anyTarget, size])('accepts what certifySupNorm made, also after JSON', (f, n) => {
    const h = piecewiseLinearNetwork(f, n);
    const certificate = certifySupNorm(f, h, { tolerance: 0.1, maxEvaluations: 500 });
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    const copy: SupNormCertificate = JSON.parse(JSON.stringify(certificate));
    expect(checkCertificate(f, h, copy)).toBe(true);
  });

  test.prop([anyTarget, size])('rejects every kind of tampering', (f, n) => {
    const h = piecewiseLinearNetwork(f, n);
    const certificate = certifySupNorm(f, h, { tolerance: 0.1, maxEvaluations: 500 });
    fc.pre(certificate.lower > 1e-6 && certificate.grid.length > 2);
    for (const [what, changed] of tampered(certificate)) {
      expect(checkCertificate(f, h, changed), what).toBe(false);
    }
  });

  test.prop([points, size])('rejects bounds by breakpoints that are off by one unit in the last place', (p, n) => {
    const f = targetOf(p);
    const h = piecewiseLinearNetwork(f, n);
    const c = certifySupNorm(f, h);
    expect(checkCertificate(f, h, { ...c, upper: nextUp(c.upper) })).toBe(false);
    if (c.lower > 0) expect(checkCertificate(f, h, { ...c, lower: nextDown(c.lower) })).toBe(false);
  });

  test.prop([points, size, fc.nat()])(
    'rejects a witness whose error is smaller, and a grid without a breakpoint',
    (p, n, pick) => {
      const f = targetOf(p);
      const h = piecewiseLinearNetwork(f, n);
      const c = certifySupNorm(f, h);
      const other = c.grid[pick % c.grid.length];
      const error = Math.abs(f.evaluate([other]) - h.evaluate([other]));
      if (error < c.lower - 1e-9) expect(checkCertificate(f, h, { ...c, witness: [other] })).toBe(false);
      const gone = c.grid.findIndex((x, i) => i > 0 && i + 1 < c.grid.length && x !== c.witness[0]);
      if (gone < 0) return;
      const grid = c.grid.filter((_, i) => i !== gone);
      expect(certificateFault(f, h, { ...c, grid, evaluations: grid.length })).toMatch(/^the grid misses/);
    },
  );

  test.prop([points, points, size])('rejects the certificate of another function, on either side', (p, q, n) => {
    const [f, g] = [targetOf(p), targetOf(q)];
    const h = piecewiseLinearNetwork(f, n);
    const certificate = certifySupNorm(f, h);
    const own = certifySupNorm(g, h);
    // Functions with the very same error at the very same points share the certificate, and rightly so.
    fc.pre(own.upper !== certificate.upper);
    expect(checkCertificate(g, h, certificate)).toBe(false);
    expect(checkCertificate(f, piecewiseLinearNetwork(g, n), certificate)).toBe(
      certifySupNorm(f, piecewiseLinearNetwork(g, n)).upper === certificate.upper,
    );
  });

  it('rejects the certificate of another function on a grid', () => {
    const f = hoelderTarget({ center: 0.3 });
    const h = piecewiseLinearNetwork(f, 8);
    const certificate = certifySupNorm(f, h, { tolerance: 0.01 });
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    const higher = hoelderTarget({ center: 0.3, scale: 1.5 });
    expect(certificateFault(higher, h, certificate)).toMatch(/^upper is/);
    expect(certificateFault(hoelderTarget({ center: 0.31 }), h, certificate)).toMatch(/^(upper|lower) is/);
    expect(certificateFault(f, piecewiseLinearNetwork(f, 7), certificate)).toMatch(/^(upper|lower) is/);
  });

  it('does not believe a network about itself: bends and values are read from the weights', () => {
    const f = takagiTarget(3);
    const h = piecewiseLinearNetwork(f, 5);
    const liar = { ...h, breakpoints: [], evaluateRational: f.evaluateRational };
    const certificate = certifySupNorm(f, liar);
    expect(certificate.upper).toBe(0);
    expect(certificateFault(f, liar, certificate)).toMatch(/^the grid misses a bend of h/);
  });

  it('does not believe that a curve is affine between its breakpoints', () => {
    const parabola: TargetFunction<1> = { ...polynomialTarget([0, 0, 1]), breakpoints: [0, 1] };
    const line = piecewiseLinearTarget([0, 1], [0, 1]);
    const certificate = certifySupNorm(parabola, line);
    expect(certificate.upper).toBe(0);
    expect(certificateFault(parabola, line, certificate)).toBe('f is not affine between 0/1 and 1/1');
  });

  it('does not believe a modulus that the grid contradicts', () => {
    const f = polynomialTarget([0, 0, 1]);
    const h = piecewiseLinearNetwork(f, 4);
    const certificate = certifySupNorm(f, h);
    expect(certificateFault({ ...f, modulus: lipschitzModulus(0.5) }, h, certificate)).toMatch(
      /^the modulus of f is false/,
    );
    expect(certificateFault(f, { ...h, modulus: lipschitzModulus(0.5) }, certificate)).toMatch(
      /^the modulus of h is false/,
    );
    const { modulus, ...unknown } = h;
    expect(certificateFault(f, unknown, certificate)).toBe('h has no modulus');
  });

  it('an unknown method is a fault, operands that do not fit are misuse', () => {
    const f = takagiTarget(2);
    const certificate = certifySupNorm(f, f);
    const renamed: SupNormCertificate = JSON.parse(JSON.stringify({ ...certificate, method: 'hearsay' }));
    expect(certificateFault(f, f, renamed)).toBe('the method is unknown: hearsay');
    const flat: Approximant = { ...f, dimension: 2 };
    expect(() => checkCertificate(f, flat, certificate)).toThrow(
      'certificateFault: dimensions differ: f has 1, h has 2',
    );
  });
});

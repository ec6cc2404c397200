import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  certificateFault,
  certifySupNorm,
  encodeOrbit,
  encodeOrbitDefaults,
  hoelderTarget,
  lipschitzModulus,
  type OrbitCode,
  orbitBound,
  orbitFunction,
  orbitPoints,
  piecewiseLinearTarget,
  polynomialTarget,
  type TargetFunction,
  takagiTarget,
  toRational,
} from '../src/index.js';
import { lipschitz } from './support/targets.js';

const cells = fc.integer({ min: 0, max: 6 }).map((k) => 2 ** k);
const steps = fc.integer({ min: 3, max: 6 });
const abs = piecewiseLinearTarget([0, 0.25, 1], [0.25, 0, 0.75]);

/** T(t) = 1 − |1 − 2t| of a numerator over 2^bits. */
const tent = (t: bigint, bits: number): bigint => {
  const one = 1n << BigInt(bits);
  const bent = one - 2n * t;
  return one - (bent < 0n ? -bent : bent);
};

describe('orbit code', () => {
  test.prop([lipschitz, cells, steps])(
    'keeps its bound, with the exact error of all of [0, 1]',
    (f, k, stepsPerCell) => {
      const h = orbitFunction(encodeOrbit(f, k, { stepsPerCell }));
      const certificate = certifySupNorm(f, h);
      expect(certificate.method).toBe('breakpoints');
      expect(certificateFault(f, h, certificate)).toBeUndefined();
      expect(certificate.upper).toBeLessThanOrEqual(orbitBound(f, k, { stepsPerCell }));
    },
  );

  test.prop([cells])('the bound is (1/2 + 2^(1−m)/(1 − 2^(2−m)))·L/K, 2/3 for m = 4', (k) => {
    const bounds = [3, 4, 5].map((stepsPerCell) => orbitBound(abs, k, { stepsPerCell }) * k);
    [1, 2 / 3, 0.5 + 1 / 14].forEach((expected, i) => {
      expect(bounds[i]).toBeCloseTo(expected, 10);
    });
  });

  test.prop([lipschitz, cells, steps])(
    'one number of m·K bits: the points of its orbit are those of the tent map',
    (f, k, m) => {
      const code = encodeOrbit(f, k, { stepsPerCell: m });
      expect(code.bits).toBe(m * k);
      const points = orbitPoints(code);
      let t = code.w;
      for (const point of points) {
        expect(point).toBe(t);
        for (let i = 0; i < m; i++) t = tent(t, code.bits);
      }
      // The orbit was built backwards from 0.
      expect(t).toBe(0n);
    },
  );

  test.prop([lipschitz, cells])('is piecewise linear with the slopes of its orbit', (f, k) => {
    const code = encodeOrbit(f, k);
    const h = orbitFunction(code);
    const at = (x: number): number => {
      const { numerator, denominator } = h.evaluateRational?.([toRational(x)]) ?? { numerator: 0n, denominator: 1n };
      return Number(numerator) / Number(denominator);
    };
    expect(at(0)).toBe(code.start);
    let value = code.start;
    orbitPoints(code).forEach((point, j) => {
      const slope = code.amplitude * (2 * (Number(point) / 2 ** code.bits) - 1);
      expect(at((j + 0.5) / k)).toBeCloseTo(value + slope / (2 * k), 9);
      value += slope / k;
      expect(at((j + 1) / k)).toBeCloseTo(value, 9);
      expect(Math.abs(h.evaluate([(j + 0.5) / k]) - at((j + 0.5) / k))).toBeLessThanOrEqual(h.evaluationError);
    });
    expect(h.breakpoints).toHaveLength(k - 1);
  });

  test.each<[string, TargetFunction<1>]>([
    ['Takagi', takagiTarget(6)],
    ['Hölder', hoelderTarget({ center: 0.3 })],
    ['polynomial', polynomialTarget([0, 1, -1], { domain: [0, 1] })],
  ])('%s', (_, f) => {
    for (const k of [4, 32]) {
      const h = orbitFunction(encodeOrbit(f, k));
      const bound = orbitBound(f, k);
      const certificate = certifySupNorm(f, h, { tolerance: bound / 8 });
      expect(certificateFault(f, h, certificate)).toBeUndefined();
      expect(certificate.lower).toBeLessThanOrEqual(bound);
      expect(certificate.upper).toBeLessThanOrEqual(bound * 1.125);
    }
  });

  test.prop([fc.integer({ min: 4, max: 8 })])('bits grow with the accuracy, everything else stays as it is', (k) => {
    const [small, large] = [encodeOrbit(abs, 2 ** k), encodeOrbit(abs, 2 ** (k + 1))];
    expect(large.bits).toBe(2 * small.bits);
    expect(large.amplitude).toBe(small.amplitude);
    expect(orbitBound(abs, 2 ** (k + 1))).toBeCloseTo(orbitBound(abs, 2 ** k) / 2, 12);
  });

  test('must fail: the first bit of a block flipped, eight bits cut off, in float64', () => {
    const k = 64;
    const code = encodeOrbit(abs, k);
    const errorOf = (changed: Partial<OrbitCode>): number =>
      certifySupNorm(abs, orbitFunction({ ...code, ...changed })).lower;
    const bound = orbitBound(abs, k);
    const flipped = Array.from({ length: k }, (_, j) => errorOf({ w: code.w ^ (1n << BigInt(code.bits - 1 - 4 * j)) }));
    expect(flipped.filter((error) => error > bound).length).toBeGreaterThanOrEqual(0.95 * k);
    const cut = (bits: number): bigint => (code.w >> BigInt(bits)) << BigInt(bits);
    expect(errorOf({ w: cut(8) })).toBeGreaterThanOrEqual(errorOf({}));
    // float64 keeps 53 of 256 bits.
    expect(errorOf({ w: cut(code.bits - 53) })).toBeGreaterThan(4 * bound);
  });

  test('refuses what it cannot encode', () => {
    expect(encodeOrbitDefaults).toEqual({ stepsPerCell: 4 });
    expect(() => encodeOrbit(abs, 12)).toThrow('encodeOrbit: cells must be a power of two up to 16384: got 12');
    expect(() => encodeOrbit(abs, 8, { stepsPerCell: 2 })).toThrow(
      'encodeOrbit: stepsPerCell must be an integer 3 … 8: got 2',
    );
    const wide = polynomialTarget([0, 1], { domain: [0, 2] });
    expect(() => orbitBound(wide, 8)).toThrow('orbitBound: the domain must be [0, 1]: got [0, 2]');
    expect(() => encodeOrbit({ ...abs, modulus: { ...abs.modulus, concave: false } }, 8)).toThrow(
      'encodeOrbit: the modulus must be concave',
    );
    expect(() => encodeOrbit({ ...abs, modulus: lipschitzModulus(0.5) }, 8)).toThrow('modulus');
  });
});

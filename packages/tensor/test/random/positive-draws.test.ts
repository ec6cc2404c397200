import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import {
  bernoulli,
  bernoulliDefaults,
  exponential,
  exponentialDefaults,
  gamma,
  gammaDefaults,
  key,
  normal,
  uniform,
} from '../../src/random/index.js';
import { normalQuantile } from '../../src/random/normal-quantile.js';

const keys = fc.maxSafeNat().map(key);
const alphas = fc.oneof(fc.double({ min: 1e-3, max: 2, noNaN: true }), fc.double({ min: 1, max: 1e6, noNaN: true }));

test.prop([keys, alphas, fc.nat(40), fc.nat(40)])('the first k of n draws are the k draws', (k, alpha, m, n) => {
  expect(exponential(k, m + n).subarray(0, n)).toEqual(exponential(k, n));
  expect(gamma(k, m + n, { alpha }).subarray(0, n)).toEqual(gamma(k, n, { alpha }));
  expect(bernoulli(k, m + n).subarray(0, n)).toEqual(bernoulli(k, n));
});

test.prop([keys, alphas, fc.integer({ min: -100, max: 100 })])('scale scales', (k, alpha, exponent) => {
  const scale = 2 ** exponent;
  expect(exponential(k, 10, { scale })).toEqual(exponential(k, 10).map((x) => x * scale));
  expect(gamma(k, 10, { alpha, scale })).toEqual(gamma(k, 10, { alpha }).map((x) => x * scale));
});

test.prop([keys])(
  'exponential falls as the normal draw of the same key rises: both are quantiles of one number',
  (k) => {
    const z = normal(k, 20);
    const e = exponential(k, 20);
    for (let i = 0; i < 20; i++) {
      expect(e[i]).toBeGreaterThan(0);
      // z = Φ⁻¹(p), e = −log p: invert one and compare. Φ⁻¹ magnifies the error of p by 1 / φ(z), here at most 1e4.
      expect(Math.abs(normalQuantile(Math.exp(-e[i])) - z[i])).toBeLessThan(1e-10);
    }
  },
);

test.prop([keys, alphas])('gamma draws are finite and not negative', (k, alpha) => {
  for (const x of gamma(k, 50, { alpha })) expect(x >= 0 && x < Number.POSITIVE_INFINITY).toBe(true);
});

test.prop([keys, fc.double({ min: 0, max: 1, noNaN: true })])(
  'bernoulli is whether uniform is below',
  (k, probability) => {
    expect(bernoulli(k, 30, { probability })).toEqual(Uint8Array.from(uniform(k, 30), (u) => Number(u < probability)));
  },
);

it('defaults and ends', () => {
  const k = key(1);
  expect([exponentialDefaults, gammaDefaults, bernoulliDefaults]).toEqual([
    { scale: 1 },
    { scale: 1 },
    { probability: 0.5 },
  ]);
  expect(exponential(k, 9)).toEqual(exponential(k, 9, exponentialDefaults));
  expect(gamma(k, 9, { alpha: 2 })).toEqual(gamma(k, 9, { alpha: 2, ...gammaDefaults }));
  expect(bernoulli(k, 9)).toEqual(bernoulli(k, 9, bernoulliDefaults));
  expect(exponential(k, 0)).toEqual(new Float64Array(0));
  expect(exponential(k, 3, { scale: 0 })).toEqual(new Float64Array(3));
  expect(gamma(k, 3, { alpha: 2, scale: 0 })).toEqual(new Float64Array(3));
  expect(bernoulli(k, 100, { probability: 0 })).toEqual(new Uint8Array(100));
  expect(bernoulli(k, 100, { probability: 1 })).toEqual(new Uint8Array(100).fill(1));
  // All but surely below the smallest double, and close to alpha.
  expect(gamma(k, 5, { alpha: 1e-320 })).toEqual(new Float64Array(5));
  for (const x of gamma(k, 5, { alpha: 1e300 })) expect(Math.abs(x / 1e300 - 1)).toBeLessThan(1e-15);
});

it('misuse is refused', () => {
  const k = key(0);
  for (const scale of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e307]) {
    const message = `scale is negative or makes draws overflow: ${scale}`;
    expect(() => exponential(k, 1, { scale })).toThrow(new RangeError(`exponential: ${message}`));
    expect(() => gamma(k, 1, { alpha: 50, scale })).toThrow(new RangeError(`gamma: ${message}`));
  }
  for (const alpha of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => gamma(k, 1, { alpha })).toThrow(new RangeError(`gamma: alpha is not positive and finite: ${alpha}`));
  }
  for (const probability of [-0.1, 1.1, Number.NaN]) {
    expect(() => bernoulli(k, 1, { probability })).toThrow(
      new RangeError(`bernoulli: probability is not from 0 to 1: ${probability}`),
    );
  }
  expect(() => exponential(k, -1)).toThrow('exponential: count is not an integer from 0 to 2^53 - 1: -1');
  expect(() => exponential([1, 2 ** 32], 1)).toThrow('exponential: key is not two integers from 0 to 2^32 - 1');
  // @ts-expect-error alpha is required
  expect(() => gamma(k, 1, {})).toThrow(new TypeError('gamma: alpha is not a number: undefined'));
  // @ts-expect-error no such option
  expect(() => gamma(k, 1, { alpha: 1, beta: 2 })).toThrow(
    new TypeError('gamma: unknown option beta; it takes alpha, scale'),
  );
  // @ts-expect-error a number
  expect(() => exponential(k, 1, { scale: '2' })).toThrow(new TypeError('exponential: scale is not a number: 2'));
  // @ts-expect-error an object
  expect(() => bernoulli(k, 1, 0.5)).toThrow(new TypeError('bernoulli: options must be an object, got number'));
});

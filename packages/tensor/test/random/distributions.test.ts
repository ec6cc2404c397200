import { describe, expect, it } from 'vitest';
import {
  bernoulli,
  choice,
  exponential,
  fold,
  gamma,
  type Key,
  key,
  normal,
  permutation,
  randint,
  split,
  uniform,
} from '../../src/random/index.js';
import { chiSquarePValue, gammaCdf, ksPValue } from './distributions.js';
import { meanOf } from './statistics.js';

// One lucky key proves little, and so does one p-value. Each test draws from 60 keys, computes a p-value for each and asks whether those are spread
// evenly, as they are for exactly the draws that follow their distribution. The bound on the p-value of that second test is 1e-5, and the keys are
// fixed: about 25 tests are a false alarm of 2.5e-4 when they were chosen, and none afterwards.

const KEYS = 60;
const ALARM = 1e-5;

const even = (cells: number): number[] => new Array<number>(cells).fill(1 / cells);

/** How often each of `cells` values occurs. */
function histogram(values: ArrayLike<number>, cells: number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < values.length; i++) counts[values[i]]++;
  return counts;
}

/** Φ(x), by P(1/2, x²/2). */
const normalCdf = (x: number): number => 0.5 + 0.5 * Math.sign(x) * gammaCdf(0.5, (x * x) / 2);

/** The p-value of the p-values that a test gives for many keys. */
function secondLevel(root: number, test: (k: Key) => number): number {
  const keys = split(key(root), KEYS);
  return ksPValue(keys.map(test), (p) => Math.min(Math.max(p, 0), 1));
}

describe('the statistics themselves', () => {
  // scipy.special.gammainc of SciPy 1.17.1.
  it.each([
    [0.5, 0.1, 0.34527915398142317],
    [1, 2, 0.8646647167633873],
    [2.5, 2.5, 0.584119813004492],
    [10, 3, 0.0011024881301154815],
    [50, 60, 0.9155933189063082],
  ])('P(%d, %d)', (a, x, p) => {
    expect(Math.abs(gammaCdf(a, x) - p)).toBeLessThan(1e-11);
  });

  it('p-values of known statistics', () => {
    // Statistic 16.4 with 9 degrees: scipy.stats.chi2.sf.
    expect(chiSquarePValue([19, 1, 10, 10, 10, 10, 10, 10, 11, 9], even(10))).toBeCloseTo(0.05898403054441936, 12);
    // Midpoints of 100 equal cells to a power: scipy.stats.kstest.
    for (const [power, p] of [
      [1.1, 0.9952324566676288],
      [1.3, 0.24022065390747058],
      [1.5, 0.01633172605301383],
    ]) {
      const values = Float64Array.from({ length: 100 }, (_, i) => ((i + 0.5) / 100) ** power);
      expect(Math.abs(ksPValue(values, (x) => x) - p)).toBeLessThan(0.01);
    }
  });

  it('notice, at the sizes used below, a scale and a shape that are 10 % off, a probability that is 25 %', () => {
    expect(secondLevel(1, (k) => ksPValue(exponential(k, 1000), (x) => 1 - Math.exp(-x / 1.1)))).toBeLessThan(ALARM);
    expect(secondLevel(2, (k) => ksPValue(gamma(k, 700, { alpha: 2 }), (x) => gammaCdf(2.2, x)))).toBeLessThan(ALARM);
    const biased = [0.75, ...new Array<number>(9).fill((10 - 0.75) / 9)].map((p) => p / 10);
    expect(secondLevel(3, (k) => chiSquarePValue(histogram(randint(k, 2000, { max: 10 }), 10), biased))).toBeLessThan(
      ALARM,
    );
  });
});

describe('Kolmogorov-Smirnov', () => {
  const gammas = [0.2, 0.7, 1, 1.5, 4, 30].map((alpha): [string, (k: Key) => Float64Array, (x: number) => number] => [
    `gamma ${alpha}`,
    (k) => gamma(k, 700, { alpha, scale: 3 }),
    (x) => gammaCdf(alpha, x / 3),
  ]);
  it.each([
    ['uniform', (k: Key) => uniform(k, 1000, { min: -1, max: 3 }), (x: number) => (x + 1) / 4],
    ['normal', (k: Key) => normal(k, 700, { mean: 2, standardDeviation: 3 }), (x: number) => normalCdf((x - 2) / 3)],
    ['exponential', (k: Key) => exponential(k, 1000, { scale: 2 }), (x: number) => 1 - Math.exp(-x / 2)],
    ...gammas,
  ] as const)('%s', (_name, draws, cdf) => {
    expect(secondLevel(2026, (k) => ksPValue(draws(k), cdf))).toBeGreaterThan(ALARM);
  });
});

describe('chi-square', () => {
  const weights = [1, 0, 2, 5, 0.5, 1.5];
  const positive = [1, 2, 5, 0.5, 1.5].map((w) => w / 10);
  const once = (k: Key, n: number, draw: (k: Key) => number): number[] =>
    Array.from({ length: n }, (_, i) => draw(fold(k, i)));

  it.each([
    ['randint', (k: Key) => randint(k, 2000, { max: 20 }), even(20)],
    [
      'low bits of randint over all of int32',
      (k: Key) => randint(k, 2000, { min: -(2 ** 31), max: 2 ** 31 }).map((v) => v & 15),
      even(16),
    ],
    ['bernoulli, three in a row', (k: Key) => triples(bernoulli(k, 6000, { probability: 0.3 })), cubes(0.3)],
    ['choice', (k: Key) => choice(k, 20, { count: 2000 }), even(20)],
    ['choice by weights', (k: Key) => choice(k, 6, { count: 2000, weights }).map((v) => (v > 1 ? v - 1 : v)), positive],
    [
      'choice without replacement, orders of 2 of 4',
      (k: Key) => once(k, 600, (child) => pair(choice(child, 4, { count: 2, replace: false }))),
      even(12),
    ],
    ['permutation, orders of 3', (k: Key) => once(k, 400, (child) => pair(permutation(child, 3))), even(6)],
  ] as const)('%s', (_name, draws, probabilities) => {
    const p = secondLevel(2027, (k) => chiSquarePValue(histogram(draws(k), probabilities.length), probabilities));
    expect(p).toBeGreaterThan(ALARM);
  });

  it('choice by weights without replacement: each order as often as drawing one after the other would give it', () => {
    const w = [1, 2, 4];
    const total = 7;
    const orders = [
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 1],
    ] as const;
    const probabilities = orders.map(([a, b]) => (w[a] / total) * (w[b] / (total - w[a])));
    const p = secondLevel(2028, (k) => {
      const draws = once(k, 800, (child) => {
        const [a, b] = choice(child, 3, { count: 2, replace: false, weights: w });
        return orders.findIndex(([c, d]) => a === c && b === d);
      });
      return chiSquarePValue(histogram(draws, 6), probabilities);
    });
    expect(p).toBeGreaterThan(ALARM);
  });

  /** Number of an ordered pair of different items, where the first two say it all. */
  function pair(order: Int32Array): number {
    const n = order.length === 3 ? 3 : 4;
    return order[0] * (n - 1) + order[1] - (order[1] > order[0] ? 1 : 0);
  }

  function triples(bits: Uint8Array): number[] {
    return Array.from({ length: bits.length / 3 }, (_, i) => 4 * bits[3 * i] + 2 * bits[3 * i + 1] + bits[3 * i + 2]);
  }

  function cubes(p: number): number[] {
    return Array.from({ length: 8 }, (_, i) => [4, 2, 1].reduce((q, bit) => q * (i & bit ? p : 1 - p), 1));
  }
});

describe('independence', () => {
  const relatives: readonly [string, (k: Key) => readonly [Key, Key]][] = [
    ['siblings', (k) => [split(k)[0], split(k)[1]]],
    ['distant siblings', (k) => [split(k, 65)[0], split(k, 65)[64]]],
    ['parent and child', (k) => [k, split(k)[0]]],
    ['parent and folded child', (k) => [k, fold(k, 0)]],
    ['folded and split child', (k) => [fold(k, 0), split(k)[0]]],
    ['neighbouring folds', (k) => [fold(k, 7), fold(k, 8)]],
    ['cousins', (k) => [split(split(k)[0])[1], split(split(k)[1])[1]]],
  ];

  it.each(relatives)('pairs of draws from %s fill the square evenly', (_name, family) => {
    const p = secondLevel(2029, (k) => {
      const [a, b] = family(k).map((relative) => uniform(relative, 2000));
      return chiSquarePValue(
        histogram(
          a.map((u, i) => 8 * Math.floor(8 * u) + Math.floor(8 * b[i])),
          64,
        ),
        even(64),
      );
    });
    expect(p).toBeGreaterThan(ALARM);
  });

  it('neighbouring draws of one key fill the square evenly, gamma draws too', () => {
    const square = (u: Float64Array): number => {
      const cells = u.subarray(1).map((v, i) => 8 * Math.floor(8 * u[i]) + Math.floor(8 * v));
      return chiSquarePValue(
        histogram(
          cells.filter((_, i) => i % 2 === 0),
          64,
        ),
        even(64),
      );
    };
    expect(secondLevel(2030, (k) => square(uniform(k, 4000)))).toBeGreaterThan(ALARM);
    expect(
      secondLevel(2031, (k) => square(gamma(k, 1200, { alpha: 0.5 }).map((x) => gammaCdf(0.5, x)))),
    ).toBeGreaterThan(ALARM);
  });

  it('first draws of consecutive seeds are even', () => {
    const first = Float64Array.from({ length: 20000 }, (_, seed) => uniform(key(seed), 1)[0]);
    expect(ksPValue(first, (x) => x)).toBeGreaterThan(1e-4);
  });
});

describe('moments of 200 000 draws', () => {
  // Bounds of 5 deviations of the mean of xᵏ, from E x²ᵏ: false alarm 5.7e-7 each.
  const n = 200_000;
  const check = (draws: Float64Array, moment: (k: number) => number): void => {
    for (const k of [1, 2, 3]) {
      const deviation = Math.sqrt((moment(2 * k) - moment(k) ** 2) / n);
      expect(Math.abs(meanOf(draws, (x) => x ** k) - moment(k))).toBeLessThan(5 * deviation);
    }
  };
  /** E xᵏ = scaleᵏ α (α + 1) … (α + k − 1). */
  const gammaMoment = (alpha: number, scale: number) => (k: number) =>
    Array.from({ length: k }, (_, i) => (alpha + i) * scale).reduce((a, b) => a * b, 1);

  it('exponential', () => check(exponential(key(5), n, { scale: 0.5 }), gammaMoment(1, 0.5)));
  it.each([0.05, 0.5, 1, 3, 100])('gamma %d', (alpha) =>
    check(gamma(key(6), n, { alpha, scale: 2 }), gammaMoment(alpha, 2)),
  );
});

import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eigenvalues } from '../src/cp/gevd/eigenvalues.js';
import { eigenvectors } from '../src/cp/gevd/eigenvectors.js';
import { gevdFactors } from '../src/cp/gevd/gevd-factors.js';
import { float64Elements } from '../src/float64-elements.js';
import { cpAls, createProblem, factorMatchScore } from '../src/index.js';
import { irregular } from './irregular.js';

/** a·b for n × n matrices. */
function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return a.map((_, q) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(q / n) * n + k] * b[k * n + (q % n)];
    return sum;
  });
}

/** A matrix similar to the given one by random reflections. */
function turned(matrix: Float64Array, n: number, seed: number): Float64Array {
  let a = matrix;
  for (let k = 0; k < 3; k++) {
    const v = normal(key(seed + k), n);
    const squares = v.reduce((sum, value) => sum + value * value, 0);
    const h = a.map((_, q) => (Math.floor(q / n) === q % n ? 1 : 0) - (2 * v[Math.floor(q / n)] * v[q % n]) / squares);
    a = times(times(h, a, n), h, n);
  }
  return a;
}

const sorted = (values: ArrayLike<number>): number[] => Array.from(values).sort((a, b) => a - b);

describe('eigenvalues of a real matrix', () => {
  test.prop([fc.integer({ min: 1, max: 12 }), fc.nat(1000)])('known real ones', (n, seed) => {
    const values = normal(key(seed), n);
    const upper = irregular([n, n], seed).toTypedArray();
    const matrix = Float64Array.from({ length: n * n }, (_, q) => {
      const [i, j] = [Math.floor(q / n), q % n];
      return i === j ? 3 * i + Math.tanh(values[i]) : i < j ? upper[q] : 0;
    });
    const found = eigenvalues(n, turned(matrix, n, seed));
    expect(found).toBeDefined();
    const expected = sorted(Array.from(values, (value, i) => 3 * i + Math.tanh(value)));
    expectClose(sorted(found?.real ?? []), expected, { factor: 1e9, scale: 3 * n });
    expectClose(found?.imaginary ?? [], new Array(n).fill(0), { factor: 1e9, scale: 3 * n });
  });

  test.prop([fc.integer({ min: 1, max: 6 }), fc.nat(1000)])('known conjugate pairs', (pairs, seed) => {
    const n = 2 * pairs;
    const matrix = new Float64Array(n * n);
    for (let k = 0; k < pairs; k++) {
      matrix[2 * k * n + 2 * k] = k;
      matrix[(2 * k + 1) * n + 2 * k + 1] = k;
      matrix[2 * k * n + 2 * k + 1] = 1 + k;
      matrix[(2 * k + 1) * n + 2 * k] = -1 - k;
    }
    const found = eigenvalues(n, turned(matrix, n, seed));
    expectClose(sorted(found?.real ?? []), sorted(Array.from({ length: n }, (_, i) => Math.floor(i / 2))), {
      factor: 1e5,
      scale: n,
    });
    const sizes = Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1) * (1 + Math.floor(i / 2)));
    expectClose(sorted(found?.imaginary ?? []), sorted(sizes), { factor: 1e5, scale: n });
    for (let k = 0; k < n; k += 2) expect(found?.imaginary[k]).toBeGreaterThan(0);
  });

  test.prop([fc.integer({ min: 1, max: 20 }), fc.nat(1000)])('sum and sum of squares are traces', (n, seed) => {
    const matrix = normal(key(seed), n * n);
    const { real, imaginary } = eigenvalues(n, matrix) ?? { real: [], imaginary: [] };
    const trace = (a: Float64Array): number => a.reduce((sum, value, q) => sum + (q % (n + 1) === 0 ? value : 0), 0);
    expectClose([sorted(real).reduce((a, b) => a + b, 0)], [trace(matrix)], { factor: 1e6, scale: n });
    const squares = Array.from(real).reduce((sum, a, k) => sum + a * a - imaginary[k] ** 2, 0);
    expectClose([squares], [trace(times(matrix, matrix, n))], { factor: 1e6, scale: n * n });
  });

  test('zero, the identity, a nilpotent matrix, a cycle, badly scaled', () => {
    expect(Array.from(eigenvalues(3, new Float64Array(9))?.real ?? [])).toEqual([0, 0, 0]);
    expect(Array.from(eigenvalues(2, Float64Array.of(1, 0, 0, 1))?.real ?? [])).toEqual([1, 1]);
    expectClose(eigenvalues(3, Float64Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0))?.real ?? [], [0, 0, 0], {
      factor: 4,
      scale: 1,
    });
    const cycle = eigenvalues(4, Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0));
    expectClose(sorted(cycle?.real ?? []), [-1, 0, 0, 1], { factor: 100, scale: 1 });
    const scaled = eigenvalues(2, Float64Array.of(1, 1e12, 1e-12, 2));
    expectClose(sorted(scaled?.real ?? []), [(3 - Math.sqrt(5)) / 2, (3 + Math.sqrt(5)) / 2], { factor: 100 });
  });
});

test.prop([fc.integer({ min: 1, max: 15 }), fc.nat(1000)])(
  'eigenvectors: A times the basis stays in it, one column or two at a time',
  (n, seed) => {
    const matrix = normal(key(seed), n * n);
    const values = eigenvalues(n, matrix) ?? { real: [], imaginary: [] };
    const vectors = eigenvectors(n, matrix, key(1)) ?? new Float64Array(0);
    const image = times(matrix, vectors, n);
    for (let j = 0; j < n; j++) {
      const column = (a: Float64Array, c: number): number[] => Array.from({ length: n }, (_, i) => a[i * n + c]);
      const [v, av] = [column(vectors, j), column(image, j)];
      expectClose([v.reduce((sum, value) => sum + value * value, 0)], [1], { factor: 100 });
      if (values.imaginary[j] === 0) {
        expectClose(
          av,
          v.map((value) => value * values.real[j]),
          { factor: 1e7, scale: n },
        );
        continue;
      }
      // A(Av) - 2a·Av + (a² + b²)v = 0 for every vector of the plane of a pair.
      const aav = column(times(matrix, image, n), j);
      const [a, b] = [values.real[j], values.imaginary[j]];
      const rest = aav.map((value, i) => value - 2 * a * av[i] + (a * a + b * b) * v[i]);
      expectClose(rest, new Array(n).fill(0), { factor: 1e7, scale: n * n });
    }
  },
);

describe('gevdFactors', () => {
  test.prop([
    fc.record({
      shape: fc.array(fc.integer({ min: 3, max: 7 }), { minLength: 3, maxLength: 4 }),
      rank: fc.integer({ min: 1, max: 3 }),
      collinearity: fc.constantFrom(undefined, 0.5, 0.9),
      seed: fc.nat(1000),
    }),
  ])('finds the components of exact data', ({ shape, rank, collinearity, seed }) => {
    const { tensor: x, solution } = createProblem({ shape, rank, collinearity, key: key(seed) });
    const factors = gevdFactors(float64Elements(x), shape, rank, key(seed + 1));
    expect(factors).toBeDefined();
    const tensors = (factors ?? []).map((factor, n) => tensor(factor, [shape[n], rank]));
    const found = cpAls(x, rank, {
      init: { weights: tensor(new Float64Array(rank).fill(1)), factors: tensors },
      maxIterations: 1,
    });
    expect(found.relativeError).toBeLessThan(1e-5);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-3);
  });

  test('a rank that no two modes hold, order 2, and zeros have no such start', () => {
    expect(gevdFactors(float64Elements(irregular([2, 3, 4], 1)), [2, 3, 4], 4, key(0))).toBeUndefined();
    expect(gevdFactors(float64Elements(irregular([4, 4], 1)), [4, 4], 2, key(0))).toBeUndefined();
    expect(gevdFactors(new Float64Array(27), [3, 3, 3], 2, key(0))).toBeUndefined();
  });

  test('where noise makes conjugate pairs the factors are real and finite', () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = gevdFactors(normal(key(seed), 5 * 6 * 7), [5, 6, 7], 5, key(0));
      expect(found?.every((factor) => factor.every(Number.isFinite))).toBe(true);
    }
  });
});

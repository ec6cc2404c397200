import { fc, test } from '@fast-check/vitest';
import { matmul, mul, sub, sum, type Tensor, transpose } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  borderRankProblem,
  borderRankProblemDefaults,
  collinearFactors,
  collinearFactorsDefaults,
  cpAls,
  cpOpt,
  cpToTensor,
  createProblem,
  createProblemDefaults,
  degeneracy,
  normalizeCp,
} from '../src/index.js';

const bitsOf = (tensors: readonly Tensor[]): number[] => tensors.flatMap((t) => Array.from(t.toTypedArray(), Number));
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

describe('collinearFactors', () => {
  test.prop([
    fc.integer({ min: 1, max: 4 }).chain((rank) =>
      fc.record({
        rank: fc.constant(rank),
        shape: fc.array(fc.integer({ min: rank, max: 7 }), { minLength: 1, maxLength: 4 }),
        collinearity: fc.double({ min: -0.3, max: 0.9999, noNaN: true }),
        seed: fc.nat(1000),
      }),
    ),
  ])('columns have norm 1 and one cosine', ({ rank, shape, collinearity, seed }) => {
    const factors = collinearFactors({ shape, rank, collinearity, key: key(seed) });
    expect(factors.map((factor) => factor.shape)).toEqual(shape.map((n) => [n, rank]));
    for (const factor of factors) {
      const expected = Array.from({ length: rank * rank }, (_, q) => (q % (rank + 1) === 0 ? 1 : collinearity));
      expectClose(matmul(transpose(factor), factor).toTypedArray(), expected, { factor: 64, scale: 1 });
    }
  });

  test.prop([
    fc.integer({ min: 1, max: 4 }).chain((rank) =>
      fc.record({
        rank: fc.constant(rank),
        shape: fc.array(fc.integer({ min: rank, max: 9 }), { minLength: 1, maxLength: 3 }),
        collinearity: fc.double({ min: 0, max: 0.9999, noNaN: true }),
        seed: fc.nat(1000),
      }),
    ),
  ])('nonnegative: no entry below 0, and the cosine all the same', ({ rank, shape, collinearity, seed }) => {
    const factors = collinearFactors({ shape, rank, collinearity, nonnegative: true, key: key(seed) });
    for (const factor of factors) {
      expect(Math.min(...Array.from(factor.toTypedArray(), Number))).toBeGreaterThanOrEqual(0);
      const expected = Array.from({ length: rank * rank }, (_, q) => (q % (rank + 1) === 0 ? 1 : collinearity));
      expectClose(matmul(transpose(factor), factor).toTypedArray(), expected, { factor: 64, scale: 1 });
    }
  });

  test('the key decides, and its default is the one exported', () => {
    const options = { shape: [4, 4], rank: 2, collinearity: 0.5 };
    const bits = (factors: Tensor[]): number[] => factors.flatMap((factor) => Array.from(factor.toTypedArray()));
    expectSameBits(
      bits(collinearFactors(options)),
      bits(collinearFactors({ ...options, ...collinearFactorsDefaults })),
    );
    expect(bits(collinearFactors(options))).not.toEqual(bits(collinearFactors({ ...options, key: key(1) })));
    const [first, second] = collinearFactors(options);
    expect(first.toArray()).not.toEqual(second.toArray());
  });
});

/** The options of a generated problem. */
function optionsOf<T extends { readonly seed: number }>({ seed: _, ...options }: T): Omit<T, 'seed'> {
  return options;
}

describe('createProblem', () => {
  const options = fc.record({
    shape: fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 4 }),
    rank: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(1000),
    collinearity: fc.constantFrom(undefined, 0, 0.9),
  });

  test.prop([options, fc.constantFrom(0, 0.1, 3)])(
    'the tensor is the solution plus noise of the norm asked for',
    (o, noise) => {
      const { tensor, solution } = createProblem({ ...optionsOf(o), noise, key: key(o.seed) });
      const exact = cpToTensor(solution);
      expect(tensor.shape).toEqual(o.shape);
      expectClose([norm(sub(tensor, exact))], [noise * norm(exact)], { factor: 100, scale: (1 + noise) * norm(exact) });
      expect(solution.weights.size).toBe(o.rank);
      const again = normalizeCp(solution);
      expectClose(again.weights.toTypedArray(), solution.weights.toTypedArray(), { factor: 8 });
      if (o.collinearity !== undefined) {
        expectClose(solution.weights.toTypedArray(), new Array(o.rank).fill(1), { factor: 64 });
      }
    },
  );

  test.prop([options])('noise is not in the way of the factors: equal keys, equal solutions', (o) => {
    const [a, b] = [0, 0.5].map((noise) => createProblem({ ...optionsOf(o), noise, key: key(o.seed) }));
    const bits = ({ solution }: typeof a): number[] =>
      [solution.weights, ...solution.factors].flatMap((t) => Array.from(t.toTypedArray()));
    expectSameBits(bits(a), bits(b));
    expect(bits(createProblem({ ...optionsOf(o), key: key(o.seed + 1) }))).not.toEqual(bits(a));
  });

  test.prop([options, fc.double({ min: 0, max: 0.99, noNaN: true })])(
    'exactly the share asked for is missing, and it is nobody else’s business',
    (o, missing) => {
      const size = o.shape.reduce((product, n) => product * n, 1);
      fc.pre(Math.round(missing * size) < size);
      const found = createProblem({ ...optionsOf(o), noise: 0.1, missing, key: key(o.seed) });
      expect([found.mask.dtype, found.mask.shape]).toEqual(['bool', o.shape]);
      expect(size - sum(found.mask).item()).toBe(Math.round(missing * size));
      const whole = createProblem({ ...optionsOf(o), noise: 0.1, key: key(o.seed) });
      expect(sum(whole.mask).item()).toBe(size);
      expectSameBits(found.tensor.toTypedArray(), whole.tensor.toTypedArray());
      expectSameBits(bitsOf(found.solution.factors), bitsOf(whole.solution.factors));
    },
  );

  test('what is missing is spread over all elements, and depends on the key', () => {
    const maskOf = (seed: number): number[] =>
      bitsOf([createProblem({ shape: [4, 5], rank: 1, missing: 0.3, key: key(seed) }).mask]);
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 400; seed++) for (const [q, kept] of maskOf(seed).entries()) counts[q] += 1 - kept;
    // Binomial: 120 expected, standard deviation 9.2.
    for (const count of counts) expect(Math.abs(count - 120)).toBeLessThan(46);
    expect(maskOf(1)).toEqual(maskOf(1));
    expect(maskOf(1)).not.toEqual(maskOf(2));
  });

  test.prop([options])('nonnegative: no entry of the solution is below 0', (o) => {
    const found = createProblem({ ...optionsOf(o), nonnegative: true, key: key(o.seed) });
    expect(Math.min(...bitsOf(found.solution.factors), ...bitsOf([found.tensor]))).toBeGreaterThanOrEqual(0);
    if (o.collinearity === undefined) {
      const signed = createProblem({ ...optionsOf(o), key: key(o.seed) });
      expectClose(found.solution.weights.toTypedArray(), signed.solution.weights.toTypedArray(), { factor: 8 });
    }
  });

  test('defaults are those exported', () => {
    const o = { shape: [3, 3], rank: 2 };
    expectSameBits(
      createProblem(o).tensor.toTypedArray(),
      createProblem({ ...o, ...createProblemDefaults }).tensor.toTypedArray(),
    );
  });
});

describe('borderRankProblem', () => {
  const shapes = fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 3, maxLength: 5 });

  test.prop([shapes, fc.double({ min: 0.5, max: 1000, noNaN: true }), fc.option(fc.nat(99), { nil: undefined })])(
    'the approximation is as far away as the formula says',
    (shape, n, seed) => {
      const found = borderRankProblem(n, { shape, key: seed === undefined ? undefined : key(seed) });
      expect(found.tensor.shape).toEqual(shape);
      expectClose([norm(found.tensor)], [Math.sqrt(shape.length)], { factor: 64 });
      expectClose(bitsOf([cpToTensor(found.exact)]), bitsOf([found.tensor]), { factor: 0 });
      expect([found.exact.weights.size, found.approximation.weights.size]).toEqual([shape.length, 2]);
      const distance = norm(sub(cpToTensor(found.approximation), found.tensor)) / norm(found.tensor);
      // Its two components of norm about n cancel.
      expectClose([distance], [found.relativeError], { factor: 256, scale: n + found.relativeError });
    },
  );

  test('of order 3 it is W, and n(e1 + e2/n)^∘3 - n·e1^∘3', () => {
    const { tensor: w, approximation, relativeError } = borderRankProblem(10);
    expect(w.toArray()).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ]);
    expect(approximation.weights.toArray()).toEqual([10, -10]);
    for (const factor of approximation.factors) {
      expect(factor.toArray()).toEqual([
        [1, 1],
        [0.1, 0],
      ]);
    }
    expectClose([relativeError], [Math.sqrt(3.01 / 3) / 10], { factor: 4 });
    expectSameBits(bitsOf([borderRankProblem(10, borderRankProblemDefaults).tensor]), bitsOf([w]));
  });

  test('the components of the approximations oppose each other, the more the closer', () => {
    const cosines = [1, 10, 100].map(
      (n) => degeneracy(borderRankProblem(n, { shape: [3, 4, 2, 2], key: key(1) }).approximation).cosine,
    );
    expect(cosines[0]).toBeGreaterThan(cosines[1]);
    expect(cosines[1]).toBeGreaterThan(cosines[2]);
    expectClose([cosines[2]], [-(1.0001 ** -2)], { factor: 64 });
  });

  test('fits of rank 2 are degenerate, those of its rank are exact', () => {
    const { tensor: w, exact } = borderRankProblem(1, { shape: [3, 4, 3], key: key(2) });
    expect(cpOpt(w, 2).status).toBe('degenerate');
    expect(cpAls(w, 3, { init: exact }).relativeError).toBeLessThan(1e-14);
  });
});

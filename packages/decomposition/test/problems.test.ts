import { fc, test } from '@fast-check/vitest';
import { matmul, mul, sub, sum, type Tensor, transpose } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  collinearFactors,
  collinearFactorsDefaults,
  cpToTensor,
  createProblem,
  createProblemDefaults,
  normalizeCp,
} from '../src/index.js';

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
      const { tensor, solution } = createProblem({ ...o, noise, key: key(o.seed) });
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
    const [a, b] = [0, 0.5].map((noise) => createProblem({ ...o, noise, key: key(o.seed) }));
    const bits = ({ solution }: typeof a): number[] =>
      [solution.weights, ...solution.factors].flatMap((t) => Array.from(t.toTypedArray()));
    expectSameBits(bits(a), bits(b));
    expect(bits(createProblem({ ...o, key: key(o.seed + 1) }))).not.toEqual(bits(a));
  });

  test('defaults are those exported', () => {
    const o = { shape: [3, 3], rank: 2 };
    expectSameBits(
      createProblem(o).tensor.toTypedArray(),
      createProblem({ ...o, ...createProblemDefaults }).tensor.toTypedArray(),
    );
  });
});

import { fc, test } from '@fast-check/vitest';
import { ones, tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type CpTensor, congruence, factorMatchScore } from '../src/index.js';
import { permutations } from './arbitraries.js';
import { irregular } from './irregular.js';

function allPermutations(list: number[]): number[][] {
  return list.length === 0
    ? [[]]
    : list.flatMap((r) => allPermutations(list.filter((o) => o !== r)).map((rest) => [r, ...rest]));
}

describe('peers’ cases of comparing CP tensors', () => {
  const problems = fc
    .record({ rank: fc.integer({ min: 1, max: 4 }), seed: fc.nat(50) })
    .chain(({ rank, seed }) =>
      fc.record({ rank: fc.constant(rank), seed: fc.constant(seed), order: permutations(rank) }),
    );

  test.prop([problems])('the best mean congruence is that of all permutations (peer case 24)', ({ rank, seed }) => {
    const [a, b] = [1, 40].map(
      (first): CpTensor => ({
        weights: ones([rank]),
        factors: [5, 4, 6].map((n, m) => irregular([n, rank], seed + first + m)),
      }),
    );
    const cosines = congruence(a, b).toArray<number[][]>();
    const means = allPermutations([...Array(rank).keys()]).map(
      (rows) => rows.reduce((total, r, s) => total + Math.abs(cosines[r][s]), 0) / rank,
    );
    const { score } = factorMatchScore(a, b, { weightPenalty: false });
    expectClose([score], [Math.max(...means)], { factor: 100, scale: 1 });
  });

  test.prop([problems])(
    'is 1 for permuted components with signs turned, and names the permutation (peer case 24)',
    (p) => {
      const { rank, seed, order } = p;
      const a: CpTensor = { weights: ones([rank]), factors: [5, 4, 6].map((n, m) => irregular([n, rank], seed + m)) };
      const turned: CpTensor = {
        ...a,
        factors: a.factors.map((factor, m) => {
          const rows = factor.toArray<number[][]>();
          return tensor(rows.map((row) => order.map((from, r) => (m < 2 && r % 2 === 1 ? -row[from] : row[from]))));
        }),
      };
      const found = factorMatchScore(a, turned, { weightPenalty: false });
      expectClose([found.score], [1], { factor: 100 });
      expect(found.permutation).toEqual(order);
    },
  );

  const two = (first: number[][]): CpTensor => ({
    weights: ones([2]),
    factors: [
      tensor(first),
      tensor([
        [5, 6],
        [7, 8],
      ]),
    ],
  });
  const k1 = two([
    [1, 2],
    [3, 4],
  ]);

  test('one entry changed scores 0.95, none 1 (peer case 36)', () => {
    const k2 = two([
      [0, 2],
      [3, 4],
    ]);
    expectClose([factorMatchScore(k1, k2).score], [0.95], { factor: 16 });
    expectClose([factorMatchScore(k1, k1).score], [1], { factor: 16 });
  });

  test('three components against two: 0.875 by permutation [0, 2, 1], 1 without norms (peer case 36)', () => {
    const parallel = (weights: number[]): CpTensor => ({
      weights: tensor(weights),
      factors: [3, 4, 5].map((n, m) =>
        tensor(new Float64Array(n * weights.length).fill(1.1 + m / 10), [n, weights.length]),
      ),
    });
    const [a, b] = [parallel([2, 1, 3]), parallel([2, 4])];
    const found = factorMatchScore(a, b);
    expectClose([found.score], [0.875], { factor: 16 });
    expect(found.permutation).toEqual([0, 2, 1]);
    expectClose([factorMatchScore(a, b, { weightPenalty: false }).score], [1], { factor: 16 });
    expect(() => factorMatchScore(a, k1)).toThrow(RangeError);
    expect(() => factorMatchScore(b, a)).toThrow(RangeError);
  });
});

import { fc, test } from '@fast-check/vitest';
import { mul, neg, ones, sub, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpTensor,
  congruence,
  cpInner,
  cpNorm,
  cpToTensor,
  degeneracy,
  factorMatchScore,
  factorMatchScoreDefaults,
  normalizeCp,
} from '../src/index.js';
import { assign } from '../src/metrics/assign.js';
import { nonzero, permutations, shapes } from './arbitraries.js';
import { irregular } from './irregular.js';

const cp = (shape: readonly number[], rank: number, seed: number): CpTensor => ({
  weights: irregular([rank], seed + 50),
  factors: shape.map((n, m) => irregular([n, rank], seed + m)),
});

/** One component of a CP tensor as a CP tensor. */
function component({ weights, factors }: CpTensor, r: number): CpTensor {
  const column = (t: Tensor): Tensor => {
    const [size, rank] = t.shape;
    const values = t.toTypedArray();
    return tensor(Array.from({ length: size }, (_, i) => [values[i * rank + r]]));
  };
  return { weights: tensor([weights.toTypedArray()[r]]), factors: factors.map(column) };
}

describe('congruence', () => {
  test.prop([shapes({ maxOrder: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(99)])(
    'is the cosine of components as tensors',
    (shape, rankA, rankB, seed) => {
      const [a, b] = [cp(shape, rankA, seed + 1), cp(shape, rankB, seed + 200)];
      const received = congruence(a, b);
      expect(received.shape).toEqual([rankA, rankB]);
      const expected = Array.from({ length: rankA * rankB }, (_, q) => {
        const [p, r] = [component(a, Math.floor(q / rankB)), component(b, q % rankB)];
        return cpInner(p, r) / cpNorm(p) / cpNorm(r);
      });
      expectClose(received.toTypedArray(), expected, { factor: 100, scale: 1 });
      for (const cosine of received.toTypedArray()) expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
    },
  );

  test('a zero component is at right angles to everything', () => {
    const a = { weights: tensor([0, 1]), factors: [ones([2, 2]), ones([3, 2])] };
    expect(congruence(a, a).toArray()).toEqual([
      [0, 0],
      [0, expect.closeTo(1, 14)],
    ]);
  });
});

describe('degeneracy', () => {
  test('names the two components that oppose each other most', () => {
    const base = cp([3, 4, 2], 3, 7);
    expect(degeneracy(component(base, 0))).toEqual({ cosine: 1, components: [0, 0] });
    // A fourth component: the second with its sign turned.
    const factors = base.factors.map((factor) => {
      const rows = factor.toArray();
      return tensor(
        Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? [...row.map(Number), Number(row[1])] : [])) : [],
      );
    });
    const [w0, w1, w2] = base.weights.toTypedArray();
    const found = degeneracy({ weights: tensor([w0, w1, w2, -2 * w1]), factors });
    expect(found.components).toEqual([1, 3]);
    expectClose([found.cosine], [-1], { factor: 32 });
  });

  test('two terms of the family that tends to W', () => {
    // n·(e₁ + e₂/n)^∘3 and -n·e₁^∘3: the cosine is -(1 + n⁻²)^(-3/2).
    for (const n of [1, 10, 100]) {
      const factor = tensor([
        [1, 1],
        [1 / n, 0],
      ]);
      const found = degeneracy({ weights: tensor([n, -n]), factors: [factor, factor, factor] });
      expectClose([found.cosine], [-((1 + n ** -2) ** -1.5)], { factor: 16 });
    }
  });
});

describe('factorMatchScore', () => {
  const problems = fc
    .tuple(shapes({ minOrder: 2, maxOrder: 3 }), fc.integer({ min: 1, max: 4 }))
    .chain(([shape, rank]) =>
      fc.record({
        a: fc.nat(99).map((seed) => cp(shape, rank, seed + 1)),
        rank: fc.constant(rank),
        order: permutations(rank),
        scales: fc.array(nonzero, { minLength: rank * shape.length, maxLength: rank * shape.length }),
      }),
    );

  /** The components in another order, their columns scaled and signed anew, the tensor the same. */
  function disguise(a: CpTensor, rank: number, order: readonly number[], scales: readonly number[]): CpTensor {
    const taken = order.map((_, r) => a.factors.reduce((product, _f, m) => product * scales[m * rank + r], 1));
    const weights = a.weights.toTypedArray();
    return {
      weights: tensor(order.map((from, r) => weights[from] / taken[r])),
      factors: a.factors.map((factor, m) => {
        const values = factor.toTypedArray();
        const mixed = values.map((_, q) => values[q - (q % rank) + order[q % rank]] * scales[m * rank + (q % rank)]);
        return tensor(mixed, factor.shape);
      }),
    };
  }

  test.prop([problems])('is 1 for the same components, however ordered, scaled and signed', (p) => {
    const b = disguise(p.a, p.rank, p.order, p.scales);
    const { score, permutation, aligned } = factorMatchScore(p.a, b);
    expectClose([score], [1], { factor: 100 });
    // Components that happen to be parallel may stand for one another.
    expect([...permutation].sort()).toEqual([...p.order].sort());
    const [left, right] = [aligned, b].map((x) => x.factors.map((factor, m) => [factor, p.scales[m]] as const));
    left.forEach(([factor], m) => {
      const other = right[m][0];
      for (let r = 0; r < p.rank; r++) {
        const columns = [component({ ...aligned, factors: [factor] }, r), component({ ...b, factors: [other] }, r)];
        const inner = sum(mul(columns[0].factors[0], columns[1].factors[0])).item();
        expect(inner).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test.prop([problems, fc.nat(99)])('aligned is the same tensor', ({ a, rank }, seed) => {
    const b = cp(
      a.factors.map((factor) => factor.shape[0]),
      rank,
      seed + 300,
    );
    const { aligned } = factorMatchScore(a, b);
    const rest = sub(cpToTensor(aligned), cpToTensor(a)).toTypedArray();
    expectClose(rest, new Array(rest.length).fill(0), { factor: 100, scale: 2 ** 4 });
  });

  test.prop([problems, fc.nat(99)])('the pairing is the best of all', ({ a, rank }, seed) => {
    const b = cp(
      a.factors.map((factor) => factor.shape[0]),
      rank,
      seed + 300,
    );
    const value = (r: number, s: number): number => factorMatchScore(component(a, r), component(b, s)).score;
    const all = (left: number[]): number[][] =>
      left.length === 0 ? [[]] : left.flatMap((r) => all(left.filter((o) => o !== r)).map((rest) => [r, ...rest]));
    const best = Math.max(
      ...all([...Array(rank).keys()]).map((rows) => rows.reduce((total, r, s) => total + value(r, s), 0) / rank),
    );
    expectClose([factorMatchScore(a, b).score], [best], { factor: 100, scale: 1 });
  });

  test('components of b are looked for among more of a; norms count unless told not to', () => {
    // All columns equal, so only the norms differ: 2 against 2, and 3 against 4 is better than 1 against 4. (pyttb's test: 0.875)
    const a = { weights: tensor([2, 1, 3]), factors: [3, 4, 5].map((n) => ones([n, 3])) };
    const b = { weights: tensor([2, 4]), factors: [3, 4, 5].map((n) => ones([n, 2])) };
    const found = factorMatchScore(a, b);
    expectClose([found.score], [0.875], { factor: 16 });
    expect(found.permutation).toEqual([0, 2, 1]);
    expectClose([factorMatchScore(a, b, { weightPenalty: false }).score], [1], { factor: 16 });
    expect(factorMatchScoreDefaults).toEqual({ weightPenalty: true });
  });

  test('opposite signs in two modes are turned round, in one the weight takes the sign', () => {
    const a = normalizeCp(cp([3, 4], 1, 3));
    const turned = { ...a, factors: a.factors.map((factor) => neg(factor)) };
    expect(factorMatchScore(turned, a).aligned.weights.toArray()).toEqual(a.weights.toArray());
    const once = { ...a, factors: [neg(a.factors[0]), a.factors[1]] };
    expect(factorMatchScore(once, a).aligned.weights.toArray()).toEqual(neg(a.weights).toArray());
  });

  test('a zero component matches nothing', () => {
    const a = { weights: tensor([1, 0]), factors: [ones([2, 2]), ones([3, 2])] };
    expectClose([factorMatchScore(a, a).score], [0.5], { factor: 16 });
  });
});

describe('assign', () => {
  const tables = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(2)).chain(([rows, more]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(rows + more),
      values: fc.array(fc.integer({ min: -5, max: 5 }), {
        minLength: rows * (rows + more),
        maxLength: rows * (rows + more),
      }),
    }),
  );

  test.prop([tables])('finds the largest sum over all assignments', ({ rows, columns, values }) => {
    const found = assign(values, rows, columns);
    expect(new Set(found).size).toBe(rows);
    const total = found.reduce((acc, column, row) => acc + values[row * columns + column], 0);
    const best = (row: number, used: readonly number[]): number =>
      row === rows
        ? 0
        : Math.max(
            ...Array.from({ length: columns }, (_, c) => c)
              .filter((c) => !used.includes(c))
              .map((c) => values[row * columns + c] + best(row + 1, [...used, c])),
          );
    expect(total).toBe(best(0, []));
  });
});

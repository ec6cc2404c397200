import { fc, test } from '@fast-check/vitest';
import { expectSameBits, toleranceEpsilon, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { mttkrpByGemm, mttkrpSweepByGemm } from './by-gemm.js';
import { balancedCut, cutFor, productOf } from './cut.js';
import { mttkrpScalar } from './scalar.js';

interface Problem {
  readonly shape: readonly number[];
  readonly rank: number;
  readonly mode: number;
  readonly x: Float64Array;
  readonly factors: readonly Float64Array[];
}

function problems(entry: fc.Arbitrary<number>): fc.Arbitrary<Problem> {
  const numbers = (count: number): fc.Arbitrary<Float64Array> =>
    fc.array(entry, { minLength: count, maxLength: count }).map((values) => Float64Array.from(values));
  return fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(4),
    )
    .chain(([shape, rank, at]) =>
      fc.record({
        shape: fc.constant(shape),
        rank: fc.constant(rank),
        mode: fc.constant(at % shape.length),
        x: numbers(productOf(shape)),
        factors: fc.tuple(...shape.map((n) => numbers(n * rank))),
      }),
    );
}

function blank({ shape, rank, mode }: Problem): Float64Array {
  return new Float64Array(shape[mode] * rank).fill(Number.NaN);
}

// Products of at most five of these stay below 2^53: every order of summation gives the same number.
const integers = problems(fc.integer({ min: -3, max: 3 }));

describe('mttkrpByGemm', () => {
  test.prop([integers])('equals the oracle where arithmetic is exact', (p) => {
    const [expected, received] = [blank(p), blank(p)];
    mttkrpScalar(p.x, p.shape, p.factors, p.rank, p.mode, expected);
    mttkrpByGemm(p.x, p.shape, p.factors, p.rank, p.mode, received);
    expect(received.map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
  });

  test.prop([problems(value())])('differs from the oracle by no more than rounding', (p) => {
    const [expected, received, scale] = [blank(p), blank(p), blank(p)];
    mttkrpScalar(p.x, p.shape, p.factors, p.rank, p.mode, expected);
    mttkrpByGemm(p.x, p.shape, p.factors, p.rank, p.mode, received);
    mttkrpScalar(
      p.x.map(Math.abs),
      p.shape,
      p.factors.map((f) => f.map(Math.abs)),
      p.rank,
      p.mode,
      scale,
    );
    // Each way: one rounding a product and one an addition, at most N + size(x) in a row.
    const factor = 2 * (p.shape.length + p.x.length);
    received.forEach((v, q) => {
      expect(Math.abs(v - expected[q])).toBeLessThanOrEqual(factor * toleranceEpsilon * scale[q]);
    });
  });

  test.prop([problems(value())])('does not read the factor of its own mode', (p) => {
    const [expected, received] = [blank(p), blank(p)];
    mttkrpByGemm(p.x, p.shape, p.factors, p.rank, p.mode, expected);
    const poisoned = p.factors.map((f, m) => (m === p.mode ? f.map(() => Number.NaN) : f));
    mttkrpByGemm(p.x, p.shape, poisoned, p.rank, p.mode, received);
    expectSameBits(received, expected);
  });
});

describe('mttkrpSweepByGemm', () => {
  test.prop([integers, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })])(
    'visits the wanted modes in order, each with the factors as they are by then',
    (p, flags) => {
      const wanted = p.shape.map((_, m) => flags[m]);
      const factors = p.factors.map((f) => f.slice());
      const visited: number[] = [];
      mttkrpSweepByGemm(p.x, p.shape, factors, p.rank, wanted, (mode, out) => {
        visited.push(mode);
        const expected = blank({ ...p, mode });
        mttkrpScalar(p.x, p.shape, factors, p.rank, mode, expected);
        expect(out.map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
        factors[mode].forEach((v, q) => {
          factors[mode][q] = 1 - v;
        });
      });
      expect(visited).toEqual(p.shape.flatMap((_, m) => (wanted[m] ? [m] : [])));
    },
  );
});

describe('cuts', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })])(
    'contract the side without the mode, never all others from order 3 on, and have the smallest intermediates',
    (shape) => {
      const order = shape.length;
      const larger = (cut: number): number => Math.max(productOf(shape.slice(0, cut)), productOf(shape.slice(cut)));
      const every = shape.map((_, m) => m + 1);
      expect(larger(balancedCut(shape))).toBe(Math.min(...every.map(larger)));
      shape.forEach((_, mode) => {
        const { cut, contract } = cutFor(shape, mode);
        expect(contract === 'right' ? cut > mode : cut <= mode).toBe(true);
        const contracted = (c: number): number => (c > mode ? order - c : c);
        const allowed = every.filter((c) => order < 3 || (contracted(c) > 0 && contracted(c) < order - 1));
        expect(allowed).toContain(cut);
        expect(larger(cut)).toBe(Math.min(...allowed.map(larger)));
      });
    },
  );

  test('of equals the one with the smaller Khatri–Rao product', () => {
    expect([0, 1, 2].map((mode) => cutFor([9, 9, 9], mode))).toEqual([
      { cut: 2, contract: 'right' },
      { cut: 1, contract: 'left' },
      { cut: 1, contract: 'left' },
    ]);
    expect(cutFor([5, 5, 5, 5], 0)).toEqual({ cut: 2, contract: 'right' });
  });
});

import { fc, test } from '@fast-check/vitest';
import { mul, ones, tensor, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { createProblem, type SuggestRankOptions, suggestRank } from '../src/index.js';

const problem = (seed: number, rank: number, noise: number) =>
  createProblem({ shape: [12, 11, 10], rank, noise, key: key(seed) }).tensor;

describe('suggestRank', () => {
  test.prop([fc.nat(999), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 0.02, 0.1)], { numRuns: 8 })(
    'finds the rank of independent components under little noise, by every criterion that predicts',
    (seed, rank, noise) => {
      const found = suggestRank(problem(seed, rank, noise), { maxRank: 4, starts: 2, key: key(seed) });
      expect(found.rank).toBe(rank);
      expect([found.criteria.bic, found.criteria.heldOut]).toEqual([rank, rank]);
      expect(found.candidates.map((candidate) => candidate.rank)).toEqual([1, 2, 3, 4]);
      expect(found.status).toBe('complete');
    },
  );

  test('shows what each criterion saw', () => {
    const { candidates, criteria, spectra } = suggestRank(problem(3, 2, 0.05), { maxRank: 3, starts: 3 });
    const [one, two, three] = candidates;
    expect(one.relativeError).toBeGreaterThan(two.relativeError);
    expect(two.relativeError).toBeGreaterThanOrEqual(three.relativeError);
    expect(two.coreConsistency).toBeGreaterThan(95);
    expect(three.coreConsistency).toBeLessThan(two.coreConsistency);
    expect(two.stability).toBeGreaterThan(0.999);
    expect(three.stability).toBeLessThan(two.stability);
    expect(two.heldOutError).toBeLessThan(one.heldOutError);
    expect(two.heldOutError).toBeLessThan(three.heldOutError);
    expect(two.bic).toBeLessThan(Math.min(one.bic, three.bic));
    // Core consistency lets a weak third component pass: why there are others.
    expect(criteria).toMatchObject({ spectra: 2, heldOut: 2, bic: 2 });
    expect(spectra.values.map((list) => list.length)).toEqual([12, 11, 10]);
    for (const list of spectra.values) expect([...list].sort((a, b) => b - a)).toEqual(list);
    // Noise of 5 %: a truncation to a third of the norm needs no noise, one to a thousandth all of it.
    expect(spectra.ranks.at(0)?.ranks.every((r) => r <= 2)).toBe(true);
    expect(spectra.ranks.find(({ eps }) => eps === 1e-3)?.ranks).toEqual([12, 11, 10]);
  });

  test('the units of the data do not matter, and the same again gives the same', () => {
    const x = problem(5, 2, 0.1);
    const [a, b] = [x, x].map((t) => suggestRank(t, { maxRank: 3, starts: 2 }));
    expect(b).toEqual(a);
    const scaled = suggestRank(mul(x, 2 ** 300), { maxRank: 3, starts: 2 });
    expect(scaled.criteria).toEqual(a.criteria);
  });

  test('zeros, constants, order 2, nothing held out', () => {
    expect(suggestRank(zeros([3, 4, 5]), { maxRank: 2, starts: 2 }).rank).toBe(1);
    expect(suggestRank(ones([4, 4, 4]), { maxRank: 2, starts: 2 }).rank).toBe(1);
    const matrix = suggestRank(createProblem({ shape: [9, 8], rank: 2 }).tensor, {
      maxRank: 3,
      starts: 2,
    });
    expect(matrix.criteria.spectra).toBe(2);
    const none = suggestRank(problem(2, 2, 0.05), { maxRank: 3, starts: 1, heldOut: 0 });
    expect(none.criteria.heldOut).toBeUndefined();
    expect(none.candidates.map(({ heldOutError }) => heldOutError)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(none.rank).toBe(2);
  });

  test('stops on a signal with what it has', () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const found = suggestRank(problem(2, 2, 0.05), {
      maxRank: 5,
      starts: 1,
      signal: controller.signal,
      onProgress: ({ candidate, done, total }) => {
        seen.push(candidate.rank);
        expect([done, total]).toEqual([seen.length, 5]);
        if (done === 2) controller.abort();
      },
    });
    expect([found.status, found.candidates.length, seen]).toEqual(['aborted', 2, [1, 2]]);
    expect(suggestRank(ones([2, 2]), { signal: AbortSignal.abort() })).toMatchObject({
      status: 'aborted',
      rank: 1,
      candidates: [],
    });
  });

  const x = ones([2, 3, 2]);
  const bad = (options: SuggestRankOptions) => () => suggestRank(x, options);
  const cases: [call: () => unknown, message: string][] = [
    [bad({ maxRank: 0 }), 'suggestRank: maxRank: rank is not a positive integer: 0'],
    [bad({ starts: 1.5 }), 'suggestRank: starts is not a positive integer: 1.5'],
    [bad({ heldOut: 1 }), 'suggestRank: heldOut is not a number from 0 to below 1: 1'],
    [() => suggestRank(tensor([1, 2])), 'suggestRank: x needs at least two modes: its shape is [2]'],
    [() => suggestRank(mul(x, Number.NaN)), 'suggestRank: x is not finite at [0, 0, 0]: NaN'],
  ];
  test.each(cases)('misuse %#', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

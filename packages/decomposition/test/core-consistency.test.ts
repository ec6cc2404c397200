import { fc, test } from '@fast-check/vitest';
import { mul, tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpTensor,
  coreConsistency,
  cpToTensor,
  createProblem,
  factorMatchScore,
  stability,
} from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';

const ill = fc.record({
  rank: fc.integer({ min: 1, max: 3 }),
  order: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(999),
  weightsIn: fc.constantFrom<number | 'even'>(0, 'even'),
});

describe('coreConsistency', () => {
  test.prop([ill])('is 100 where the factors are the exact ones, with negative weights too (tlviz)', (p) => {
    const shape = [5, 4, 6, 3].slice(0, p.order);
    const { solution } = createProblem({ shape, rank: p.order === 1 ? 1 : p.rank, key: key(p.seed) });
    const turned = { ...solution, weights: mul(solution.weights, -1) };
    for (const cp of [solution, turned]) {
      const { consistency, core } = coreConsistency(cpToTensor(cp), cp, { weightsIn: p.weightsIn });
      expect(core.shape).toEqual(shape.map(() => cp.weights.size));
      expectClose([consistency], [100], { factor: 1e6, scale: 1 });
    }
  });

  test.prop([ill, fc.constantFrom(-150, -40, 40, 150)])('the units of the data do not matter', (p, exponent) => {
    const { tensor: x, solution } = createProblem({ shape: [4, 5, 3], rank: p.rank, noise: 0.3, key: key(p.seed) });
    const scale = 2 ** exponent;
    const expected = coreConsistency(x, solution, { weightsIn: p.weightsIn }).consistency;
    const scaled = { ...solution, weights: mul(solution.weights, scale) };
    const { consistency } = coreConsistency(mul(x, scale), scaled, { weightsIn: p.weightsIn });
    expectClose([consistency], [expected], { factor: 1e6, scale: 1 + Math.abs(expected) });
  });

  test.prop([ill])('falls where a component is noise', ({ seed }) => {
    const { tensor: x, solution } = createProblem({ shape: [8, 9, 7], rank: 2, noise: 0.05, key: key(seed) });
    const values = normal(key(seed + 1000), 24);
    const extra = solution.factors.map((factor, m) => {
      const old = factor.toTypedArray();
      return tensor(
        Array.from({ length: factor.shape[0] }, (_, i) => [old[2 * i], old[2 * i + 1], values[8 * m + (i % 8)]]),
      );
    });
    const [v, w] = solution.weights.toTypedArray();
    const wrong: CpTensor = { weights: tensor([v, w, w / 50]), factors: extra };
    expect(coreConsistency(x, solution).consistency).toBeGreaterThan(97);
    expect(coreConsistency(x, wrong).consistency).toBeLessThan(90);
  });

  test('zero data and zero components have a finite core', () => {
    const { solution } = createProblem({ shape: [3, 4, 2], rank: 2 });
    const zero = mul(cpToTensor(solution), 0);
    expect(coreConsistency(zero, solution).consistency).toBe(0);
    expect(coreConsistency(zero, solution, { normalization: 'core' }).consistency).toBe(-Infinity);
    const half = { ...solution, weights: tensor([solution.weights.toTypedArray()[0], 0]) };
    expectClose([coreConsistency(cpToTensor(half), half).consistency], [50], { factor: 1e4, scale: 1 });
  });
});

describe.skipIf(!fixturesArePresent)('fixture core_consistency', () => {
  const read = fixturesArePresent ? fixture('core_consistency') : undefined;

  test('the Tucker core of known factors, both formulas', () => {
    if (!read) return;
    const factors = read.tensors('inputs.factors');
    const cp = { weights: tensor(new Float64Array(factors[0].shape[1]).fill(1)), factors };
    const found = coreConsistency(read.tensor('inputs.X'), cp, { weightsIn: 'given' });
    const byCore = coreConsistency(read.tensor('inputs.X'), cp, { weightsIn: 'given', normalization: 'core' });
    expectClose(found.core.toTypedArray(), read.tensor('expect.core').toTypedArray(), { factor: 1e4 });
    expectClose([found.consistency], [read.number('expect.cc')], { factor: 1e4 });
    expectClose([byCore.consistency], [read.number('expect.cc_normalised')], { factor: 1e4 });
  });

  test.each([1, 2, 3, 4])('rank %i, weights in three places', (rank) => {
    if (!read) return;
    const x = read.tensor('inputs.noisy_X');
    const at = `expect.rank_sweep.${rank}`;
    const cp = { weights: tensor(read.numbers(`${at}.weights`)), factors: read.tensors(`${at}.unit_factors`) };
    const places = [
      [0, 'cc_weights_in_mode_0'],
      ['even', 'cc_weights_even'],
      [2, 'cc_weights_in_mode_2'],
    ] as const;
    for (const [weightsIn, name] of places) {
      const { consistency } = coreConsistency(x, cp, { weightsIn });
      expect(Math.abs(consistency - read.number(`${at}.${name}`))).toBeLessThan(rank === 4 ? 1e-2 : 1e-6);
    }
  });
});

describe('stability', () => {
  test('is 1 for equal fits and less for others', () => {
    const problem = (seed: number): CpTensor => createProblem({ shape: [5, 6, 4], rank: 2, key: key(seed) }).solution;
    const [a, b] = [problem(1), problem(2)];
    expectClose([stability([a, a, a]).mean, stability([a]).smallest], [1, 1], { factor: 64 });
    const { mean, smallest, scores } = stability([a, a, b]);
    expectClose([scores[0][1], scores[0][2]], [1, scores[2][0]], { factor: 64 });
    expectClose([mean], [(scores[0][1] + scores[0][2] + scores[1][2]) / 3], { factor: 16 });
    expect(smallest).toBe(Math.min(scores[0][2], scores[1][2]));
    expect(smallest).toBeLessThan(0.9);
  });

  test('is made of factor match scores without weights, also where components vanish', () => {
    const fits = [1, 2, 3, 4].map((seed) => createProblem({ shape: [7, 6, 5], rank: 3, key: key(seed) }).solution);
    const [first, ...others] = fits;
    const all = [{ ...first, weights: tensor([2, 0, -1]) }, ...others];
    const { scores } = stability(all);
    const expected = all.map((a, i) =>
      all.map((b, j) => (i === j ? 1 : factorMatchScore(a, b, { weightPenalty: false }).score)),
    );
    scores.forEach((row, i) => void expectClose(row, expected[i], { factor: 64 }));
    expect(() => stability([first, createProblem({ shape: [7, 5, 5], rank: 3 }).solution])).toThrow(
      'stability: fit 1 factor 1 has shape [5, 3], expected [6, 3]',
    );
  });
});

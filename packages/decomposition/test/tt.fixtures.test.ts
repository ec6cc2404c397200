import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import {
  tensorTrain,
  ttAdd,
  ttElement,
  ttHadamard,
  ttInner,
  ttNorm,
  ttRanks,
  ttRound,
  ttScale,
  ttSub,
  ttSum,
  ttToTensor,
} from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { distance, elements } from './tt-support.js';

describe.skipIf(!fixturesArePresent)('oracle fixtures of tensor trains', () => {
  test('tt_arithmetic: dense form, inner product, norm, sum, products, rounding', () => {
    const f = fixture('tt_arithmetic');
    const [a, b] = [{ cores: f.tensors('inputs.A') }, { cores: f.tensors('inputs.B') }];
    const within = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    expectClose(ttToTensor(a).toTypedArray(), f.tensor('expect.full_A').toTypedArray(), within);
    expectClose([ttNorm(a)], [f.number('expect.norm_A')], within);
    expectClose([ttInner(a, b)], [f.number('expect.inner_AB')], within);
    expectClose([ttNorm(ttSub(ttScale(a, 2), b))], [f.number('expect.norm_2A_minus_B')], within);
    expectClose([ttNorm(ttHadamard(a, b))], [f.number('expect.hadamard_norm')], within);
    expectClose([ttElement(a, [1, 2, 3, 0])], [f.number('expect.A_1_2_3_0')], within);
    expectClose([ttSum(a).item()], [f.number('expect.sum_A')], within);
    expect(ttRound(ttAdd(a, a), { eps: 1e-10 }).ranks).toEqual(f.numbers('expect.A_plus_A_rounded_ranks'));
    expect(ttRanks(ttAdd(a, b))).toEqual(f.numbers('expect.A_plus_B_ranks_before'));
    expect(ttRound(ttAdd(a, b), { eps: 1e-10 }).ranks).toEqual(f.numbers('expect.A_plus_B_rounded_ranks'));
  });

  test.each([0, 1, 2, 3, 4])('tt_svd_fixed_ranks: case %d of given ranks', (index) => {
    const f = fixture('tt_svd_fixed_ranks');
    const x = f.tensor('inputs.X');
    const at = `expect.cases.${index}`;
    const train = tensorTrain(x, { ranks: [1, ...f.numbers(`${at}.ranks_requested`), 1] });
    expect(train.ranks).toEqual(f.numbers(`${at}.ranks`));
    const expected = f.number(`${at}.error`);
    const apart = distance(elements(ttToTensor(train)), elements(x));
    if (expected < 1e-12) expect(Math.max(apart, train.relativeError)).toBeLessThan(1e-14);
    else
      expectClose([apart, train.relativeError], [expected, expected], {
        factor: f.number('tolerance.error_rel') / toleranceEpsilon,
      });
    expect(apart).toBeLessThanOrEqual(f.number(`${at}.quasi_optimal_bound`) + 1e-14);
  });

  test.each([0, 1, 2, 3])('tt_svd_fixed_ranks: case %d of eps', (index) => {
    const f = fixture('tt_svd_fixed_ranks');
    const at = `expect.eps_cases.${index}`;
    const train = tensorTrain(f.tensor('inputs.X'), { eps: f.number(`${at}.eps`) });
    expect(train.ranks).toEqual(f.numbers(`${at}.ranks`));
    expect(Math.abs(train.relativeError - f.number(`${at}.error`))).toBeLessThan(1e-12);
  });
});

import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { solveNormal } from '../src/cp/als/solve-normal.js';
import {
  type CpTensor,
  cpAls,
  cpInner,
  cpNorm,
  cpToTensor,
  degeneracy,
  factorMatchScore,
  mttkrp,
  normalizeCp,
} from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';

/** Elements apart by no more than an absolute tolerance. */
function expectWithin(received: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expectClose(received, expected, { factor: tolerance / toleranceEpsilon, scale: 1 });
}

const plain = (factors: Tensor[]): CpTensor => ({ weights: ones([factors[0].shape[1]]), factors });
const matrix = (m: Tensor): Float64Array => Float64Array.from(m.toTypedArray());

describe.skipIf(!fixturesArePresent)('oracle fixtures of CP', () => {
  test('reconstruct: the dense tensor, its norm, inner product and distance, from the factors', () => {
    const f = fixture('reconstruct');
    const a = { weights: tensor(f.numbers('inputs.cp_weights')), factors: f.tensors('inputs.cp_factors') };
    const b = plain(f.tensors('inputs.cp2_factors'));
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    expectClose(cpToTensor(a).toTypedArray(), f.tensor('expect.cp_full').toTypedArray(), tolerance);
    expectClose([cpNorm(a)], [f.number('expect.cp_norm')], tolerance);
    expectClose([cpInner(a, b)], [f.number('expect.cp_inner')], tolerance);
    const distance = Math.sqrt(cpNorm(a) ** 2 - 2 * cpInner(a, b) + cpNorm(b) ** 2);
    expectClose([distance], [f.number('expect.cp_vs_cp_distance')], tolerance);
  });

  test.each(['mttkrp_order3', 'mttkrp_order4'])('%s: ⟨x, model⟩ from the MTTKRP', (name) => {
    const f = fixture(name);
    const factors = f.tensors('inputs.factors');
    const m = mttkrp(f.tensor('inputs.X'), factors, 0).toTypedArray();
    const inner = matrix(factors[0]).reduce((total, v, q) => total + v * m[q], 0);
    expectClose([inner], [f.number('expect.inner_X_model')], { factor: f.number('tolerance.rel') / toleranceEpsilon });
  });

  test('cp_als_trajectory: the error of every sweep, and the factors after 1 and 60', () => {
    const f = fixture('cp_als_trajectory');
    const x = f.tensor('inputs.X');
    const init = plain(f.tensors('inputs.init'));
    const all = cpAls(x, 3, { init, maxIterations: 60, tolerance: 0 });
    expectWithin(all.trace, f.numbers('expect.errors'), f.number('tolerance.error_abs'));
    expect(all.status).toBe('max-iterations');
    for (const sweeps of [1, 60]) {
      const found = cpAls(x, 3, { init, maxIterations: sweeps, tolerance: 0 });
      const expected = normalizeCp(plain(f.tensors(`expect.factors_after_${sweeps}`)));
      found.factors.forEach((factor, n) => {
        expectWithin(factor.toTypedArray(), expected.factors[n].toTypedArray(), f.number('tolerance.factor_abs'));
      });
      expectClose(found.weights.toTypedArray(), expected.weights.toTypedArray(), { factor: 1e-6 / toleranceEpsilon });
    }
    const ridge = cpAls(x, 3, { init, maxIterations: 60, tolerance: 0, ridge: f.number('inputs.l2') });
    expectWithin(ridge.trace, f.numbers('expect.errors_l2'), f.number('tolerance.error_abs'));
  });

  test('cp_exact_rank3: the errors of a hundred sweeps down to rounding, then the factors themselves', () => {
    const f = fixture('cp_exact_rank3');
    const x = f.tensor('inputs.X');
    const init = plain(f.tensors('inputs.init'));
    const hundred = cpAls(x, 3, { init, maxIterations: 100, tolerance: 0 });
    expectWithin(hundred.trace, f.numbers('expect.als_errors_100_sweeps_from_init'), 1e-9);
    const truth = {
      weights: tensor(f.numbers('expect.weights_sorted')),
      factors: f.tensors('expect.unit_factors'),
    };
    for (const start of [init, 'svd', 'random'] as const) {
      const found = cpAls(x, 3, { init: start });
      expect(found.status).toBe('converged');
      expect(found.relativeError).toBeLessThan(1e-14);
      expect(factorMatchScore(found, truth).score).toBeGreaterThan(f.number('expect.fms_at_least'));
      found.factors.forEach((factor, n) => {
        expectWithin(factor.toTypedArray(), truth.factors[n].toTypedArray(), f.number('tolerance.factor_abs'));
      });
    }
  });

  test('cp_exact_rank3: an error of 1e-8 is never reported as 0, the cheap formula’s answer at sweep 48', () => {
    const f = fixture('cp_exact_rank3');
    const x = f.tensor('inputs.X');
    const { trace } = cpAls(x, 3, { init: plain(f.tensors('inputs.init')), maxIterations: 60, tolerance: 0 });
    const expected = f.numbers('expect.als_errors_100_sweeps_from_init');
    trace.forEach((error, sweep) => {
      expectClose([error], [expected[sweep]], { factor: 1e-6 / toleranceEpsilon });
    });
    expect(trace[47]).toBeGreaterThan(1e-9);
  });

  test('cp_noisy_optimum: the best of a few starts reaches the optimum that 25 polished starts found', () => {
    const f = fixture('cp_noisy_optimum');
    const x = f.tensor('inputs.X');
    const found = cpAls(x, 3, { init: 'svd', tolerance: 1e-14, maxIterations: 20000 });
    expectClose([found.relativeError], [f.number('expect.best_relative_error')], {
      factor: f.number('tolerance.error_rel') / toleranceEpsilon,
    });
    const truth = {
      weights: tensor(f.numbers('expect.weights_sorted')),
      factors: f.tensors('expect.unit_factors'),
    };
    found.factors.forEach((factor, n) => {
      expectWithin(factor.toTypedArray(), truth.factors[n].toTypedArray(), f.number('tolerance.factor_abs'));
    });
    expect(found.gradientNorm).toBeLessThan(1e-6);
  });

  test('cp_border_rank_W: the trace of plain ALS, and status degenerate at rank 2', () => {
    const f = fixture('cp_border_rank_W');
    const x = f.tensor('inputs.X');
    const init = plain(f.tensors('inputs.init_rank2'));
    for (const [i, sweeps] of [10, 100, 1000].entries()) {
      const { relativeError, weights } = cpAls(x, 2, { init, maxIterations: sweeps, tolerance: 0 });
      expectWithin([relativeError], [f.number(`expect.als_rank2_trace.${i}.error`)], 1e-6);
      const norms = f.numbers(`expect.als_rank2_trace.${i}.component_norms`);
      expectWithin(weights.toTypedArray(), norms, 1e-6);
    }
    const found = cpAls(x, 2, { init });
    expect(found.status).toBe('degenerate');
    expect(found.degeneracy.cosine).toBeLessThan(-0.95);
    expect(found.degeneracy.growth).toBeGreaterThan(1.1);
    const one = cpAls(x, 1);
    expectWithin([one.relativeError], [f.number('expect.best_rank1_relative_error')], 1e-9);
    expect(cpAls(x, 3).relativeError).toBeLessThan(1e-13);
  });

  test('cp_border_rank_W: the family that tends to W opposes its components ever more', () => {
    const f = fixture('cp_border_rank_W');
    const x = f.tensor('inputs.X');
    const cosines = [1, 2, 3].map((i) => {
      const factors = f.tensors(`expect.family_n.${i}.factors`);
      const { relativeError } = cpAls(x, 2, { init: plain(factors), maxIterations: 0 });
      const error = relativeError * f.number('expect.norm');
      expectWithin([error], [f.number(`expect.family_n.${i}.abs_error`)], f.number('tolerance.closed_forms_abs'));
      return degeneracy(plain(factors)).cosine;
    });
    expect(cosines).toEqual([...cosines].sort((a, b) => b - a));
    expectWithin([cosines[2]], [f.number('expect.triple_cosine_tends_to')], 1e-7);
  });

  test('singular_gram: least squares of least norm for a repeated component, and a sweep that reproduces x', () => {
    const f = fixture('singular_gram');
    const x = f.tensor('inputs.X');
    const factors = f.tensors('inputs.factors');
    const m = mttkrp(x, factors, 0);
    const tolerance = f.number('tolerance.abs');
    expectWithin(m.toTypedArray(), f.tensor('expect.mttkrp0').toTypedArray(), tolerance);
    const update = solveNormal(3, matrix(f.tensor('expect.gram')), matrix(m));
    expectWithin(update, f.tensor('expect.min_norm_update').toTypedArray(), tolerance);
    const swept = cpAls(x, 3, { init: plain(factors), maxIterations: 1 });
    expect(swept.relativeError).toBeLessThan(1e-14);
  });

  test('edge_cases: zero, one element, singleton modes, a negative rank-one tensor, a constant', () => {
    const f = fixture('edge_cases');
    const tolerance = f.number('tolerance.abs');
    const zero = cpAls(f.tensor('inputs.zero_3x4x5'), 2);
    expect([zero.relativeError, zero.status]).toEqual([f.number('expect.zero.cp_error'), 'converged']);
    expect(zero.weights.toArray()).toEqual([0, 0]);
    const one = cpAls(f.tensor('inputs.one_1x1x1'), 1);
    expectWithin(one.weights.toTypedArray(), [f.number('expect.one.cp_weight_abs')], tolerance);
    const singleton = cpAls(f.tensor('inputs.singleton'), 2);
    expect(singleton.relativeError).toBeLessThan(tolerance);
    const negative = cpAls(f.tensor('inputs.rank1_negative'), 1);
    expect(negative.relativeError).toBeLessThan(tolerance);
    expectWithin(negative.weights.toTypedArray(), [f.number('expect.rank1_negative.norm')], tolerance);
    const constant = cpAls(f.tensor('inputs.constant'), 1);
    expect(constant.relativeError).toBeLessThan(tolerance);
    expectWithin(constant.weights.toTypedArray(), [f.number('expect.constant.weight')], tolerance);
  });
});

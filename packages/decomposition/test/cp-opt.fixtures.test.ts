import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { mttkrpSweep } from '@neuronseek/tensor/kernels';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { leastSquares } from '../src/cp/opt/objective.js';
import { parametersOf, vectorOf } from '../src/cp/opt/parameters.js';
import { cpOpt, factorMatchScore, normalizeCp } from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';

const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());

/** Elements apart by no more than an absolute tolerance. */
function expectWithin(received: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expectClose(received, expected, { factor: tolerance / toleranceEpsilon, scale: 1 });
}

describe.skipIf(!fixturesArePresent)('oracle fixtures of cpOpt', () => {
  test('cp_gradient_gauss_newton: value and gradient', () => {
    const f = fixture('cp_gradient_gauss_newton');
    const x = f.tensor('inputs.X');
    const elements = numbers(x);
    const data = { shape: x.shape, elements, norm: 1, squares: elements.reduce((s, v) => s + v * v, 0) };
    const parameters = parametersOf(f.tensors('inputs.factors').map(numbers), 2, [true, true, true]);
    const problem = leastSquares(data, mttkrpSweep(elements, x.shape, 2), parameters, new Float64Array(2));
    const gradient = new Float64Array(parameters.size);
    const value = problem.objective(vectorOf(parameters), gradient);
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    expectClose([value], [f.number('expect.f')], tolerance);
    expectClose(gradient, f.numbers('expect.gradient'), tolerance);
  });

  test.each(['lbfgs', 'cg'] as const)(
    'cp_exact_rank3 by %s: to rounding from the given start, and the factors',
    (method) => {
      const f = fixture('cp_exact_rank3');
      const init = { weights: ones([3]), factors: f.tensors('inputs.init') };
      const truth = { weights: tensor(f.numbers('expect.weights_sorted')), factors: f.tensors('expect.unit_factors') };
      for (const start of [init, 'svd', 'random'] as const) {
        const found = cpOpt(f.tensor('inputs.X'), 3, { method, init: start });
        expect(found.status).toBe('converged');
        expect(found.relativeError).toBeLessThan(1e-13);
        expect(factorMatchScore(found, truth).score).toBeGreaterThan(f.number('expect.fms_at_least'));
        found.factors.forEach((factor, n) => {
          expectWithin(factor.toTypedArray(), truth.factors[n].toTypedArray(), f.number('tolerance.factor_abs'));
        });
      }
    },
  );

  test.each(['lbfgs', 'cg'] as const)('cp_noisy_optimum by %s: the optimum that 25 polished starts found', (method) => {
    const f = fixture('cp_noisy_optimum');
    const found = cpOpt(f.tensor('inputs.X'), 3, { method, init: 'svd', tolerance: 1e-14 });
    expectClose([found.relativeError], [f.number('expect.best_relative_error')], {
      factor: f.number('tolerance.error_rel') / toleranceEpsilon,
    });
    const truth = normalizeCp({
      weights: tensor(f.numbers('expect.weights_sorted')),
      factors: f.tensors('expect.unit_factors'),
    });
    found.factors.forEach((factor, n) => {
      expectWithin(factor.toTypedArray(), truth.factors[n].toTypedArray(), f.number('tolerance.factor_abs'));
    });
    expectClose(found.weights.toTypedArray(), truth.weights.toTypedArray(), { factor: 1e-6 / toleranceEpsilon });
    expect(found.gradientNorm).toBeLessThan(1e-7);
  });

  test('cp_collinear_090: where alternating least squares needs a thousand sweeps', () => {
    const f = fixture('cp_collinear_090');
    const found = cpOpt(f.tensor('inputs.X'), 3);
    expect(found.relativeError).toBeLessThan(1e-10);
  });
});

import { mul, type Tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import {
  type CpTensor,
  cp,
  cpAls,
  cpGaussNewton,
  cpNonnegative,
  cpOpt,
  cpRandomized,
  cpStream,
  cpStreamAdd,
  cpStreamModel,
  cpSymmetric,
  cpWeighted,
  createProblem,
  gcp,
  symmetrize,
} from '../src/index.js';

/** Three modes: from there on roots of the norm are taken, and their squares leave the range first. */
const { tensor: x, mask } = createProblem({ shape: [4, 3, 3], rank: 2, noise: 0.3, missing: 0.1, key: key(3) });
const cube = symmetrize(createProblem({ shape: [3, 3, 3], rank: 2, key: key(4) }).tensor);
const budget = { maxIterations: 40 };

const fits: Record<
  string,
  (scale: number) => CpTensor & { readonly status?: string; readonly relativeError?: number }
> = {
  cp: (scale) => cp(scaled(x, scale), 2, budget),
  cpAls: (scale) => cpAls(scaled(x, scale), 2, budget),
  cpGaussNewton: (scale) => cpGaussNewton(scaled(x, scale), 2, budget),
  'cpOpt by lbfgs': (scale) => cpOpt(scaled(x, scale), 2, budget),
  'cpOpt by cg': (scale) => cpOpt(scaled(x, scale), 2, { ...budget, method: 'cg' }),
  'cpOpt, nonnegative': (scale) => cpOpt(scaled(x, scale), 2, { ...budget, lower: 0 }),
  cpWeighted: (scale) => cpWeighted(scaled(x, scale), mask, 2, budget),
  cpRandomized: (scale) => cpRandomized(scaled(x, scale), 2, { maxIterations: 4 }),
  cpNonnegative: (scale) => cpNonnegative(scaled(x, scale), 2, budget),
  cpSymmetric: (scale) => cpSymmetric(scaled(cube, scale), 2, budget),
  gcp: (scale) => gcp(scaled(x, scale), 2, { ...budget, mask: mul(mask, 1) }),
  'gcp, huber': (scale) => gcp(scaled(x, scale), 2, { ...budget, loss: 'huber', delta: scale }),
  cpStream: (scale) => {
    const stream = cpStreamAdd(cpStream(scaled(x, scale), 2, budget), scaled(x, scale));
    return { ...cpStreamModel(stream), relativeError: stream.relativeError };
  },
};

function scaled(t: Tensor, scale: number): Tensor {
  return mul(t, scale);
}

describe.each(Object.entries(fits))('%s of data of any scale', (_, fit) => {
  const usual = fit(1);

  test.each([-1020, -1000, -900, -500, 500, 900, 990])('2^%i', (exponent) => {
    const scale = 2 ** exponent;
    const found = fit(scale);
    expect(found.status).toBe(usual.status);
    if (usual.relativeError !== undefined) expect(found.relativeError).toBeCloseTo(usual.relativeError, 9);
    found.weights.toTypedArray().forEach((weight, r) => {
      expect(Number(weight) / scale).toBeCloseTo(Number(usual.weights.toTypedArray()[r]), 5);
    });
  });
});

test('the sum of losses of data so large that it overflows is Infinity, not NaN, where some terms are 0', () => {
  const { objective, trace } = gcp(mul(createProblem({ shape: [5], rank: 1 }).tensor, 2 ** 990), 1, budget);
  expect(objective).not.toBeNaN();
  for (const value of trace) expect(value).not.toBeNaN();
});

import { fc, test } from '@fast-check/vitest';
import { matmul, matrixTranspose, mul, reshape, sum, tensor } from '@neuronseek/tensor';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  kronecker,
  normalizeTucker,
  type TuckerTensor,
  tuckerInner,
  tuckerNorm,
  tuckerTensor,
  tuckerToTensor,
  unfold,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';
import { expectAllOrthogonal, expectOrthonormal, expectSigns, normOf } from './tucker-laws.js';

/** Tucker tensors of one shape; ranks may exceed the sizes. */
const tuckers = (shape: readonly number[]): fc.Arbitrary<TuckerTensor> =>
  fc
    .tuple(...shape.map(() => fc.integer({ min: 1, max: 4 })))
    .chain((ranks) =>
      fc.record({ core: tensorOf(ranks), factors: fc.tuple(...shape.map((n, m) => tensorOf([n, ranks[m]]))) }),
    );
const one = shapes({ maxOrder: 3 }).chain(tuckers);
const two = shapes({ maxOrder: 3 }).chain((shape) => fc.tuple(tuckers(shape), tuckers(shape)));

/** Entries are up to 4, ranks up to 4, order up to 3: no element of the tensor exceeds 4⁷, no sum over it 4³ times that. */
const SCALE = 4 ** 7;
test.prop([one])('stands for A₀ · core₍₀₎ · (A₁ ⊗ … ⊗ A_{N-1})ᵀ', (t) => {
  const rest = t.factors.length > 1 ? kronecker(t.factors.slice(1)) : tensor([[1]]);
  const shape = t.factors.map((factor) => factor.shape[0]);
  const dense = reshape(matmul(matmul(t.factors[0], unfold(t.core, 0)), matrixTranspose(rest)), shape);
  expectClose(tuckerToTensor(t).toTypedArray(), dense.toTypedArray(), { factor: 64, scale: SCALE });
});

test.prop([two])('has the norm and the inner products of the dense tensor', ([a, b]) => {
  const [x, y] = [tuckerToTensor(a), tuckerToTensor(b)];
  const expected = sum(mul(x, y)).toTypedArray()[0];
  expectClose([tuckerInner(a, b)], [expected], { factor: 64, scale: SCALE ** 2 });
  expect(Math.abs(tuckerInner(a, b) - tuckerInner(b, a))).toBeLessThanOrEqual(64 * toleranceEpsilon * SCALE ** 2);
  expectClose([tuckerNorm(a)], [normOf(x)], { factor: 64, scale: SCALE });
});

test.prop([one, fc.boolean()])(
  'normalised: the same tensor, orthonormal factors, the norm in the core',
  (t, allOrthogonal) => {
    const n = normalizeTucker(t, { allOrthogonal });
    expectClose(tuckerToTensor(n).toTypedArray(), tuckerToTensor(t).toTypedArray(), { factor: 256, scale: SCALE });
    n.factors.forEach((factor, mode) => {
      expect(factor.shape).toEqual([t.factors[mode].shape[0], Math.min(...t.factors[mode].shape)]);
      expectOrthonormal(factor);
      expectSigns(factor);
    });
    expectClose([normOf(n.core)], [tuckerNorm(t)], { factor: 256, scale: SCALE });
  },
);

test.prop([one])('all-orthogonal: slices of the core are orthogonal in every mode, their norms descend', (t) => {
  const { core } = normalizeTucker(t, { allOrthogonal: true });
  expectAllOrthogonal(
    core,
    core.shape.map((_, mode) => unfold(core, mode)),
  );
});

test('is unchanged by scales at the ends of the range of numbers', () => {
  const t = {
    core: irregular([2, 2, 3], 1),
    factors: [irregular([4, 2], 2), irregular([3, 2], 3), irregular([5, 3], 4)],
  };
  const scaled = (c: number, a: number): TuckerTensor => ({
    core: mul(t.core, c),
    factors: t.factors.map((factor, n) => (n === 1 ? mul(factor, a) : factor)),
  });
  const [low, high] = [scaled(2 ** -600, 2 ** 600), scaled(2 ** 1000, 2 ** -1000)];
  for (const same of [low, high]) {
    expectClose([tuckerNorm(same)], [tuckerNorm(t)], { factor: 16 });
    expectClose([tuckerInner(same, t)], [tuckerInner(t, t)], { factor: 16 });
  }
  const tiny = normalizeTucker(scaled(2 ** -1000, 1), { allOrthogonal: true });
  const plain = normalizeTucker(t, { allOrthogonal: true });
  expectClose(mul(tiny.core, 2 ** 1000).toTypedArray(), plain.core.toTypedArray(), { factor: 64 });
});

test('has the derivatives of its formula', () => {
  const inputs = [irregular([2, 1, 2], 1), irregular([3, 2], 2), irregular([2, 1], 3), irregular([1, 2], 4)];
  checkGradient(([core, ...factors]) => tuckerToTensor({ core, factors }), inputs);
});

test('keeps the tensors it is given, in a list of its own', () => {
  const factors = [irregular([3, 2], 1), irregular([4, 2], 2)];
  const t = tuckerTensor({ core: irregular([2, 2], 3), factors });
  factors.pop();
  expect(t.factors).toHaveLength(2);
});

describe.skipIf(!fixturesArePresent)('oracle fixtures of Tucker tensors', () => {
  test('reconstruct: the dense tensor and its norm, from core and factors', () => {
    const f = fixture('reconstruct');
    const t = { core: f.tensor('inputs.core'), factors: f.tensors('inputs.tucker_factors') };
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    expectClose(tuckerToTensor(t).toTypedArray(), f.tensor('expect.tucker_full').toTypedArray(), tolerance);
    expectClose([tuckerNorm(t)], [f.number('expect.tucker_norm')], tolerance);
    expectClose([Math.sqrt(tuckerInner(t, t))], [f.number('expect.tucker_norm')], tolerance);
  });
});

import { fc, test } from '@fast-check/vitest';
import { mul, type Tensor, tensor, transpose } from '@neuronseek/tensor';
import { svd } from '@neuronseek/tensor/linalg';
import { key } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  createProblem,
  type FitProgress,
  hooi,
  modeProducts,
  stHosvd,
  type TuckerTensor,
  tucker,
  tuckerToTensor,
  unfold,
} from '../src/index.js';
import { permutations, shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { denseError, expectAllOrthogonal, expectOrthonormal, expectSigns, normOf, projector } from './tucker-laws.js';

const data = shapes({ maxOrder: 4, maxSize: 5 }).chain((shape) =>
  fc.record({ x: tensorOf(shape), ranks: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 4 }))) }),
);

/** HOOI as published: the leading singular vectors of x projected in all other modes, by a dense SVD of the unfolding. */
function plainHooi(x: Tensor, start: readonly Tensor[], sweeps: number): number[] {
  const factors = [...start];
  return Array.from({ length: sweeps }, () => {
    factors.forEach((factor, mode) => {
      const w = unfold(modeProducts(x, factors, { transpose: true, skip: mode }), mode);
      const { u } = svd(w);
      const [rows, rank] = factor.shape;
      const all = u.toTypedArray();
      const columns = u.shape[1];
      factors[mode] = tensor(
        Float64Array.from({ length: rows * rank }, (_, q) => all[Math.floor(q / rank) * columns + (q % rank)]),
        [rows, rank],
      );
    });
    const core = modeProducts(x, factors, { transpose: true });
    return denseError(x, { core, factors });
  });
}

test.prop([data])('lowers the error from sweep to sweep, and reports what the dense model says', ({ x, ranks }) => {
  for (const init of ['stHosvd', 'random'] as const) {
    const found = hooi(x, { ranks, init, maxIterations: 6, tolerance: 0 });
    // The square of the error is what is minimised, and what is known to rounding.
    checkMonotone(
      found.trace.map((error) => error ** 2),
      { factor: 64, scale: 1 },
    );
    const error = denseError(x, found);
    expectClose([found.relativeError], [error], { factor: 1e-6 / toleranceEpsilon, scale: error + 1e-8 });
    found.factors.forEach(expectOrthonormal);
    found.factors.forEach(expectSigns);
    expectAllOrthogonal(
      found.core,
      found.core.shape.map((_, mode) => unfold(found.core, mode)),
      1e-12,
    );
    expect(found.core.shape).toEqual(ranks.map((rank, mode) => Math.min(rank, x.shape[mode])));
  }
});

test.prop([data])('is never worse than stHosvd, and 0 sweeps are stHosvd', ({ x, ranks }) => {
  const start = stHosvd(x, { ranks }).relativeError;
  const none = hooi(x, { ranks, maxIterations: 0 });
  expectClose([none.relativeError], [start], { factor: 64, scale: 1 });
  expect([none.iterations, none.trace.length]).toEqual([0, 0]);
  expect(hooi(x, { ranks }).relativeError).toBeLessThanOrEqual(start + 64 * toleranceEpsilon);
  expect(tucker(x, { ranks, maxIterations: 0 }).relativeError).toBe(start);
});

test.prop([data.chain(({ x, ranks }) => permutations(x.order).map((order) => ({ x, ranks, order })))])(
  'fits the transposed tensor as well, from the start transposed, at a fixed point',
  ({ x, ranks, order }) => {
    const found = hooi(x, { ranks, tolerance: 0, maxIterations: 3 });
    const init: TuckerTensor = { core: transpose(found.core, order), factors: order.map((m) => found.factors[m]) };
    const moved = hooi(transpose(x, order), { ranks: [...init.core.shape], init, maxIterations: 0 });
    // Squares of norms are subtracted, so squares of errors are what is known to rounding.
    expectClose([moved.relativeError ** 2], [found.relativeError ** 2], { factor: 64, scale: 1 });
  },
);

test('ends where HOOI by singular vectors ends', () => {
  const { tensor: x } = createProblem({ shape: [9, 8, 7, 3], rank: 4, noise: 0.5, key: key(11) });
  const ranks = [3, 2, 3, 2];
  const start = stHosvd(x, { ranks });
  const published = plainHooi(x, start.factors, 60);
  const found = hooi(x, { ranks, init: start, tolerance: 1e-14, maxIterations: 1000 });
  expect(Math.abs(found.relativeError - published[59])).toBeLessThan(1e-9);
  expect(found.relativeError).toBeLessThan(start.relativeError);
});

test('keeps what singular values below 1e-8 of the largest carry', () => {
  const decades = tensor([1, 1e-4, 1e-8, 1e-11], [4]);
  const { tensor: x } = createProblem({ shape: [6, 5, 7], rank: 4, key: key(4) });
  const bases = stHosvd(x, { ranks: 4 }).factors;
  const diagonal = tensor(
    Float64Array.from({ length: 64 }, (_, q) => (q % 21 === 0 ? decades.toTypedArray()[q / 21] : 0)),
    [4, 4, 4],
  );
  const graded = tuckerToTensor({ core: diagonal, factors: bases });
  for (const found of [hooi(graded, { ranks: 4 }), tucker(graded, { ranks: 4 }), tucker(graded, { eps: 1e-12 })]) {
    expect(found.ranks).toEqual([4, 4, 4]);
    expect(denseError(graded, found)).toBeLessThan(2e-15);
    expect(found.relativeError).toBeLessThan(2e-15);
  }
  const three = tucker(graded, { ranks: 3 });
  expectClose([three.relativeError], [1e-11], { factor: 1e-3 / toleranceEpsilon });
});

test('takes random starts to the same error, from the key alone', () => {
  const { tensor: x } = createProblem({ shape: [8, 9, 10], rank: 3, noise: 0.1, key: key(1) });
  const best = hooi(x, { ranks: 3, tolerance: 1e-12 }).relativeError;
  for (let seed = 0; seed < 4; seed++) {
    const found = hooi(x, { ranks: 3, init: 'random', key: key(seed), tolerance: 1e-12 });
    expect(Math.abs(found.relativeError - best)).toBeLessThan(1e-9);
    expect(hooi(x, { ranks: 3, init: 'random', key: key(seed), tolerance: 1e-12 })).toEqual(found);
  }
});

describe('fixed modes', () => {
  const x = irregular([5, 4, 6], 1);
  const init = stHosvd(irregular([5, 4, 6], 2), { ranks: [2, 3, 2] });

  test.each([[[0]], [[1]], [[2]], [[0, 2]], [[0, 1, 2]]])('%j: the same tensors (peer case 14)', (fixedModes) => {
    const found = hooi(x, { ranks: [2, 3, 2], init, fixedModes, maxIterations: 20, tolerance: 0 });
    fixedModes.forEach((mode) => {
      expect(found.factors[mode]).toBe(init.factors[mode]);
    });
    expectClose([found.relativeError], [denseError(x, found)], { factor: 64 });
    checkMonotone(
      found.trace.map((error) => error ** 2),
      { factor: 64, scale: 1 },
    );
    expect(found.status).toBe(fixedModes.length === 3 ? 'converged' : 'max-iterations');
  });

  test('need not be orthonormal: the core is the best one for them', () => {
    const skew = [irregular([5, 2], 3), irregular([4, 3], 4), irregular([6, 2], 5)];
    const given = { core: init.core, factors: skew };
    const orthonormal = skew.map((factor) => svd(factor).u);
    const expected = denseError(x, { core: modeProducts(x, orthonormal, { transpose: true }), factors: orthonormal });
    const found = hooi(x, { ranks: [2, 3, 2], init: given, fixedModes: [0, 1, 2] });
    expectClose([found.relativeError, denseError(x, found)], [expected, expected], { factor: 256 });
  });

  test('may have dependent columns', () => {
    const column = irregular([5, 1], 3).toTypedArray();
    const repeated = tensor(
      Float64Array.from({ length: 10 }, (_, q) => column[Math.floor(q / 2)]),
      [5, 2],
    );
    const given = { core: init.core, factors: [repeated, init.factors[1], init.factors[2]] };
    const found = hooi(x, { ranks: [2, 3, 2], init: given, fixedModes: [0] });
    expect(found.core.shape).toEqual([2, 3, 2]);
    expectClose([found.relativeError], [denseError(x, found)], { factor: 64 });
    const single = hooi(x, {
      ranks: [1, 3, 2],
      init: { ...stHosvd(x, { ranks: [1, 3, 2] }), factors: [tensor(column, [5, 1]), ...given.factors.slice(1)] },
      fixedModes: [0],
    });
    expect(Math.abs(single.relativeError - found.relativeError)).toBeLessThan(1e-6);
  });
});

test('leaves modes alone that are not named (peer case 16)', () => {
  const x = irregular([3, 4, 5], 6);
  const found = hooi(x, { ranks: [3, 1], modes: [1, 2], init: 'random', key: key(3) });
  expect(found.core.shape).toEqual([3, 3, 1]);
  expect(found.factors.map((factor) => factor.shape)).toEqual([
    [3, 3],
    [4, 3],
    [5, 1],
  ]);
  expectClose(projector(found.factors[0]), [1, 0, 0, 0, 1, 0, 0, 0, 1], { factor: 1 });
  expectClose([found.relativeError], [denseError(x, found)], { factor: 64 });
  expect(hooi(x, { ranks: [3, 1], modes: [1, 2], init: 'random', key: key(3) })).toEqual(found);
});

test('stops when it is told to, and tells what it does', () => {
  const x = irregular([5, 6, 7], 2);
  const controller = new AbortController();
  const events: FitProgress[] = [];
  const onProgress = (event: FitProgress): void => {
    events.push(event);
    if (event.iteration === 3) controller.abort();
  };
  for (const run of [
    hooi(x, { ranks: 2, tolerance: 0, signal: controller.signal, onProgress }),
    tucker(x, { ranks: 2, tolerance: 0, signal: controller.signal }),
  ]) {
    expect(run.status).toBe('aborted');
    expectClose([run.relativeError], [denseError(x, run)], { factor: 64 });
  }
  expect(events.map((event) => event.iteration)).toEqual([1, 2, 3]);
  expect(tucker(x, { ranks: 2, tolerance: 0, maxIterations: 4 }).status).toBe('max-iterations');
  expect(tucker(x, { ranks: 2 }).status).toBe('converged');
  expect(tucker(x, { ranks: 2, tolerance: 0, maxIterations: 4 }).trace).toHaveLength(4);
});

test('modeSingularValues are the norms of the slices of the core', () => {
  const x = irregular([4, 5, 3], 9);
  const found = hooi(x, { ranks: [3, 2, 2] });
  found.modeSingularValues.forEach((values, mode) => {
    const expected = svd(unfold(found.core, mode)).s.toTypedArray();
    expectClose(values.toTypedArray(), expected, { factor: 256 });
    expectClose([normOf(values)], [normOf(found.core)], { factor: 64 });
  });
});

test('does not write to x or to init', () => {
  const x = irregular([4, 3, 5], 1);
  const init = {
    core: irregular([2, 2, 2], 2),
    factors: [irregular([4, 2], 3), irregular([3, 2], 4), irregular([5, 2], 5)],
  };
  const before = JSON.stringify([x, init.core, ...init.factors].map((t) => t.toArray()));
  hooi(x, { ranks: 2, init, maxIterations: 3, fixedModes: [1] });
  expect(JSON.stringify([x, init.core, ...init.factors].map((t) => t.toArray()))).toBe(before);
});

test('data large enough for the memory of the kernels: the same as in pieces', () => {
  const { tensor: x } = createProblem({ shape: [40, 35, 30], rank: 3, noise: 0.2, key: key(6) });
  const found = tucker(x, { ranks: 3 });
  expectClose([found.relativeError], [denseError(x, found)], { factor: 1e-9 / toleranceEpsilon });
  expect(tucker(x, { ranks: 3 })).toEqual(found);
  expect(tucker(mul(x, 2 ** 200), { ranks: 3 }).factors.map((f) => f.toArray())).toEqual(
    found.factors.map((f) => f.toArray()),
  );
});

import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { fold, key, permutation } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type TtAlsOptions, ttAls, ttAt, ttRandom, ttToTensor } from '../src/index.js';
import { distance, elements, elementsOf } from './tt-support.js';

type Formula = (index: readonly number[]) => number;

/** Distinct random indices of a shape, those to fit and those to test by. */
function drawn(shape: readonly number[], count: number, tested: number, seed = 1): [number[][], number[][]] {
  const size = shape.reduce((a, b) => a * b, 1);
  const all = Array.from(permutation(fold(key(seed), 0), size).subarray(0, count + tested), (q) => {
    const index = shape.map(() => 0);
    for (let k = shape.length - 1, rest = q; k >= 0; k--) {
      index[k] = rest % shape[k];
      rest = Math.floor(rest / shape[k]);
    }
    return index;
  });
  return [all.slice(0, count), all.slice(count)];
}

function fitted(shape: readonly number[], count: number, f: Formula, options: TtAlsOptions = {}) {
  const [indices, tested] = drawn(shape, count, 1000);
  const result = ttAls(indices, indices.map(f), shape, options);
  return { result, testError: distance(elements(ttAt(result, tested)), tested.map(f)) };
}

const sum: Formula = (index) => index.reduce((a, b) => a + b, 0);

describe('ttAls', () => {
  test('the sum of the indices from 10⁴ of 10⁵ elements: test error below 1e-5 (peer case 44)', () => {
    const shape = [10, 10, 10, 10, 10];
    const { result, testError } = fitted(shape, 10_000, sum);
    expect(testError).toBeLessThan(1e-8);
    expect(result.ranks).toEqual([1, 2, 2, 2, 2, 1]);
    expect(result.status).toBe('converged');
    expect(result.heldOutCount).toBe(1000);
    expect(fitted(shape, 10_000, sum, { ranks: 3, holdOut: 0 }).testError).toBeLessThan(1e-5);
  });

  test('1/(1 + Σi), i from 1, on 5⁵ from 900 samples: ranks 2 and 3 have a test error below 1e-2', () => {
    const f: Formula = (index) => 1 / (1 + index.length + sum(index));
    for (const ranks of [2, 3]) {
      const { result, testError } = fitted([5, 5, 5, 5, 5], 900, f, { ranks });
      expect(testError).toBeLessThan(1e-2);
      expect(result.relativeError).toBeLessThan(1e-2);
      expect(result.heldOutError).toBeLessThan(1e-2);
    }
    expect(fitted([5, 5, 5, 5, 5], 900, f).testError).toBeLessThan(1e-3);
  });

  test('errors are what they are called', () => {
    const shape = [6, 7, 5];
    const [indices] = drawn(shape, 100, 0);
    const f: Formula = (index) => Math.sin(1 + sum(index) ** 1.5);
    const result = ttAls(indices, indices.map(f), shape, { ranks: 2, holdOut: 0 });
    const model = elements(ttAt(result, indices));
    expect(result.relativeError).toBeCloseTo(distance(model, indices.map(f)), 12);
    expect(result.heldOutError).toBeUndefined();
  });

  test('does not raise its objective: the error at the samples falls from sweep to sweep at fixed ranks', () => {
    const shape = [6, 7, 5, 4];
    const [indices] = drawn(shape, 500, 0);
    const f: Formula = (index) => Math.cos(sum(index) ** 2);
    const init = ttRandom(shape, 3, { key: key(2) });
    const { trace } = ttAls(indices, indices.map(f), shape, {
      ranks: 3,
      init,
      holdOut: 0,
      maxIterations: 40,
      tolerance: 0,
    });
    expect(trace.length).toBe(40);
    trace.slice(1).forEach((error, k) => {
      expect(error).toBeLessThanOrEqual(trace[k] * (1 + 1e-8));
    });
  });

  test('weights of zero make values irrelevant, weights of one change nothing', () => {
    const shape = [5, 6, 4];
    const [indices] = drawn(shape, 80, 0);
    const values = indices.map((index) => 1 + sum(index));
    const weights = values.map((_, s) => (s % 5 === 0 ? 0 : 1));
    const junk = values.map((v, s) => (s % 5 === 0 ? 999 : v));
    const options = { ranks: 2, holdOut: 0 };
    const result = ttAls(indices, junk, shape, { ...options, weights });
    expect(distance(elements(ttAt(result, indices)), values)).toBeLessThan(1e-6);
    const plain = ttAls(indices, values, shape, options);
    const ones = ttAls(indices, values, shape, { ...options, weights: values.map(() => 1) });
    plain.cores.forEach((core, k) => {
      expect(ones.cores[k].toTypedArray()).toEqual(core.toTypedArray());
    });
  });

  test.prop([fc.constantFrom([4], [3, 5], [1, 4, 1, 3], [2, 2, 2, 2]), fc.nat(1000)])(
    'all elements of a train of small ranks give it back',
    (shape, seed) => {
      const tt = ttRandom(shape, 2, { key: key(seed) });
      const [indices] = drawn(
        shape,
        shape.reduce<number>((a, b) => a * b, 1),
        0,
      );
      const values = elements(ttAt(tt, indices));
      const result = ttAls(indices, values, shape, { init: tt, ranks: 2, holdOut: 0 });
      expect(distance(elements(ttToTensor(result)), elementsOf(tt))).toBeLessThan(1e-8);
    },
  );

  test('zero values, repeated samples, unseen slices, ranks above the data: finite', () => {
    const shape = [3, 4, 5];
    const indices = [
      [0, 0, 0],
      [0, 0, 0],
      [1, 2, 3],
    ];
    for (const values of [
      [0, 0, 0],
      [1, 1, 2],
      [1e-150, 2e-150, 0],
      [1e150, 1e150, -1e150],
    ]) {
      const result = ttAls(indices, values, shape, { ranks: 4, holdOut: 0 });
      expect(elements(ttToTensor(result)).every(Number.isFinite)).toBe(true);
      expect(result.relativeError).toBeLessThan(1);
    }
  });

  test('ranks that their neighbours do not allow end the fit all the same', () => {
    const indices = Array.from({ length: 16 }, (_, q) => [q >> 3, (q >> 2) & 1, (q >> 1) & 1, q & 1]);
    const values = indices.map((_, q) => Math.sin(q * q));
    const [given, possible] = [10, 2].map((rank) =>
      ttAls(indices, values, [2, 2, 2, 2], { ranks: [1, 1, rank, 1, 1], holdOut: 0 }),
    );
    expect(given.status).toBe('converged');
    expect(given).toEqual(possible);
  });

  test('equal keys give equal bits; init is left alone; an aborted run returns what it has', () => {
    const shape = [5, 6, 4];
    const [indices] = drawn(shape, 80, 0);
    const values = tensor(Float64Array.from(indices, (index) => Math.exp(-sum(index) / 5)));
    const init = ttRandom(shape, 2, { key: key(5) });
    const before = init.cores.map((core) => Array.from(core.toTypedArray()));
    const controller = new AbortController();
    const runs = [1, 2].map(() => ttAls(indices, values, shape, { init, key: key(8) }));
    runs[0].cores.forEach((core, k) => {
      expect(runs[1].cores[k].toTypedArray()).toEqual(core.toTypedArray());
    });
    expect(init.cores.map((core) => Array.from(core.toTypedArray()))).toEqual(before);
    const aborted = ttAls(indices, values, shape, {
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 2) controller.abort();
      },
    });
    expect(aborted).toMatchObject({ status: 'aborted', iterations: 2 });
    const none = ttAls(indices, values, shape, { init, maxIterations: 0 });
    expect(distance(elements(ttToTensor(none)), elementsOf(init))).toBeLessThan(1e-12);
  });
});

describe('what ttAls refuses', () => {
  const indices = [
    [0, 0],
    [1, 2],
  ];
  const shape = [2, 3];
  test.each<[() => unknown, string]>([
    [() => ttAls([[0, 3]], [1], shape), 'ttAls: index of sample 0 is out of range for mode 1 of size 3: 3'],
    [() => ttAls(indices, [1], shape), 'ttAls: values has length 1, expected 2'],
    [() => ttAls(indices, [1, Number.NaN], shape), 'ttAls: values is not finite at [1]: NaN'],
    [() => ttAls(indices, JSON.parse('[1, null]'), shape), 'ttAls: values is not a number at [1]: null'],
    [() => ttAls([], [], shape), 'ttAls: indices needs at least one sample: received none'],
    [() => ttAls(indices, [1, 2], shape, { weights: [1, -1] }), 'ttAls: weights is negative at [1]: -1'],
    [() => ttAls(indices, [1, 2], shape, { weights: [0, 0] }), 'ttAls: weights has no positive entry'],
    [() => ttAls(indices, [1, 2], shape, { ranks: 0 }), 'ttAls: rank is not a positive integer: 0'],
    [() => ttAls(indices, [1, 2], shape, { maxRank: 1.5 }), 'ttAls: maxRank is not a positive integer: 1.5'],
    [() => ttAls(indices, [1, 2], shape, { ranks: [1, 2, 2] }), 'ttAls: boundary ranks are not 1: ranks are [1, 2, 2]'],
    [() => ttAls(indices, [1, 2], shape, { holdOut: 1 }), 'ttAls: holdOut is not a number from 0 to below 1: 1'],
    [() => ttAls(indices, [1, 2], shape, { ridge: -1 }), 'ttAls: ridge is not a finite number from 0: -1'],
    [
      () => ttAls(indices, [1, 2], shape, { init: ttRandom([2, 2], 1) }),
      'ttAls: init shape differs: it is [2, 2], expected [2, 3]',
    ],
  ])('%# %s', (call, message) => {
    expect(call).toThrow(message);
  });
});

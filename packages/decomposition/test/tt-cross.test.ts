import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type TtCrossFunction, type TtCrossOptions, type TtCrossResult, ttCross, ttToTensor } from '../src/index.js';
import { createPointCache } from '../src/tt/cross/point-cache.js';
import { distance, elements, elementsOf, tensorBy, ttOf } from './tt-support.js';

type Formula = (index: readonly number[]) => number;

/** A function of batches, which refuses to be asked twice. */
function once(
  shape: readonly number[],
  formula: Formula,
): TtCrossFunction & { count: () => number; calls: () => number } {
  const seen = new Set<string>();
  let calls = 0;
  const order = shape.length;
  const f: TtCrossFunction = (indices, count) => {
    calls++;
    return Array.from({ length: count }, (_, s) => {
      const index = Array.from(indices.subarray(s * order, (s + 1) * order));
      expect(seen.has(index.join())).toBe(false);
      index.forEach((i, k) => {
        expect(i >= 0 && i < shape[k]).toBe(true);
      });
      seen.add(index.join());
      return formula(index);
    });
  };
  return Object.assign(f, { count: () => seen.size, calls: () => calls });
}

const total: Formula = (index) => index.reduce((a, b) => a + b, 0);
const cube = (order: number, size: number): number[] => Array.from({ length: order }, () => size);

interface Run {
  readonly result: TtCrossResult;
  readonly error: number;
  readonly share: number;
}

/** A cross and its true error, by all elements. */
function run(shape: readonly number[], formula: Formula, options: TtCrossOptions = {}): Run {
  const f = once(shape, formula);
  const result = ttCross(f, shape, options);
  expect(result.evaluations).toBe(f.count());
  const size = shape.reduce((a, b) => a * b, 1);
  const truth = elements(tensorBy(shape, formula));
  return { result, error: distance(elements(ttToTensor(result)), truth), share: f.count() / size };
}

describe('ttCross', () => {
  test('1/(2+Σi) on 20⁴ at 1e-7: error below it with under 5 % of the elements (peer case 43)', () => {
    for (const first of [0, 1]) {
      const { result, error, share } = run(cube(4, 20), (index) => 1 / (2 + total(index) + 4 * first), { eps: 1e-7 });
      expect(result.status).toBe('converged');
      expect(error).toBeLessThan(1e-7);
      expect(result.relativeError).toBeGreaterThan(error / 4);
      expect(share).toBeLessThan(0.05);
    }
  });

  test('1/(2+Σi) on 50⁸ at 1e-7, from fewer than 2·10⁵ of 4·10¹³ elements', () => {
    const shape = cube(8, 50);
    const f = (indices: Int32Array, count: number): Float64Array =>
      Float64Array.from({ length: count }, (_, s) => 1 / (2 + total(Array.from(indices.subarray(8 * s, 8 * s + 8)))));
    const result = ttCross(f, shape, { eps: 1e-7, validation: 4000 });
    expect(result.status).toBe('converged');
    expect(result.validationError).toBeLessThan(1e-7);
    expect(result.evaluations).toBeLessThan(2e5);
  });

  test.each<[string, number[], Formula, TtCrossOptions, number]>([
    ['sum of 5 indices, eps 1e-8', cube(5, 10), total, { eps: 1e-8 }, 2],
    ['sine of a sum, eps 1e-10', cube(4, 12), (i) => Math.sin(total(i)), { eps: 1e-10 }, 2],
    ['root of squares, eps 1e-6', cube(4, 10), (i) => Math.sqrt(i.reduce((a, b) => a + b * b, 1)), { eps: 1e-6 }, 8],
    ['exp(-|x|²)', cube(4, 12), (i) => Math.exp(-i.reduce((a, b) => a + (b / 6 - 1) ** 2, 0)), {}, 1],
    ['cosine, eps 1e-4', cube(3, 20), (i) => Math.cos(total(i) / 9), { eps: 1e-4 }, 2],
    ['inverse, eps 1e-4', cube(3, 20), (i) => 1 / (1 + total(i)), { eps: 1e-4 }, 8],
    ['product', [7, 1, 9, 4], (i) => i.reduce((a, b) => a * (b + 1), 1), {}, 1],
    ['sum and product', cube(4, 8), (i) => total(i) + i.reduce((a, b) => a * (1 + b / 8), 1), {}, 3],
    ['larger one of two', [30, 30], (i) => Math.max(i[0], i[1]), {}, 30],
    ['one mode', [7], (i) => i[0] ** 2, {}, 1],
    ['one element', [1, 1, 1], () => -4, {}, 1],
    ['modes of size one', [1, 5, 1, 6, 1], (i) => 1 / (1 + total(i)), { eps: 1e-10 }, 5],
    ['constant', cube(5, 6), () => 3, {}, 1],
  ])('%s (peer case 43)', (_, shape, formula, options, rank) => {
    const { result, error } = run(shape, formula, options);
    const eps = options.eps ?? 1e-7;
    expect(error).toBeLessThan(2 * eps);
    expect(Math.max(...result.ranks)).toBeLessThanOrEqual(rank);
    expect(result.status).toBe('converged');
  });

  test('the zero function is zero (peer case 43)', () => {
    const { result } = run(cube(5, 8), () => 0);
    expect(elements(ttToTensor(result)).every((v) => v === 0)).toBe(true);
    expect(result).toMatchObject({ relativeError: 0, status: 'converged', ranks: [1, 1, 1, 1, 1, 1] });
  });

  test('scales of 1e-150 and 1e150 come out alike', () => {
    const shape = cube(4, 9);
    const errors = [1e-150, 1, 1e150].map((scale) => run(shape, (i) => scale / (1 + total(i))).error);
    errors.forEach((error) => {
      expect(error).toBeLessThan(1e-7);
    });
  });

  test('separate peaks are found from the validation, narrow ones from init', () => {
    const centres = [
      [3, 6, 11, 12],
      [13, 12, 2, 4],
    ];
    const peaks = (width: number): Formula => {
      return (i) =>
        centres.reduce((sum, c) => sum + Math.exp(-i.reduce((a, b, k) => a + ((b - c[k]) / width) ** 2, 0)), 0);
    };
    expect(run(cube(4, 16), peaks(3)).error).toBeLessThan(1e-7);
    expect(run(cube(4, 16), peaks(0.2), { init: centres }).error).toBeLessThan(1e-7);
  });

  test('a function of 2²⁰ points in quantised form', () => {
    const shape = cube(20, 2);
    const x = (i: readonly number[]): number => i.reduce((a, b) => 2 * a + b, 0) / 2 ** 20;
    const at = (f: (x: number) => number): TtCrossFunction => {
      return (indices, count) => {
        return Float64Array.from({ length: count }, (_, s) => f(x(Array.from(indices.subarray(20 * s, 20 * s + 20)))));
      };
    };
    const sine = ttCross(
      at((t) => Math.sin(30 * t)),
      shape,
    );
    expect(Math.max(...sine.ranks)).toBe(2);
    expect(sine.relativeError).toBeLessThan(1e-7);
    const root = ttCross(at(Math.sqrt), shape, { eps: 1e-6 });
    expect(root.relativeError).toBeLessThan(1e-6);
    expect(root.evaluations).toBeLessThan(4000);
  });

  test.prop([
    fc.constantFrom([4, 3, 5, 3], [6, 7], [3, 3, 3, 3, 3]).chain((shape) => {
      return fc.tuple(fc.constant(shape), ttOf(shape), fc.nat(1000));
    }),
  ])('a tensor train of small ranks comes back', ([shape, tt, seed]) => {
    const dense = elementsOf(tt);
    const formula: Formula = (index) => dense[index.reduce((q, i, k) => q * shape[k] + i, 0)];
    const { result, error } = run(shape, formula, { key: key(seed), eps: 1e-9 });
    if (result.status === 'converged') expect(error).toBeLessThan(1e-7);
    result.ranks.forEach((rank) => {
      expect(rank).toBeLessThanOrEqual(9);
    });
  });

  test('is exact where the ranks are those of a random train, in any key', () => {
    const shape = [6, 5, 7, 6];
    const numbers = normal(key(3), 6 * 3 + 3 * 5 * 4 + 4 * 7 * 2 + 2 * 6);
    const sizes = [18, 60, 56, 12];
    const ranks = [1, 3, 4, 2, 1];
    const cores = sizes.map((size, k) => {
      const from = sizes.slice(0, k).reduce((a, b) => a + b, 0);
      return tensor(numbers.slice(from, from + size), [ranks[k], shape[k], ranks[k + 1]]);
    });
    const dense = elementsOf({ cores });
    for (const seed of [0, 1, 2, 3, 4]) {
      const formula: Formula = (index) => dense[index.reduce((q, i, k) => q * shape[k] + i, 0)];
      const { result, error } = run(shape, formula, { key: key(seed), eps: 1e-10 });
      expect(result.ranks).toEqual(ranks);
      expect(error).toBeLessThan(1e-12);
    }
  });

  test('repeated starting indices count once and do not hang', () => {
    const init = Array.from({ length: 50 }, () => [1, 2, 3]);
    const { result, error } = run([5, 6, 7], (i) => 1 / (1 + total(i)), { init });
    expect(error).toBeLessThan(1e-7);
    expect(result.status).toBe('converged');
    expect(init).toEqual(Array.from({ length: 50 }, () => [1, 2, 3]));
  });

  test('the budget is never exceeded, and what was found is returned (peer case 43)', () => {
    for (const maxEvaluations of [1, 5, 60, 500, 1500, 3000]) {
      const { result } = run(cube(4, 12), (i) => 1 / (2 + total(i)), { maxEvaluations, eps: 1e-10 });
      expect(result.evaluations).toBeLessThanOrEqual(maxEvaluations);
      expect(result.status).toBe('max-evaluations');
      expect(Number.isFinite(result.relativeError)).toBe(true);
      if (maxEvaluations >= 1500) expect(result.relativeError).toBeLessThan(1e-2);
    }
  });

  test('caps on ranks hold, and the run ends when they are reached', () => {
    const shape = cube(4, 9);
    const { result, error } = run(shape, (i) => 1 / (1 + total(i)), { ranks: 3 });
    expect(result.ranks).toEqual([1, 3, 3, 3, 1]);
    expect(result.status).toBe('converged');
    expect(error).toBeLessThan(2e-2);
    expect(result.relativeError).toBeGreaterThan(1e-6);
    expect(run(shape, (i) => 1 / (1 + total(i)), { ranks: [1, 2, 4, 3, 1] }).result.ranks).toEqual([1, 2, 4, 3, 1]);
  });

  test('without validation the error is that at evaluated elements, and none is called a validation error', () => {
    const { result, error } = run(cube(4, 9), (i) => 1 / (1 + total(i)), { validation: 0 });
    expect(result.validationError).toBeUndefined();
    expect(result.validationCount).toBe(0);
    expect(result.relativeError).toBeLessThan(1e-7);
    expect(error).toBeLessThan(1e-6);
  });

  test.each([[[9, 11]], [[90, 110]]])(
    'without validation an early train, exact where it comes from, does not outlast later ones: %j',
    (shape) => {
      const { result, error } = run(shape, (i) => 1 / (1 + total(i)), { validation: 0 });
      expect(error).toBeLessThan(1e-7);
      expect(result.relativeError).toBeLessThan(1e-7);
    },
  );

  test.each<[string, number[], Formula]>([
    ['without structure', cube(6, 3), (i) => Math.sin(1e4 * Math.sin(i.reduce((a, b) => 31 * a + b, 7)))],
    ['of signs', [6, 5, 7], (i) => Math.sign(Math.sin(i.reduce((a, b, k) => a + (k + 1) * b, 0)))],
  ])('no train is called right that errs at elements the sweeps have seen: a function %s', (_, shape, formula) => {
    const { result, error, share } = run(shape, formula);
    expect(share).toBeGreaterThan(0.9);
    expect(result.relativeError).toBeGreaterThan(0.9 * error - 1e-13);
    expect(result.relativeError).toBeLessThan(1e-7);
  });

  test('equal keys give equal bits; a tensor as result does too', () => {
    const f: TtCrossFunction = (indices, count) =>
      Float64Array.from(
        { length: count },
        (_, s) => 1 / (1 + indices[3 * s] + indices[3 * s + 1] * indices[3 * s + 2]),
      );
    const asTensor: TtCrossFunction = (indices, count) => tensor(Float64Array.from(f(indices, count) as Float64Array));
    const [a, b, c] = [f, f, asTensor].map((g) => ttCross(g, [8, 9, 10], { key: key(5) }));
    a.cores.forEach((core, k) => {
      expect(b.cores[k].toTypedArray()).toEqual(core.toTypedArray());
      expect(c.cores[k].toTypedArray()).toEqual(core.toTypedArray());
    });
  });

  test('an aborted run returns the best so far', () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const result = ttCross((x, n) => Array.from({ length: n }, (_, s) => 1 / (1 + x[2 * s] + x[2 * s + 1])), [40, 40], {
      signal: controller.signal,
      onProgress: ({ iteration, relativeError, evaluations, ranks }) => {
        seen.push(relativeError);
        expect(evaluations).toBeGreaterThan(0);
        expect(ranks[0]).toBe(1);
        if (iteration === 2) controller.abort();
      },
    });
    expect(result.status).toBe('aborted');
    expect(result.trace).toEqual(seen);
    expect(result.relativeError).toBeLessThan(0.5);
    controller.abort();
    expect(ttCross((_, n) => new Float64Array(n), [4, 4], { signal: controller.signal })).toMatchObject({
      status: 'aborted',
      evaluations: 0,
      relativeError: 1,
    });
  });

  test('few calls: every step asks for all it needs at once', () => {
    const f = once(cube(4, 20), (i) => 1 / (2 + total(i)));
    const { iterations } = ttCross(f, cube(4, 20));
    expect(f.calls()).toBeLessThanOrEqual(1 + 2 * 4 + 4 * iterations);
  });
});

describe('createPointCache', () => {
  test.prop([fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(6), { maxLength: 200 })])(
    'numbers distinct points in order of appearance, also beyond its first size',
    (order, flat) => {
      const points = Int32Array.from([...flat, ...Array.from({ length: 3000 * order }, (_, q) => q)]);
      const count = Math.floor(points.length / order);
      const cache = createPointCache(order);
      const known = new Map<string, number>();
      for (let s = 0; s < count; s++) {
        const name = points.subarray(s * order, (s + 1) * order).join();
        if (!known.has(name)) known.set(name, known.size);
        expect(cache.slot(points, s * order)).toBe(known.get(name));
      }
      expect(cache.size()).toBe(known.size);
      cache.truncate(5);
      expect(cache.size()).toBe(5);
    },
    20_000,
  );
});

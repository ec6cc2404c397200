import { fc, test } from '@fast-check/vitest';
import { astype, concat, mul, ones, slice, sub, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { norm } from '@neuronseek/tensor/linalg';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpStream,
  type CpStreamAddOptions,
  cpAls,
  cpStream,
  cpStreamAdd,
  cpStreamModel,
  cpToTensor,
  createProblem,
  factorMatchScore,
} from '../src/index.js';

const size = (x: Tensor): number => norm(tensor(x.toTypedArray())).item();
const trueError = (x: Tensor, model: Tensor): number => size(sub(x, model)) / size(x);

/** The slices from … to - 1 of a mode. */
const part = (x: Tensor, mode: number, from: number, to: number): Tensor =>
  slice(
    x,
    x.shape.map((n, m) => (m === mode ? { start: from, stop: to } : { start: 0, stop: n })),
  );

/** A stream of x in batches: the first of `first` slices, then of `step` each. */
function streamed(
  x: Tensor,
  rank: number,
  mode: number,
  first: number,
  step: number,
  options?: CpStreamAddOptions,
): CpStream {
  let stream = cpStream(part(x, mode, 0, first), rank, { mode, key: key(1) });
  for (let at = first; at < x.shape[mode]; at += step) {
    stream = cpStreamAdd(stream, part(x, mode, at, Math.min(at + step, x.shape[mode])), options);
  }
  return stream;
}

const numbers = (stream: CpStream): number[][] =>
  [...stream.factors, ...stream.products, ...stream.grams].map((t) => [...t.toTypedArray()]);

describe('streaming CP', () => {
  test('float32 data give the bits of the same numbers in float64', () => {
    const x = astype(createProblem({ shape: [5, 4, 6], rank: 2, key: key(3) }).tensor, 'float32');
    expect(numbers(cpStream(x, 2))).toEqual(numbers(cpStream(astype(x, 'float64'), 2)));
  });

  test('subnormal data give finite numbers', () => {
    const x = mul(createProblem({ shape: [5, 4, 6], rank: 2, key: key(3) }).tensor, 1e-310);
    const stream = cpStreamAdd(cpStream(x, 2), x);
    expect(stream.relativeError).toBeLessThan(1e-6);
    for (const list of numbers(stream)) for (const value of list) expect(value).toSatisfy(Number.isFinite);
  });

  test.prop([fc.nat(999), fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0.7, 1)], { numRuns: 25 })(
    'follows exact data exactly, whatever mode grows and however it is cut',
    (seed, mode, step, forgetting) => {
      const { tensor: x, solution } = createProblem({ shape: [7, 7, 7], rank: 2, key: key(seed) });
      const stream = streamed(x, 2, mode, 4, step, { forgetting });
      // Alternating least squares may stop in a swamp: what was exact at the start stays exact.
      const start = cpStream(part(x, mode, 0, 4), 2, { mode, key: key(1) });
      fc.pre(start.relativeError < 1e-6);
      expect(stream.slices).toBe(7);
      expect(trueError(x, cpToTensor(cpStreamModel(stream)))).toBeLessThan(1e-5);
      expect(factorMatchScore(cpStreamModel(stream), solution).score).toBeGreaterThan(0.999);
    },
  );

  test('noisy data: nearly as good as everything at once', () => {
    for (const seed of [1, 2, 3]) {
      const { tensor: x } = createProblem({ shape: [12, 10, 30], rank: 3, noise: 0.1, key: key(seed) });
      const batch = Math.min(...[1, 2, 3].map((s) => cpAls(x, 3, { key: key(s) }).relativeError));
      const stream = streamed(x, 3, 2, 10, 5);
      expect(trueError(x, cpToTensor(cpStreamModel(stream)))).toBeLessThan(1.1 * batch);
    }
  });

  test('the reported error is that of the last batch', () => {
    const { tensor: x } = createProblem({ shape: [6, 5, 12], rank: 2, noise: 0.2, key: key(4) });
    const before = streamed(part(x, 2, 0, 9), 2, 2, 6, 3);
    const last = part(x, 2, 9, 12);
    const after = cpStreamAdd(before, last);
    const rows = { ...after, factors: [after.factors[0], after.factors[1], part(after.factors[2], 0, 9, 12)] };
    const error = trueError(last, cpToTensor(cpStreamModel({ ...rows, slices: 3 })));
    expectClose([after.relativeError], [error], { factor: 1e3 });
  });

  test('forgetting follows factors that changed', () => {
    const [old, fresh] = [1, 2].map((s) => createProblem({ shape: [8, 7, 30], rank: 2, key: key(s) }).tensor);
    const x = concat([old, fresh], { axis: 2 });
    const [slow, fast] = [1, 0.2].map((forgetting) => streamed(x, 2, 2, 10, 5, { forgetting, passes: 5 }));
    expect(fast.relativeError).toBeLessThan(0.05);
    expect(fast.relativeError).toBeLessThan(slow.relativeError / 2);
  });

  test('what is continued stays as it was, and the same again gives the same bits', () => {
    const { tensor: x } = createProblem({ shape: [5, 4, 9], rank: 2, noise: 0.1, key: key(2) });
    const stream = cpStream(part(x, 2, 0, 6), 2);
    const before = numbers(stream);
    const [a, b] = [1, 2].map(() => cpStreamAdd(stream, part(x, 2, 6, 9)));
    expect(numbers(stream)).toEqual(before);
    expect(numbers(a)).toEqual(numbers(b));
  });

  test.prop([fc.constantFrom(-480, -90, 90, 480)], { numRuns: 4 })('the units of the data do not matter', (e) => {
    const { tensor: x } = createProblem({ shape: [5, 4, 9], rank: 2, noise: 0.1, key: key(2) });
    const [a, b] = [x, mul(x, 2 ** e)].map((t) => streamed(t, 2, 2, 5, 2));
    expectClose([b.relativeError], [a.relativeError], { factor: 1e4 });
    const weights = cpStreamModel(b).weights.toTypedArray();
    expectClose(
      weights.map((w) => w / 2 ** e),
      cpStreamModel(a).weights.toTypedArray(),
      { factor: 1e5 },
    );
  });

  test('zeros, one slice at a time, order 2, repeated components', () => {
    const finite = (stream: CpStream): CpStream => {
      for (const values of numbers(stream)) expect(values.every(Number.isFinite)).toBe(true);
      return stream;
    };
    expect(finite(streamed(zeros([3, 4, 5]), 2, 2, 2, 1)).relativeError).toBe(0);
    expect(finite(streamed(ones([3, 4, 5]), 3, 2, 2, 1)).relativeError).toBeLessThan(1e-6);
    expect(finite(streamed(ones([3, 5]), 1, 0, 1, 1)).relativeError).toBeLessThan(1e-6);
    const start = cpStream(ones([3, 4, 2]), 2);
    expect(finite(cpStreamAdd(start, zeros([3, 4, 2]))).relativeError).toBeLessThan(1e-12);
  });

  const stream = cpStream(ones([3, 4, 2]), 2);
  const cases: [call: () => unknown, message: string][] = [
    [() => cpStream(ones([3]), 1), 'cpStream: x needs at least two modes: its shape is [3]'],
    [() => cpStream(ones([3, 2]), 0), 'cpStream: rank is not a positive integer: 0'],
    [() => cpStream(ones([3, 2]), 1, { mode: 2 }), 'cpStream: mode is out of range for a tensor of order 2: 2'],
    [() => cpStreamAdd(stream, ones([4, 4, 1])), 'cpStreamAdd: x has shape [4, 4, 1], expected [3, 4, any]'],
    [() => cpStreamAdd(stream, ones([3, 4])), 'cpStreamAdd: x has shape [3, 4], expected [3, 4, any]'],
    [
      () => cpStreamAdd(stream, ones([3, 4, 1]), { forgetting: 0 }),
      'cpStreamAdd: forgetting is not a number above 0 and up to 1: 0',
    ],
    [() => cpStreamAdd(stream, ones([3, 4, 1]), { passes: 0 }), 'cpStreamAdd: passes is not a positive integer: 0'],
    [() => cpStreamAdd(stream, mul(ones([3, 4, 1]), Number.NaN)), 'cpStreamAdd: x is not finite at [0, 0, 0]: NaN'],
    [
      () => cpStreamAdd({ ...stream, scale: 0 }, ones([3, 4, 1])),
      'cpStreamAdd: stream scale is not a finite number above 0: 0',
    ],
    [() => cpStreamModel({ ...stream, mode: 3 }), 'cpStreamModel: stream mode is out of range for 3 factors: 3'],
  ];
  test.each(cases)('misuse %#', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

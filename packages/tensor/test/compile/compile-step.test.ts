import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import * as ns from '../../src/index.js';
import { key, normal } from '../../src/random/index.js';
import { wasmRuntime } from '../../src/wasm/runtime.js';
import { expectSameTensors } from '../support/same-tensors.js';

const { add, compileStep, exp, mul, sub, sum, tensor } = ns;
const ramp = (shape: number[], dtype: ns.DType = 'float64'): ns.Tensor =>
  ns.reshape(
    ns.arange(
      shape.reduce((size, n) => size * n, 1),
      { dtype },
    ),
    shape,
  );

describe('compileStep', () => {
  it('calls the function once for each form of the arguments: shapes, dtypes, constants, structure', () => {
    const f = vi.fn((x: { readonly a: ns.Tensor; readonly b?: ns.Tensor }, factor: number) => mul(x.b ?? x.a, factor));
    const step = compileStep(f);
    const calls: [Parameters<typeof f>, number][] = [
      [[{ a: ramp([3]) }, 2], 1],
      [[{ a: add(ramp([3]), 7) }, 2], 1],
      [[{ a: ramp([4]) }, 2], 2],
      [[{ a: ramp([3]) }, 2], 2],
      [[{ a: ramp([3]) }, 3], 3],
      [[{ a: ramp([3], 'float32') }, 3], 4],
      [[{ a: ramp([3]), b: ramp([3]) }, 3], 5],
      [[{ a: ramp([1, 3]) }, 3], 6],
      [[{ a: ramp([3]) }, -0], 7],
      [[{ a: ramp([3]) }, 0], 8],
    ];
    for (const [args, traced] of calls) {
      const expected = mul(args[0].b ?? args[0].a, args[1]);
      expectSameTensors([step(...args)], [expected]);
      expect(f).toHaveBeenCalledTimes(traced);
    }
  });

  it('knows typed arrays by their numbers, and a bigint from a number', () => {
    const step = compileStep((x: ns.Tensor, at: Int32Array, n: unknown) => [ns.take(x, at), typeof n]);
    const at = Int32Array.of(0, 1);
    expect(ns.treeMap((x) => x.toArray(), step(ramp([4]), at, 1) as unknown)).toEqual([[0, 1], 'number']);
    at.set([3, 2]);
    expect(ns.treeMap((x) => x.toArray(), step(ramp([4]), at, 1n) as unknown)).toEqual([[3, 2], 'bigint']);
  });

  it('the numbers of a key are the same at every call', () => {
    const step = compileStep((x: ns.Tensor) => add(x, tensor(normal(key(1), 3))));
    expectSameTensors([step(ramp([3])), step(ramp([3]))], [step(ramp([3])), add(ramp([3]), tensor(normal(key(1), 3)))]);
  });

  it('refuses what is being differentiated and is no argument: its share would be lost', () => {
    const f = (x: ns.Tensor): ns.Tensor => sum(compileStep((y: ns.Tensor) => mul(y, x))(ramp([3])));
    expect(() => ns.grad(f)(ramp([3]))).toThrow(
      new TypeError(
        'compileStep: the function uses a tensor that is being differentiated and is not an argument; pass it as one',
      ),
    );
  });

  it('a thousand shapes take the memory of sixteen, without waiting for the collector', () => {
    const step = compileStep((x: ns.Tensor) => exp(mul(x, -1)));
    const before = wasmRuntime.used();
    for (let n = 1; n <= 200; n++) step(ramp([1000 + n]));
    expect(wasmRuntime.used() - before).toBeLessThan(16 * 3 * 8 * 1300);
    expect(wasmRuntime.used()).toBeGreaterThan(before);
  });

  it('leaves large constants where they are, unless a loop reads them', () => {
    const large = ns.zeros([2 ** 22 + 1, 1]);
    const before = wasmRuntime.used();
    const step = compileStep((at: ns.Tensor) => ns.take(large, at));
    expect(step(tensor([2 ** 22, 0])).toArray()).toEqual([[0], [0]]);
    expect(wasmRuntime.used() - before).toBeLessThan(2 ** 20);
    const loop = compileStep((x: ns.Tensor) => sum(add(large, x)));
    expect(loop(tensor(0)).item()).toBe(0);
    expect(wasmRuntime.used() - before).toBeGreaterThan(2 ** 25);
  });

  it('keeps the sixteen plans that were used last', () => {
    const f = vi.fn((x: ns.Tensor) => mul(x, 2));
    const step = compileStep(f);
    for (let n = 1; n <= 17; n++) step(ramp([n]));
    step(ramp([2]));
    expect(f).toHaveBeenCalledTimes(17);
    step(ramp([1]));
    expect(f).toHaveBeenCalledTimes(18);
  });

  it('returns what the function returns: trees, arguments, constants, the same tensor twice, no tensor', () => {
    const constant = ramp([2]);
    const f = (x: ns.Tensor) => {
      const y = exp(x);
      return { y, again: [y, x, constant], view: ns.transpose(y), name: 'f', nothing: undefined };
    };
    const step = compileStep(f);
    const x = ramp([2, 3]);
    for (const received of [step(x), step(x)]) {
      expect({ ...received, y: 0, again: 0, view: 0 }).toEqual({
        y: 0,
        again: 0,
        view: 0,
        name: 'f',
        nothing: undefined,
      });
      expectSameTensors(ns.treeLeaves(received), ns.treeLeaves(f(x)));
    }
  });

  it('hands out results that later calls do not change, nor the arguments', () => {
    const step = compileStep((x: ns.Tensor) => [mul(x, 2), x]);
    const x = ramp([40]);
    const first = step(x);
    const copies = first.map((y) => y.toTypedArray().slice());
    step(ns.zeros([40]));
    expect(first.map((y) => y.toTypedArray())).toEqual(copies);
    expect(x.toTypedArray()).toEqual(ramp([40]).toTypedArray());
  });

  it.each<[string, (x: ns.Tensor) => unknown]>([
    ['item', (x) => (sum(x).item() > 0 ? x : mul(x, 2))],
    ['toArray', (x) => add(x, tensor(x.toArray<number[]>()))],
    ['toTypedArray', (x) => x.toTypedArray().length],
    ['data', (x) => x.data[0]],
    ['data of a result', (x) => exp(x).data[0]],
    ['print', (x) => String(x)],
    ['JSON', (x) => JSON.stringify(x)],
    ['a shape that depends on numbers', (x) => ns.nonzero(x)],
    ['indices as numbers', (x) => ns.take(ramp([9]), [ns.argmax(x).item()])],
    [
      'a derivative',
      (x) =>
        ns
          .valueAndGrad((y: ns.Tensor) => sum(mul(y, y)))(x)
          .value.item(),
    ],
  ])('refuses to look at numbers: %s', (_name, f) => {
    const step = compileStep((x: ns.Tensor) => [x, f(x)]);
    expect(() => step(ramp([4]))).toThrow(expect.objectContaining({ name: 'TraceError' }));
    expect(() => step(ramp([4]))).toThrow(
      /^compileStep: the function looks at a number that depends on its arguments; it is traced once for all numbers, so choose with where, or return the tensor$/,
    );
    // Nothing of the trace is left.
    expect(exp(ramp([3])).toArray()).toEqual([0, 1, 2].map((x) => exp(x).item()));
  });

  it('may look at what does not depend on the arguments', () => {
    const limit = tensor([3]);
    const step = compileStep((x: ns.Tensor) => (limit.item() > 2 && x.shape[0] > 1 ? mul(x, limit) : x));
    expect(step(ramp([2])).toArray()).toEqual([0, 3]);
  });

  it('throws what the function throws, and what an operation throws when it meets the numbers', () => {
    const shapes = compileStep((x: ns.Tensor) => ns.matmul(x, x));
    expect(() => shapes(ramp([2, 3]))).toThrow('matmul: inner dimensions differ: a is [2, 3], b is [2, 3]');
    expect(() => compileStep(3 as never)).toThrow(
      new TypeError('compileStep: expected a function, got a value of type number'),
    );
  });

  it('is transparent for derivatives and for other compiled functions', () => {
    const inner = vi.fn((x: ns.Tensor) => sum(mul(x, exp(x))));
    const compiled = compileStep(inner);
    const x = tensor([0.5, -1, 2]);
    expectSameTensors([ns.grad(compiled)(x)], [ns.grad((y: ns.Tensor) => sum(mul(y, exp(y))))(x)]);
    const outer = compileStep((y: ns.Tensor) => [compiled(y), ns.grad(compiled)(y)]);
    expectSameTensors(outer(x), [compiled(x), ns.grad(compiled)(x)]);
    const calls = inner.mock.calls.length;
    outer(mul(x, 2));
    expect(inner).toHaveBeenCalledTimes(calls);
  });

  it('gives its memory back when it is collected, and not before', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const x = mul(ramp([50, 50]), 1e-3);
    const kept = compileStep((y: ns.Tensor) => ns.matmul(exp(y), y));
    const expected = kept(x);
    const before = wasmRuntime.used();
    (() => compileStep((y: ns.Tensor) => sub(exp(y), ns.transpose(y)))(x))();
    expect(wasmRuntime.used()).toBeGreaterThan(before);
    await vi.waitFor(() => {
      collect();
      expect(wasmRuntime.used()).toBeLessThanOrEqual(before);
    });
    // Somebody else's numbers in all that was given back.
    const other = wasmRuntime.workspace(1e6);
    other?.float64(1e5).fill(Number.NaN);
    expectSameTensors([kept(x)], [expected]);
    other?.release();
  });
});

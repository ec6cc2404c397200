import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, vi } from 'vitest';
import { compileStep } from '../../src/core/compile/compile-step.js';
import { grad } from '../../src/core/grad.js';
import { relu } from '../../src/core/ops/activations.js';
import { add, div, mul, neg, sub } from '../../src/core/ops/arithmetic.js';
import { expandDims, squeeze } from '../../src/core/ops/axes.js';
import { exp, log } from '../../src/core/ops/exponential.js';
import { tanh } from '../../src/core/ops/hyperbolic.js';
import { matmul } from '../../src/core/ops/matmul.js';
import { maximum } from '../../src/core/ops/power.js';
import { max, mean } from '../../src/core/ops/reduce.js';
import { sqrt, square } from '../../src/core/ops/roots.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { transpose } from '../../src/core/ops/transpose.js';
import { Tensor } from '../../src/core/tensor.js';
import { wasmRuntime } from '../../src/wasm/runtime.js';
import { expectSameTensors } from '../support/same-tensors.js';

// Square matrices and what broadcasts with them, so that any operation fits any operands.
type Step = (pick: (k: number) => Tensor) => Tensor;

const unary: readonly ((x: Tensor) => Tensor)[] = [
  neg,
  relu,
  square,
  sqrt,
  exp,
  log,
  tanh,
  (x) => add(x, 0.5),
  (x) => div(1, x),
  (x) => transpose(x),
  (x) => sum(x, { axes: 0 }),
  (x) => mean(x, { axes: x.order - 1, keepDims: true }),
  (x) => max(x),
  // The same numbers under another shape, in between.
  (x) => squeeze(tanh(expandDims(neg(x), 0)), 0),
  (x) => squeeze(mul(expandDims(neg(x), x.order), 2), x.order),
  (x) => slice(x, new Array(x.order).fill({ step: -1 })),
];
const binary: readonly ((x: Tensor, y: Tensor) => Tensor)[] = [add, sub, mul, div, maximum];

/** A straight-line program; every step picks from all that is there: arguments, constants and earlier results. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat(unary.length - 1), fc.nat(30)).map(
    ([op, k]): Step =>
      (pick) =>
        pick(k).order === 0 ? square(pick(k)) : unary[op](pick(k)),
  ),
  fc.tuple(fc.nat(binary.length - 1), fc.nat(30), fc.nat(30)).map(
    ([op, j, k]): Step =>
      (pick) =>
        binary[op](pick(j), pick(k)),
  ),
  fc.tuple(fc.nat(30), fc.nat(30)).map(
    ([j, k]): Step =>
      (pick) => {
        const [x, y] = [pick(j), pick(k)];
        return x.order === 2 && y.order === 2 && x.shape[1] === y.shape[0] ? matmul(x, y) : mul(x, y);
      },
  ),
);

const special = fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-310, 1e300, 800, -800);
const program = fc.record({
  n: fc.integer({ min: 1, max: 7 }),
  single: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
  results: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
  numbers: fc.array(
    fc.oneof({ weight: 8, arbitrary: fc.double({ min: -2, max: 2 }) }, { weight: 1, arbitrary: special }),
    {
      minLength: 5,
      maxLength: 40,
    },
  ),
});

type Case = typeof program extends fc.Arbitrary<infer T> ? T : never;

function inputsOf({ n, single, numbers }: Case, shift: number): Tensor[] {
  const make = (size: number, from: number, shape: number[]): Tensor => {
    const values = Array.from({ length: size }, (_, i) => numbers[(i * 7 + from + shift) % numbers.length]);
    return single
      ? new Tensor(Float32Array.from(values), 'float32', shape)
      : new Tensor(Float64Array.from(values), 'float64', shape);
  };
  return [make(n * n, 0, [n, n]), make(n, 3, [n]), make(n * n, 5, [n, n]), make(1, 1, [])];
}

function functionOf(c: Case): (...args: Tensor[]) => Tensor[] {
  const constant = inputsOf(c, 11)[0];
  return (...args) => {
    const values = [...args, constant];
    for (const run of c.steps) values.push(run((k) => values[k % values.length]));
    return c.results.map((k) => values[values.length - 1 - (k % values.length)]);
  };
}

afterEach(() => vi.restoreAllMocks());

describe.each([
  ['in the memory of the kernels', () => undefined],
  ['without WebAssembly', () => void vi.spyOn(wasmRuntime, 'available').mockReturnValue(false)],
  ['without room in that memory', () => void vi.spyOn(wasmRuntime, 'workspace').mockReturnValue(undefined)],
])('programs, %s', (_where, prepare) => {
  test.prop([program])('have the bits of the eager run, again and again', (c) => {
    prepare();
    const f = functionOf(c);
    const compiled = compileStep(f);
    for (const shift of [0, 1, 2]) {
      const args = inputsOf(c, shift);
      expectSameTensors(compiled(...args), f(...args));
    }
  });

  test.prop([program])('and so have their derivatives', (c) => {
    prepare();
    const f = grad((args: Tensor[]) =>
      functionOf(c)(...args)
        .map((x) => sum(x))
        .reduce(add),
    );
    const compiled = compileStep(f);
    for (const shift of [0, 1]) {
      const args = inputsOf(c, shift);
      expectSameTensors(compiled(args), f(args));
    }
  });
});

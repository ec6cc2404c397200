import { fc, test } from '@fast-check/vitest';
import {
  astype,
  compileStep,
  grad,
  mul,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  treeLeaves,
  treeMap,
} from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type AdamOptions, adam, adamDefaults } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';

interface Params {
  readonly weight: Tensor;
  readonly deep: readonly { readonly bias: Tensor }[];
}

const draw = (seed: number): Params => ({
  weight: drawNormal(seed, [2, 3]),
  deep: [{ bias: drawNormal(seed + 1, [4]) }, { bias: drawNormal(seed + 2, []) }],
});

function numbers(tree: unknown): number[] {
  return treeLeaves(tree).flatMap((x) => Array.from(x.toTypedArray()));
}

/** One number at a time, the recursions as they stand in Algorithm 1 of the paper. */
function algorithm1(theta: number, gradients: readonly number[], rate: number): number {
  let [m, v] = [0, 0];
  gradients.forEach((g, i) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g ** 2;
    theta -= (rate * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-8);
  });
  return theta;
}

describe('adam', () => {
  test.prop([fc.nat(1e6), fc.integer({ min: 1, max: 40 })])(
    'moves every number of a tree by algorithm 1',
    (seed, steps) => {
      const optimizer = adam();
      const slopes = Array.from({ length: steps }, (_, t) => draw(seed + 10 * t + 7));
      let params = draw(seed);
      let state = optimizer.init(params);
      for (const gradients of slopes) ({ params, state } = optimizer.update(params, gradients, state, 0.01));
      expect(state.steps.item()).toBe(steps);
      const expected = numbers(draw(seed)).map((theta, i) =>
        algorithm1(
          theta,
          slopes.map((g) => numbers(g)[i]),
          0.01,
        ),
      );
      // Each of up to 40 steps of about 0.01 rounds a few times; 0.1 and 1 − 0.9 differ by an ulp.
      expectClose(numbers(params), expected, { factor: 200, scale: 4 });
    },
  );

  test('is a pure function: nothing that it is given changes, and the same call gives the same bits', () => {
    const optimizer = adam({ weightDecay: 0.1 });
    const [params, gradients] = [draw(1), draw(2)];
    const state = optimizer.update(params, draw(3), optimizer.init(params), 0.1).state;
    const before = { p: numbers(params), g: numbers(gradients), s: numbers(state) };
    const first = optimizer.update(params, gradients, state, 0.1);
    expect({ p: numbers(params), g: numbers(gradients), s: numbers(state) }).toEqual(before);
    expectSameBits(numbers(optimizer.update(params, gradients, state, 0.1).params), numbers(first.params));
  });

  test('takes the learning rate as a tensor, and can be compiled: the same bits', () => {
    const optimizer = adam({ weightDecay: 0.1 });
    const [params, gradients] = [draw(1), treeMap((x) => astype(x, 'float32'), draw(2))];
    const state = optimizer.update(params, draw(3), optimizer.init(params), 0.1).state;
    const expected = optimizer.update(params, gradients, state, 0.1);
    const step = compileStep(optimizer.update<Params>);
    for (const moved of [
      optimizer.update(params, gradients, state, tensor(0.1)),
      step(params, gradients, state, tensor(0.1)),
    ]) {
      expectSameBits(numbers(moved), numbers(expected));
    }
  });

  test('refuses to be differentiated', () => {
    const optimizer = adam();
    const moved = (x: Tensor): Tensor => sum(optimizer.update([x], [x], optimizer.init([x]), 0.1).params[0]);
    expect(() => grad(moved)(tensor([1, 2]))).toThrow(
      new TypeError('adam: has no derivative; wrap the parameters in stopGradient if that is meant'),
    );
  });

  test('weight decay is the gradient of half the squared length', () => {
    const [params, gradients] = [draw(1), draw(2)];
    const decayed: Params = {
      weight: sub(gradients.weight, mul(params.weight, -0.25)),
      deep: gradients.deep.map(({ bias }, i) => ({ bias: sub(bias, mul(params.deep[i].bias, -0.25)) })),
    };
    const plain = adam();
    const withDecay = adam({ weightDecay: 0.25 });
    expectSameBits(
      numbers(withDecay.update(params, gradients, withDecay.init(params), 0.1).params),
      numbers(plain.update(params, decayed, plain.init(params), 0.1).params),
    );
  });

  test('finds the bottom of a badly scaled bowl', () => {
    const optimizer = adam();
    const curvature = tensor([1e-3, 1, 1e3]);
    const bottom = tensor([1, -2, 3]);
    const slope = grad((x: Tensor) => sum(mul(curvature, square(sub(x, bottom)))));
    let params = tensor([0, 0, 0]);
    let state = optimizer.init(params);
    for (let t = 0; t < 2000; t++) {
      ({ params, state } = optimizer.update(params, slope(params), state, 0.05 * (1 - t / 2000)));
    }
    expectClose(params.toTypedArray(), bottom.toTypedArray(), { factor: 1e-3, epsilon: 1, scale: 1 });
  });

  test('float32 parameters stay float32 and are rounded once a step; moments are float64', () => {
    const wide = { x: tensor([0.1, -0.7, 3]) };
    const narrow = { x: astype(wide.x, 'float32') };
    const gradients = { x: astype(tensor([0.3, 0.2, -5]), 'float32') };
    const optimizer = adam();
    const { params, state } = optimizer.update(narrow, gradients, optimizer.init(narrow), 0.01);
    expect(params.x.dtype).toBe('float32');
    const exact = optimizer.update({ x: astype(narrow.x, 'float64') }, gradients, optimizer.init(wide), 0.01);
    expectSameBits(params.x.toTypedArray(), Float32Array.from(exact.params.x.toTypedArray()));
    expect(state).toEqual(exact.state);
  });

  test('reads views', () => {
    const optimizer = adam();
    const [x, g] = [transpose(drawNormal(1, [2, 3])), transpose(drawNormal(2, [2, 3]))];
    const copy = (t: Tensor): Tensor => tensor(Float64Array.from(t.toTypedArray()), t.shape);
    expectSameBits(
      optimizer.update(x, g, optimizer.init(x), 0.1).params.toTypedArray(),
      optimizer.update(copy(x), copy(g), optimizer.init(x), 0.1).params.toTypedArray(),
    );
  });

  test('an option that is undefined has its default', () => {
    const optimizer = adam({ beta1: undefined, beta2: undefined, epsilon: undefined, weightDecay: undefined });
    const [params, gradients] = [draw(1), draw(2)];
    const plain = adam(adamDefaults);
    expectSameBits(
      numbers(optimizer.update(params, gradients, optimizer.init(params), 0.1).params),
      numbers(plain.update(params, gradients, plain.init(params), 0.1).params),
    );
  });

  test.each<[AdamOptions, string]>([
    [{ beta1: 1 }, 'beta1 must be from 0 to below 1, got 1'],
    [{ beta2: -0.1 }, 'beta2 must be from 0 to below 1, got -0.1'],
    [{ beta2: Number.NaN }, 'beta2 must be from 0 to below 1, got NaN'],
    [{ epsilon: 0 }, 'epsilon must be positive, got 0'],
    [{ weightDecay: -1 }, 'weightDecay must not be negative, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => adam(options)).toThrow(new RangeError(`adam: ${message}`));
  });

  test('refuses gradients and states of other parameters', () => {
    const optimizer = adam();
    const [a, b] = [tensor([1, 2]), tensor([[1], [2]])];
    const state = optimizer.init({ a, b });
    expect(() => optimizer.update({ a, b }, { a: b, b }, state, 0.1)).toThrow(
      new RangeError('adam: gradients differ from the parameters: got a [2, 1] where there is a [2]'),
    );
    expect(() => optimizer.update<unknown>({ a, b }, { a }, state, 0.1)).toThrow('got none where there is b [2, 1]');
    expect(() => optimizer.update<unknown>({ a, b }, { a, b, c: a }, state, 0.1)).toThrow(
      'got c [2] where there is none',
    );
    // Same tensors in another order: they would go to the wrong parameters.
    expect(() => optimizer.update({ a, b: a }, { b: a, a }, state, 0.1)).toThrow('got b [2] where there is a [2]');
    const misfit = (place: string): RangeError =>
      new RangeError(`adam: the state does not fit ${place}: was it made by init for them?`);
    expect(() => optimizer.update({ a }, { a }, state, 0.1)).toThrow(misfit('the rest'));
    expect(() => optimizer.update({ a, b, c: a }, { a, b, c: a }, state, 0.1)).toThrow(misfit('c'));
    expect(() => optimizer.update(tensor([1]), tensor([1]), optimizer.init(a), 0.1)).toThrow(misfit('the parameters'));
  });

  test('parameters without a number are no trouble', () => {
    const optimizer = adam();
    const params = { none: tensor([]), nothing: [] };
    expect(optimizer.update(params, params, optimizer.init(params), 0.1).params).toEqual(params);
  });
});

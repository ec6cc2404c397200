import { fc, test } from '@fast-check/vitest';
import { astype, ones, tensor, treeLeaves, zeros } from '@neuronseek/tensor';
import { key, split } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { activation, apply, init, type Layer, linear, parameterCount, sequential } from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { everyKind, sizedLayers } from '../support/layers.js';

describe('sequential', () => {
  test.prop([sizedLayers, fc.nat(1e6), fc.boolean()])(
    'runs the second layer on what the first gives, each with variables of its own',
    ({ layer: first, inputs }, seed, training) => {
      const x = drawNormal(seed, [4, inputs]);
      const [k1, k2] = split(key(seed), 2);
      const one = apply(first, init(first, k1), x, { training });
      const second = linear(one.output.shape[1], 2);
      const two = apply(second, init(second, k2), one.output, { training });
      const both = sequential([first, second]);
      const chained = apply(both, init(both, key(seed)), x, { training });
      expectSameBits(chained.output.toTypedArray(), two.output.toTypedArray());
      expect(chained.state).toEqual([one.state, two.state]);
    },
  );

  test.prop([sizedLayers, fc.nat(1e6)])(
    'of one layer is that layer, and nesting changes nothing',
    ({ layer, inputs }, seed) => {
      const x = drawNormal(seed, [3, inputs]);
      const { params, state } = init(layer, key(1));
      const nested = sequential([sequential([layer])]);
      expectSameBits(
        apply(nested, { params: [[params]], state: [[state]] }, x).output.toTypedArray(),
        apply(layer, { params, state }, x).output.toTypedArray(),
      );
    },
  );

  test('a perceptron, written out', () => {
    const layer = sequential([linear(3, 4), activation('tanh'), linear(4, 2)]);
    const variables = init(layer, key(1));
    const x = drawNormal(2, [5, 3]);
    const [w1, , w2] = treeLeaves(variables.params).map((t) => t.toTypedArray());
    const expected: number[] = [];
    for (let row = 0; row < 5; row++) {
      const hidden = [0, 1, 2, 3].map((j) => {
        let z = 0;
        for (let d = 0; d < 3; d++) z += x.toTypedArray()[row * 3 + d] * w1[d * 4 + j];
        return Math.tanh(z);
      });
      for (let c = 0; c < 2; c++) expected.push(hidden.reduce((a, h, j) => a + h * w2[j * 2 + c], 0));
    }
    expectClose(apply(layer, variables, x).output.toTypedArray(), expected, { factor: 20, scale: 4 });
    expect(parameterCount(variables.params)).toBe(3 * 4 + 4 + 4 * 2 + 2);
  });

  test('keeps a list of its own', () => {
    const layers: Layer[] = [linear(1, 1)];
    const chain = sequential(layers);
    layers.push(linear(5, 5));
    expect(chain.layers).toHaveLength(1);
  });

  test('refuses an empty list and layers that do not follow each other', () => {
    expect(() => sequential([])).toThrow(new RangeError('sequential: needs at least one layer'));
    expect(() => sequential([linear(2, 3), activation('relu'), linear(4, 1)])).toThrow(
      new RangeError('sequential: layers[2] takes 4 inputs, it is given 3'),
    );
    expect(() => sequential([linear(2, 3), sequential([activation('relu'), linear(4, 1)])])).toThrow(
      new RangeError('sequential: layers[1].layers[1] takes 4 inputs, it is given 3'),
    );
    expect(sequential([activation('relu'), linear(4, 1)]).layers).toHaveLength(2);
  });
});

describe('apply', () => {
  test.each(everyKind.filter(({ layer }) => layer.kind !== 'activation'))(
    '$name: refuses other columns',
    ({ layer, inputs }) => {
      const message = /^apply: layer(\.layers\[0\])? takes \d inputs, it is given \d$/;
      expect(() => apply(layer, init(layer, key(1)), ones([4, inputs + 1]))).toThrow(message);
    },
  );

  test('refuses a layer written by hand whose parts do not fit, with the place', () => {
    const layer: Layer = { kind: 'sequential', layers: [linear(2, 3), { kind: 'sequential', layers: [linear(4, 1)] }] };
    expect(() => apply(layer, init(layer, key(1)), ones([4, 2]))).toThrow(
      new RangeError('apply: layer.layers[1].layers[0] takes 4 inputs, it is given 3'),
    );
  });

  test('refuses x that is no table', () => {
    const layer = linear(2, 1);
    for (const x of [tensor(1), ones([2]), ones([2, 2, 2])]) {
      expect(() => apply(layer, init(layer, key(1)), x)).toThrow(
        new RangeError(`apply: x must have shape [rows, columns], got [${x.shape.join(', ')}]`),
      );
    }
  });

  test('takes no rows, but not in training: they have no statistics', () => {
    for (const { layer, inputs } of everyKind) {
      const variables = init(layer, key(1));
      expect(apply(layer, variables, ones([0, inputs])).output.shape[0]).toBe(0);
      expect(() => apply(layer, variables, ones([0, inputs]), { training: true })).toThrow(
        new RangeError('apply: training needs at least one row, got none'),
      );
    }
  });

  test('refuses variables of another layer, even where they broadcast', () => {
    const x = ones([4, 2]);
    const wide = linear(2, 3);
    const { params, state } = init(linear(2, 1), key(1));
    expect(() => apply(wide, { params, state }, x)).toThrow(
      new RangeError('apply: "weight" of the variables is [2, 1], the layer needs [2, 3]'),
    );
    const broadcast = { weight: zeros([2, 3]), bias: zeros([1]) };
    expect(() => apply(wide, { params: broadcast, state }, x)).toThrow(
      new RangeError('apply: "bias" of the variables is [1], the layer needs [3]'),
    );
    expect(() => apply(wide, { params: { weight: zeros([2, 3]) }, state }, x)).toThrow(
      new TypeError('apply: the variables have no "bias": were they made by init for this layer?'),
    );
    expect(() => apply(wide, { params: zeros([2, 3]), state }, x)).toThrow('the variables have no "weight"');
    expect(() => apply(wide, { params: { weight: [], bias: [] }, state }, x)).toThrow(
      new TypeError('apply: "weight" of the variables is not a tensor'),
    );
    expect(() => apply(sequential([wide]), { params: [], state: [] }, x)).toThrow('the variables have no "0"');
    // Names that every object inherits are not variables.
    expect(() => apply(wide, { params: Object.create({ weight: zeros([2, 3]) }), state }, x)).toThrow('no "weight"');
  });

  test('computes in float32 where everything is, and takes any dtype for x', () => {
    const layer = linear(2, 3);
    const narrow = {
      params: { weight: ones([2, 3], { dtype: 'float32' }), bias: zeros([3], { dtype: 'float32' }) },
      state: {},
    };
    expect(apply(layer, narrow, ones([4, 2], { dtype: 'float32' })).output.dtype).toBe('float32');
    const x = tensor([[1, 2]]);
    const wide = init(layer, key(1));
    expectSameBits(
      apply(layer, wide, astype(x, 'int32')).output.toTypedArray(),
      apply(layer, wide, x).output.toTypedArray(),
    );
  });
});

describe('linear and activation', () => {
  test('y = x·W + b', () => {
    const params = {
      weight: tensor([
        [1, 2],
        [3, 4],
      ]),
      bias: tensor([10, 20]),
    };
    expect(apply(linear(2, 2), { params, state: {} }, tensor([[1, -1]])).output.toArray()).toEqual([[8, 18]]);
  });

  test.each([
    ['relu', (x: number) => Math.max(0, x)],
    ['tanh', Math.tanh],
    ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
    ['softplus', (x: number) => Math.log(1 + Math.exp(x))],
    ['identity', (x: number) => x],
  ] as const)('%s', (name, f) => {
    const x = drawNormal(3, [10, 4]);
    const { output } = apply(activation(name), { params: {}, state: {} }, x);
    expectClose(output.toTypedArray(), Array.from(x.toTypedArray(), f), { factor: 8 });
  });

  test('refuse what they cannot be', () => {
    expect(() => linear(0, 1)).toThrow(new RangeError('linear: inputs must be a positive integer, got 0'));
    expect(() => linear(1, 0.5)).toThrow(new RangeError('linear: outputs must be a positive integer, got 0.5'));
    for (const name of ['gelu', 'constructor', '__proto__']) {
      expect(() => activation(JSON.parse(JSON.stringify(name)))).toThrow(
        new RangeError(`activation: unknown name "${name}"; known: relu, tanh, sigmoid, softplus, identity`),
      );
    }
  });
});

import { fc, test } from '@fast-check/vitest';
import { astype, type Tensor, tensor, transpose, treeLeaves, treeMap } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  apply,
  init,
  type Layer,
  linear,
  load,
  type Model,
  modelFormat,
  save,
  sequential,
  taskNeuron,
} from '../../src/index.js';
import { drawNormal } from '../support/bridge.js';
import { everyKind, sizedLayers } from '../support/layers.js';

/** Fails unless two models are the same, down to the signs of zeros. */
function expectSameModel(actual: Model, expected: Model): void {
  expect(actual.layer).toStrictEqual(expected.layer);
  for (const name of ['params', 'state'] as const) {
    const [a, b] = [actual, expected].map(({ variables }) => {
      const leaves: { readonly path: string; readonly tensor: Tensor }[] = [];
      treeMap((x, path) => {
        leaves.push({ path, tensor: x });
        return x;
      }, variables[name]);
      return leaves;
    });
    expect(a.map(({ path, tensor: x }) => [path, x.dtype, x.shape])).toEqual(
      b.map(({ path, tensor: x }) => [path, x.dtype, x.shape]),
    );
    a.forEach(({ tensor: x }, i) => {
      expectSameBits(x.toTypedArray(), b[i].tensor.toTypedArray());
    });
  }
}

/** Any finite double: zeros of both signs, subnormals and the largest ones among them. */
const double = fc.double({ noNaN: true, noDefaultInfinity: true });

/** A layer with any finite numbers as variables. */
const models: fc.Arbitrary<Model> = sizedLayers.chain(({ layer }) => {
  const { params, state } = init(layer, key(0));
  const size = treeLeaves([params, state]).reduce((n, x) => n + x.size, 0);
  return fc.array(double, { minLength: size, maxLength: size }).map((values) => {
    let next = 0;
    const refill = (x: Tensor): Tensor => {
      next += x.size;
      return tensor(Float64Array.from(values.slice(next - x.size, next)), x.shape);
    };
    return { layer, variables: { params: treeMap(refill, params), state: treeMap(refill, state) } };
  });
});

describe('save and load', () => {
  test.prop([models])('keep every bit of every number', (model) => {
    expectSameModel(load(save(model)), model);
  });

  test.prop([models])('give the same text again', (model) => {
    expect(save(load(save(model)))).toBe(save(model));
  });

  test.each(everyKind)('$name: predicts the same', ({ layer, inputs }) => {
    const variables = init(layer, key(3));
    const read = load(save({ layer, variables }));
    expectSameModel(read, { layer, variables });
    const x = drawNormal(1, [4, inputs]);
    expectSameBits(
      apply(read.layer, read.variables, x).output.toTypedArray(),
      apply(layer, variables, x).output.toTypedArray(),
    );
  });

  test('keep float32 as float32', () => {
    const layer = linear(3, 2);
    const variables = treeMap((x) => astype(x, 'float32'), init(layer, key(1)));
    expectSameModel(load(save({ layer, variables })), { layer, variables });
  });

  test('write views in the order of their elements', () => {
    const layer = linear(3, 2);
    const weight = transpose(drawNormal(1, [2, 3]));
    const text = save({ layer, variables: { params: { weight, bias: tensor([1, -0]) }, state: {} } });
    expect(text).toContain('"bias":{"dtype":"float64","shape":[2],"data":[1,-0]}');
    expectSameBits(treeLeaves(load(text).variables)[0].toTypedArray(), weight.toTypedArray());
  });

  test('the file is JSON with a head', () => {
    const layer = linear(1, 1);
    const variables = { params: { weight: tensor([[0.1]]), bias: tensor([1e-320]) }, state: {} };
    expect(JSON.parse(save({ layer, variables }))).toEqual({
      ...modelFormat,
      layer: { kind: 'linear', inputs: 1, outputs: 1 },
      params: {
        weight: { dtype: 'float64', shape: [1, 1], data: [0.1] },
        bias: { dtype: 'float64', shape: [1], data: [1e-320] },
      },
      state: {},
    });
  });
});

describe('save refuses', () => {
  const layer: Layer = sequential([taskNeuron(1, 1, { power: [1], interaction: [] }), linear(1, 2)]);
  const { params, state } = init(layer, key(1));
  const [first] = treeLeaves(params);
  const replaced = (path: string, by: Tensor): Model => ({
    layer,
    variables: { params: treeMap((x, at) => (at === path ? by : x), params), state },
  });

  test.each<[string, Model]>([
    ['params[1].bias is not finite at position 1: NaN', replaced('[1].bias', tensor([0, Number.NaN]))],
    [
      'params[0].scale is not finite at position 0: Infinity',
      replaced('[0].scale', tensor([[Number.POSITIVE_INFINITY]])),
    ],
    ['params[1].bias is [1], the layer needs [2]', replaced('[1].bias', tensor([0]))],
    ['params[1].bias must be float64 or float32, got int32', replaced('[1].bias', astype(tensor([0, 1]), 'int32'))],
    ['params[0] is missing, the layer needs it', { layer, variables: { params: [], state } }],
    ['params[0].power is missing, the layer needs it', { layer, variables: { params: [{}, {}], state } }],
    ['params[0] is missing, the layer needs it', { layer, variables: { params: first, state } }],
    ['state[0].mean is missing, the layer needs it', { layer, variables: { params, state: [{}, {}] } }],
    [
      'params[0].power is no tensor, the layer needs [1, 1, 1]',
      { layer, variables: { params: [{ power: [] }, {}], state } },
    ],
  ])('%s', (message, model) => {
    expect(() => save(model)).toThrow(new RangeError(`save: ${message}`));
  });
});

import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { activation, init, linear, load, save, sequential, taskNeuron } from '../../src/index.js';

const layer = sequential([
  taskNeuron(2, 1, { power: [1], interaction: [{ order: 2, rank: 1 }] }),
  activation('tanh'),
  linear(1, 2),
]);
const text = save({ layer, variables: init(layer, key(1)) });

/** A copy of the good file with the value at a place (keys and indices) replaced; undefined removes it. */
function replaced(place: readonly (string | number)[], by: unknown): string {
  const put = (value: unknown, depth: number): unknown => {
    if (depth === place.length) return by;
    if (Array.isArray(value)) return value.map((child, i) => (i === place[depth] ? put(child, depth + 1) : child));
    const entries = Object.entries(value ?? {});
    const seen = entries.some(([name]) => name === place[depth]);
    const all: [string, unknown][] = seen ? entries : [...entries, [String(place[depth]), undefined]];
    return Object.fromEntries(
      all.map(([name, child]) => [name, name === place[depth] ? put(child, depth + 1) : child]),
    );
  };
  return JSON.stringify(put(JSON.parse(text), 0));
}

const neuron = ['layer', 'layers', 0];
const power = ['params', 0, 'power'];

describe('load refuses', () => {
  test('is shown a good file that it takes', () => {
    expect(load(text).layer).toEqual(layer);
    expect(load(replaced([], JSON.parse(text))).layer).toEqual(layer);
  });

  test.prop([fc.integer({ min: 0, max: text.length - 1 })])('a file that was cut off, as a SyntaxError', (length) => {
    expect(() => load(text.slice(0, length))).toThrow(SyntaxError);
    expect(() => load(text.slice(0, length))).toThrow(`load: the text of ${length} characters is not JSON: `);
  });

  test.prop([fc.jsonValue()])('whatever JSON says, unless it is a model', (value) => {
    expect(() => load(JSON.stringify(value))).toThrow(TypeError);
    expect(() => load(JSON.stringify(value))).toThrow(
      /^load: (the file must be an object|expected a neuronseek-model)/,
    );
  });

  test.prop([fc.constantFrom('layer', 'params', 'state'), fc.jsonValue()])(
    'anything in the place of a part, naming the place',
    (name, value) => {
      expect(() => load(replaced([name], value))).toThrow(TypeError);
      expect(() => load(replaced([name], value))).toThrow(new RegExp(`^load: ${name}\\b`));
    },
  );

  test.each<[string, readonly (string | number)[], unknown]>([
    ['expected a neuronseek-model file of version 1, got "other" 1', ['format'], 'other'],
    ['expected a neuronseek-model file of version 1, got "neuronseek-model" 2', ['version'], 2],
    ['expected a neuronseek-model file of version 1, got "neuronseek-model" nothing', ['version'], undefined],
    ['the file must be an object, got an array', [], []],
    ['the file must be an object, got null', [], null],
    ['layer must be an object, got nothing', ['layer'], undefined],
    ['layer.kind is "conv2d", which is no kind of layer', ['layer', 'kind'], 'conv2d'],
    ['layer.kind is nothing, which is no kind of layer', ['layer', 'kind'], undefined],
    ['layer.layers must be an array, got an object', ['layer', 'layers'], {}],
    ['layer is no layer: sequential: needs at least one layer', ['layer', 'layers'], []],
    ['layer.layers[0] must be an object, got 5', neuron, 5],
    ['layer.layers[0].inputs must be a non-negative integer, got 1.5', [...neuron, 'inputs'], 1.5],
    ['layer.layers[0] is no layer: taskNeuron: inputs must be a positive integer, got 0', [...neuron, 'inputs'], 0],
    ['layer.layers[0].normalize must be true or false, got "yes"', [...neuron, 'normalize'], 'yes'],
    ['layer.layers[0].structure must be an object, got nothing', [...neuron, 'structure'], undefined],
    ['layer.layers[0].structure.power must be an array, got true', [...neuron, 'structure', 'power'], true],
    [
      'layer.layers[0].structure.power[0] must be a non-negative integer, got -1',
      [...neuron, 'structure', 'power', 0],
      -1,
    ],
    [
      'layer.layers[0] is no layer: taskNeuron: powers must be distinct, 2 occurs twice',
      [...neuron, 'structure', 'power'],
      [2, 2],
    ],
    [
      'layer.layers[0].structure.interaction[0].rank must be a non-negative integer, got nothing',
      [...neuron, 'structure', 'interaction', 0],
      { order: 2 },
    ],
    ['layer.layers[1].name is "gelu", which is no activation', ['layer', 'layers', 1, 'name'], 'gelu'],
    ['layer.layers[1].name is "constructor", which is no activation', ['layer', 'layers', 1, 'name'], 'constructor'],
    ['layer.layers[1].name must be a string, got 3', ['layer', 'layers', 1, 'name'], 3],
    ['layer is no layer: sequential: layers[2] takes 7 inputs, it is given 1', ['layer', 'layers', 2, 'inputs'], 7],
    ['params must be an array, got nothing', ['params'], undefined],
    ['params has 1 entries, the layer needs 3', ['params'], [{}]],
    ['state has 4 entries, the layer needs 3', ['state'], [...JSON.parse(text).state, {}]],
    ['params[0].power must be an object, got nothing', power, undefined],
    ['params[0].power.dtype must be "float64" or "float32", got "int32"', [...power, 'dtype'], 'int32'],
    ['params[0].power.shape is [2, 1, 1], the layer needs [1, 2, 1]', [...power, 'shape'], [2, 1, 1]],
    ['params[0].power.shape[1] must be a non-negative integer, got "2"', [...power, 'shape'], [1, '2', 1]],
    ['params[0].power.data has 1 numbers, its shape needs 2', [...power, 'data'], [1]],
    ['params[0].power.data must be an array, got "AAAA"', [...power, 'data'], 'AAAA'],
    // What JSON.stringify makes of NaN.
    ['params[0].power.data[1] must be a finite float64 number, got null', [...power, 'data', 1], Number.NaN],
    ['params[0].power.data[0] must be a finite float64 number, got "NaN"', [...power, 'data', 0], 'NaN'],
    ['state[0].variance must be an object, got nothing', ['state', 0, 'variance'], undefined],
  ])('%s', (message, place, by) => {
    expect(() => load(replaced(place, by))).toThrow(new TypeError(`load: ${message}`));
  });

  test('numbers that a double or a float32 cannot hold', () => {
    const at = '"data":[';
    const big = text.replace(at, `${at}1e999,`).replace(/("data":\[1e999,)[^,]+,/, '$1');
    expect(() => load(big)).toThrow('load: params[0].power.data[0] must be a finite float64 number, got Infinity');
    const narrow = JSON.parse(text);
    narrow.params[0].power = { ...narrow.params[0].power, dtype: 'float32', data: [1, 1e300] };
    expect(() => load(JSON.stringify(narrow))).toThrow(
      'load: params[0].power.data[1] must be a finite float32 number, got 1e+300',
    );
  });

  test('sizes that the file does not hold, without allocating them', () => {
    const sizes = { kind: 'linear', inputs: 2 ** 26, outputs: 2 ** 26 };
    const lie = { ...JSON.parse(text), layer: sizes, params: {}, state: {} };
    expect(() => load(JSON.stringify(lie))).toThrow('load: params.weight must be an object, got nothing');
    lie.params = { weight: { dtype: 'float64', shape: [2 ** 26, 2 ** 26], data: [] } };
    expect(() => load(JSON.stringify(lie))).toThrow(
      'load: params.weight.data has 0 numbers, its shape needs 4503599627370496',
    );
  });
});

describe('names with a meaning of their own do no harm', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s as an extra entry anywhere is not read',
    (name) => {
      for (const place of [[], ['layer'], neuron, [...neuron, 'structure'], ['params', 0], power, ['state', 0]]) {
        const at = [...place, name];
        const model = load(replaced(at, { polluted: true, kind: 'linear', inputs: 9, data: [] }));
        expect(model.layer).toStrictEqual(layer);
        expect(save(model)).toBe(text);
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  test('nothing is inherited: an entry in __proto__ does not stand for one that is missing', () => {
    const file = replaced(['params', 0], undefined).replace(
      '"params":[null',
      `"params":[{"__proto__":${JSON.stringify(JSON.parse(text).params[0])}}`,
    );
    expect(() => load(file)).toThrow(new TypeError('load: params[0].power must be an object, got nothing'));
  });
});

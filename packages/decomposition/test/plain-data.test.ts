import { fc, test } from '@fast-check/vitest';
import { abs, arange, flatten, full, isTensor, matrixTranspose, reshape, slice, tensor } from '@neuronseek/tensor';
import { decodeNpz, encodeNpz } from '@neuronseek/tensor/io';
import { key } from '@neuronseek/tensor/random';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpAlsResult,
  collinearFactors,
  congruence,
  coreConsistency,
  cpAls,
  cpGaussNewton,
  cpNonnegative,
  cpOpt,
  cpStream,
  cpStreamAdd,
  cpSymmetric,
  cpToTensor,
  createProblem,
  degeneracy,
  factorMatchScore,
  fromArrays,
  fromPlain,
  gcp,
  hooi,
  hosvd,
  type Plain,
  stability,
  stHosvd,
  symmetrize,
  tensorTrain,
  toArrays,
  toPlain,
  ttMatrix,
  ttToTensor,
  tucker,
  tuckerNonnegative,
  tuckerOpt,
  tuckerToTensor,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';

/** The ways out and back. */
const throughJson = <T>(value: T): T => fromPlain<T>(JSON.parse(JSON.stringify(toPlain(value))));
const throughJsonAlone = <T>(value: T): T => fromPlain<T>(JSON.parse(JSON.stringify(value)));
const throughNpz = <T>(value: T): T => fromArrays<T>(decodeNpz(encodeNpz(toArrays(value))));
const WAYS: readonly (readonly [string, <T>(value: T) => T])[] = [
  ['toPlain and JSON', throughJson],
  ['toArrays and npz', throughNpz],
];

/** Equal to the bit: kinds, names, numbers, dtypes, shapes and elements. Properties that are undefined count as missing. */
function expectSame(actual: unknown, expected: unknown, at = '$'): void {
  if (isTensor(expected)) {
    if (!isTensor(actual)) throw new Error(`${at} is no tensor`);
    expect([at, actual.dtype, actual.shape]).toEqual([at, expected.dtype, expected.shape]);
    expectSameBits(flatten(actual), flatten(expected));
  } else if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) throw new Error(`${at} is no object`);
    expect(Array.isArray(actual), at).toBe(Array.isArray(expected));
    const names = Object.entries(expected).flatMap(([name, v]) => (v === undefined ? [] : [name]));
    expect(Object.keys(actual).sort(), at).toEqual(names.sort());
    const found = new Map(Object.entries(actual));
    for (const [name, v] of Object.entries(expected)) {
      if (v !== undefined) expectSame(found.get(name), v, `${at}.${name}`);
    }
  } else {
    expect(actual, at).toBe(expected);
  }
}

const { tensor: x, solution } = createProblem({
  shape: [6, 5, 4],
  rank: 2,
  noise: 0.01,
  key: key(3),
});
const few = { maxIterations: 5, key: key(1) };
const fit = cpAls(x, 2, few);

/** A result of every kind. */
const RESULTS: readonly (readonly [string, unknown])[] = [
  ['cpAls', fit],
  ['cpOpt', cpOpt(x, 2, few)],
  ['cpGaussNewton', cpGaussNewton(x, 2, few)],
  ['cpNonnegative', cpNonnegative(abs(x), 2, few)],
  [
    'cpSymmetric',
    cpSymmetric(
      symmetrize(
        tensor(
          Float64Array.from({ length: 27 }, (_, i) => i),
          [3, 3, 3],
        ),
      ),
      2,
      few,
    ),
  ],
  ['cpStream', cpStreamAdd(cpStream(x, 2, { key: key(1) }), x)],
  ['gcp', gcp(x, 2, { ...few, loss: 'huber' })],
  ['tucker', tucker(x, { ranks: [2, 2, 2] })],
  ['hosvd', hosvd(x, { eps: 0.1 })],
  ['stHosvd', stHosvd(x, { eps: 0.1 })],
  ['hooi', hooi(x, { ...few, ranks: 2 })],
  ['tuckerOpt', tuckerOpt(x, { ...few, ranks: 2 })],
  ['tuckerNonnegative', tuckerNonnegative(abs(x), { ...few, ranks: 2 })],
  ['tensorTrain', tensorTrain(x, { eps: 1e-3 })],
  ['ttMatrix', ttMatrix(reshape(arange(36), [6, 6]), [2, 3], [3, 2], { eps: 1e-12 })],
  ['createProblem', createProblem({ shape: [3, 3], rank: 1, noise: 0.3 })],
  ['collinearFactors', collinearFactors({ shape: [4, 4], rank: 2, collinearity: 0.9 })],
  ['coreConsistency', coreConsistency(x, fit)],
  ['factorMatchScore', factorMatchScore(fit, solution)],
  ['congruence', congruence(fit, solution)],
  ['degeneracy', degeneracy(fit)],
  ['stability', stability([fit, solution])],
];

describe('results are plain data', () => {
  test.each(RESULTS)('of %s come back the same, through JSON and .npz', (_, result) => {
    for (const [, way] of WAYS) expectSame(way(result), result);
  });

  test('and mean the same tensors', () => {
    const [small, train] = [tucker(x, { eps: 0.01 }), tensorTrain(x, { eps: 0.01 })];
    for (const [, way] of WAYS) {
      expectSame(cpToTensor(way(fit)), cpToTensor(fit));
      expectSame(tuckerToTensor(way(small)), tuckerToTensor(small));
      expectSame(ttToTensor(way(train)), ttToTensor(train));
    }
  });

  test('that JSON.stringify writes by itself too, where all numbers are finite', () => {
    expectSame(throughJsonAlone(fit), fit);
  });

  test('and can be started from again', () => {
    const again = throughNpz<CpAlsResult>(fit);
    const [a, b] = [again, fit].map((init) => cpAls(x, 2, { init, maxIterations: 2 }));
    expectSame(a, b);
  });
});

const plain: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    shapes({ minOrder: 0, maxOrder: 3, maxSize: 3 }).chain(tensorOf),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.double(), { maxLength: 4 }),
    // Paths are unique where no name has a dot or is that of another part.
    fc.dictionary(fc.constantFrom('a', 'b', 'weights', '0', 'tensor', 'number'), tie('any')),
  ),
})).any;

describe('anything plain', () => {
  test.prop([plain])('comes back the same, -0, NaN and infinities too', (value) => {
    // An object that is itself of the form of a marked number would be read as one.
    fc.pre(!JSON.stringify(toPlain(value)).includes('{"number":"'));
    for (const [, way] of WAYS) expectSame(way(value), value);
  });

  test.prop([fc.constantFrom(Number.NaN, Infinity, -Infinity, -0)])('the numbers that JSON lacks: %s', (value) => {
    for (const [, way] of WAYS) {
      expectSame(way({ value, list: [1, value], x: full([2], value) }), {
        value,
        list: [1, value],
        x: full([2], value),
      });
    }
  });

  test.prop([plain])('is taken as it is by toPlain the second time', (value) => {
    const once: Plain = toPlain(value);
    expect(toPlain(once)).toEqual(once);
  });

  test.each(['float64', 'float32', 'int32', 'bool'] as const)('%s stays %s', (dtype) => {
    const given = tensor([1, 0, 0, 1], [2, 2], { dtype });
    for (const [, way] of WAYS) expectSame(way(given), given);
  });

  test('views are written in row-major order', () => {
    const view = matrixTranspose(slice(reshape(arange(24), [4, 6]), [{}, { start: 1, step: 2 }]));
    for (const [, way] of WAYS) expectSame(way({ view }), { view });
  });

  test('names that were meant for prototypes stay names', () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1}}');
    for (const [, way] of WAYS) expectSame(way(value), value);
  });

  test('names in an archive are paths', () => {
    const names = Object.keys(toArrays(fit));
    expect(names).toEqual(expect.arrayContaining(['weights', 'factors.0', 'factors.2', 'trace', 'relativeError']));
    expect(Object.keys(toArrays(x))).toEqual(['value', 'structure']);
  });
});

describe('what is refused', () => {
  const inItself: { a: unknown[] } = { a: [] };
  inItself.a.push(inItself);
  const good = { dtype: 'float64', shape: [2], data: [1, 2] };
  test.each<readonly [string, () => unknown]>([
    ['toPlain: $.loss is not plain data: function', () => toPlain({ loss: () => 0 })],
    ['toPlain: $[1] is not plain data: undefined', () => toPlain([1, undefined])],
    ['toPlain: $.a.b is not plain data: [object Map]', () => toPlain({ a: { b: new Map() } })],
    ['toPlain: $ is not plain data: [object Float64Array]', () => toPlain(new Float64Array(2))],
    ['toArrays: $.loss is not plain data: function', () => toArrays({ loss: () => 0 })],
    ['toArrays: $.a.1 is not plain data: symbol', () => toArrays({ a: [x, Symbol('s')] })],
    ['toArrays: two parts have one name: a.b', () => toArrays({ a: { b: 1 }, 'a.b': 2 })],
    ['toArrays: two parts have one name: structure', () => toArrays({ structure: x })],
    ['fromPlain: $ is not plain data: undefined', () => fromPlain(undefined)],
    ['fromPlain: $.x.dtype is not a dtype: complex', () => fromPlain({ x: { ...good, dtype: 'complex' } })],
    ['fromPlain: $.shape is not a list of sizes: 2,-1', () => fromPlain({ ...good, shape: [2, -1] })],
    ['fromPlain: $.data is not a list: 3', () => fromPlain({ ...good, data: 3 })],
    ['fromPlain: $.data has 2 elements, expected 6 for shape [2, 3]', () => fromPlain({ ...good, shape: [2, 3] })],
    ['fromPlain: $[0].data[1] is not a number: null', () => fromPlain([{ ...good, data: [1, null] }])],
    [
      'fromPlain: $.data[1] does not fit dtype int32: 1.5',
      () => fromPlain({ ...good, dtype: 'int32', data: [1, 1.5] }),
    ],
    ['fromPlain: $.data[0] does not fit dtype bool: 2', () => fromPlain({ ...good, dtype: 'bool', data: [2, 0] })],
    [
      'fromPlain: $.data[0] does not fit dtype float32: 1e+300',
      () => fromPlain({ ...good, dtype: 'float32', data: [1e300, 0] }),
    ],
    ['toPlain: $.a[0] contains itself', () => toPlain(inItself)],
    ['toArrays: $.a.0 contains itself', () => toArrays(inItself)],
    ['fromArrays: arrays is not plain data: [object Null]', () => fromArrays(JSON.parse('null'))],
    ['fromArrays: there is no tensor of this name: structure', () => fromArrays({})],
    [
      'fromArrays: there is no tensor of this name: factors.1',
      () => {
        const { 'factors.1': _, ...rest } = toArrays(fit);
        return fromArrays(rest);
      },
    ],
    [
      'fromArrays: relativeError is not one number: its order is 1',
      () => fromArrays({ ...toArrays(fit), relativeError: tensor([1, 2]) }),
    ],
    ['fromArrays: structure is not JSON', () => fromArrays({ structure: tensor([-1]) })],
    [
      'fromArrays: structure names an unknown kind: "',
      () => fromArrays({ structure: tensor(Int32Array.from('"\\""', (c) => c.charCodeAt(0))) }),
    ],
  ])('%s', (sentence, misuse) => {
    expect(misuse).toThrow(sentence);
  });
});

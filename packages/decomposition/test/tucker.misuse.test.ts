import { full, ones, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  fold,
  type HosvdOptions,
  hooi,
  hosvd,
  khatriRao,
  modeProduct,
  modeProducts,
  normalizeTucker,
  stHosvd,
  type TuckerTensor,
  tucker,
  tuckerInner,
  tuckerNonnegative,
  tuckerNorm,
  tuckerOpt,
  tuckerTensor,
  tuckerToTensor,
  tuckerWeighted,
  unfold,
} from '../src/index.js';

const x = ones([3, 4, 6]);
const model = (shape: number[], ranks: number[]): TuckerTensor => ({
  core: ones(ranks),
  factors: shape.map((n, m) => ones([n, ranks[m]])),
});
const fits = model([3, 4, 6], [2, 2, 2]);
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [
    () => tucker(untyped([[1]]), { ranks: 1 }),
    TypeError,
    'tucker: x is not a tensor: an array; make a tensor of it with tensor(…)',
  ],
  [() => tucker(x, untyped({})), RangeError, 'tucker: needs either ranks or eps: received neither'],
  [() => tucker(x, untyped({ ranks: 1, eps: 0.1 })), RangeError, 'tucker: needs either ranks or eps: received both'],
  [() => hooi(x, untyped({ ranks: 1, fixedModes: 0 })), TypeError, 'hooi: fixedModes is not an array of modes: 0'],
  [
    () => tuckerWeighted(full([3, 3], 1e308), ones([3, 3]), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: x needs a norm of at most 1e+300: it is Infinity',
  ],
  [() => tucker(x, untyped(3)), TypeError, 'tucker: options is not an object: 3'],
  [() => hosvd(x, { ranks: 0 }), RangeError, 'hosvd: the rank of mode 0 is not a positive integer: 0'],
  [() => stHosvd(x, { ranks: [2, -1, 2] }), RangeError, 'stHosvd: the rank of mode 1 is not a positive integer: -1'],
  [() => hooi(x, { ranks: [2, 2, 2.5] }), RangeError, 'hooi: the rank of mode 2 is not a positive integer: 2.5'],
  [() => tucker(x, { ranks: Number.NaN }), RangeError, 'tucker: the rank of mode 0 is not a positive integer: NaN'],
  [() => tucker(x, { ranks: [2, 2] }), RangeError, 'tucker: ranks has length 2, expected 3, one a mode'],
  [() => tucker(x, untyped({ ranks: '2' })), TypeError, 'tucker: ranks is not a number or an array of numbers: 2'],
  [() => tucker(x, { ranks: [2], modes: [1, 2] }), RangeError, 'tucker: ranks has length 1, expected 2, one a mode'],
  [
    () => tucker(x, { ranks: 2, modes: [3] }),
    RangeError,
    'tucker: modes: mode is out of range for a tensor of order 3: 3',
  ],
  [() => tucker(x, { ranks: 2, modes: [1, 1] }), RangeError, 'tucker: mode 1 occurs twice: [1, 1]'],
  [() => tucker(x, { ranks: 2, modes: [] }), RangeError, 'tucker: modes is empty: at least one mode is needed'],
  [() => tucker(x, { eps: 1 }), RangeError, 'tucker: eps is not a number from 0 to below 1: 1'],
  [() => hosvd(x, { eps: -0.1 }), RangeError, 'hosvd: eps is not a number from 0 to below 1: -0.1'],
  [() => stHosvd(x, { eps: Number.NaN }), RangeError, 'stHosvd: eps is not a number from 0 to below 1: NaN'],
  [
    () => hosvd(x, untyped<HosvdOptions>({ ranks: 1, method: 'svd' })),
    RangeError,
    "hosvd: method is not 'exact' or 'randomized': svd",
  ],
  [() => stHosvd(x, { ranks: 1, oversampling: -1 }), RangeError, 'stHosvd: oversampling is not an integer from 0: -1'],
  [
    () => tucker(x, { ranks: 1, powerIterations: 0.5 }),
    RangeError,
    'tucker: powerIterations is not an integer from 0: 0.5',
  ],
  [
    () => stHosvd(x, { ranks: 1, modeOrder: [0, 1, 1] }),
    RangeError,
    'stHosvd: modeOrder is not a permutation of [0, 1, 2]: [0,1,1]',
  ],
  [() => tucker(x, { ranks: 1, maxIterations: -1 }), RangeError, 'tucker: maxIterations is not an integer from 0: -1'],
  [() => hooi(x, { ranks: 1, tolerance: 1 }), RangeError, 'hooi: tolerance is not a number from 0 to below 1: 1'],
  [() => hooi(x, { ranks: 1, key: untyped(1) }), RangeError, 'hooi: key is not two integers from 0 to 2^32 - 1: 1'],
  [() => tucker(tensor(5), { ranks: 1 }), RangeError, 'tucker: x needs at least one mode: its shape is []'],
  [() => tucker(zeros([3, 0, 2]), { ranks: 1 }), RangeError, 'tucker: x has no elements: its shape is [3, 0, 2]'],
  [() => hosvd(withEntry(Number.NaN), { ranks: 1 }), RangeError, 'hosvd: x is not finite at [0, 1, 1]: NaN'],
  [
    () => tuckerOpt(withEntry(-Infinity), { ranks: 1 }),
    RangeError,
    'tuckerOpt: x is not finite at [0, 1, 1]: -Infinity',
  ],
  [
    () => hooi(x, { ranks: 2, init: untyped('svd') }),
    RangeError,
    "hooi: init is not 'stHosvd', 'random' or a Tucker tensor: svd",
  ],
  [
    () => hooi(x, { ranks: 2, init: model([3, 4, 5], [2, 2, 2]) }),
    RangeError,
    'hooi: init factor 2 has shape [5, 2], expected [6, 2]',
  ],
  [
    () => hooi(x, { ranks: [2, 3, 2], init: fits }),
    RangeError,
    'hooi: init core has shape [2, 2, 2], expected [2, 3, 2]',
  ],
  [
    () => tuckerOpt(x, { ranks: 2, init: { core: fits.core, factors: fits.factors.slice(1) } }),
    RangeError,
    'tuckerOpt: init factors has length 2, expected 3',
  ],
  [
    () => hooi(x, { ranks: 2, fixedModes: [0] }),
    RangeError,
    "hooi: fixedModes needs a Tucker tensor as init: it is 'stHosvd'",
  ],
  [
    () => hooi(x, { ranks: 2, init: fits, fixedModes: [3] }),
    RangeError,
    'hooi: fixedModes: mode is out of range for a tensor of order 3: 3',
  ],
  [
    () => hooi(x, { ranks: [2, 2], modes: [0, 1], init: model([3, 4, 6], [2, 2, 6]), fixedModes: [2] }),
    RangeError,
    'hooi: fixedModes has mode 2, which is not decomposed',
  ],
  [
    () => tuckerNonnegative(x, { ranks: 2, innerIterations: 0 }),
    RangeError,
    'tuckerNonnegative: innerIterations is not a positive integer: 0',
  ],
  [
    () => tuckerNonnegative(x, { ranks: 1, init: { ...model([3, 4, 6], [1, 1, 1]), core: tensor([[[-1]]]) } }),
    RangeError,
    'tuckerNonnegative: init core has a negative entry: -1',
  ],
  [
    () => tuckerNonnegative(x, { ranks: 1, init: untyped('hosvd') }),
    RangeError,
    "tuckerNonnegative: init is not 'stHosvd', 'random' or a Tucker tensor: hosvd",
  ],
  [
    () => tuckerWeighted(x, ones([3, 4]), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: weights has shape [3, 4], expected [3, 4, 6]',
  ],
  [
    () => tuckerWeighted(x, zeros([3, 4, 6]), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: weights are all zero: nothing is observed',
  ],
  [
    () => tuckerWeighted(withEntry(5), withEntry(-2), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: weights has a negative entry: -2',
  ],
  [
    () => tuckerWeighted(withEntry(5), withEntry(Number.NaN), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: weights is not finite at [0, 1, 1]: NaN',
  ],
  [
    () => tuckerWeighted(withEntry(Number.NaN), withEntry(1), { ranks: 1 }),
    RangeError,
    'tuckerWeighted: x is not finite at [0, 1, 1]: NaN',
  ],
  [() => tuckerWeighted(x, untyped(null), { ranks: 1 }), TypeError, 'tuckerWeighted: weights is not a tensor: null'],
  [
    () => tuckerToTensor(untyped(null)),
    TypeError,
    'tuckerToTensor: tucker is not a Tucker tensor { core, factors }: null',
  ],
  [() => tuckerToTensor(untyped({ factors: [] })), TypeError, 'tuckerToTensor: core is not a tensor: undefined'],
  [
    () => tuckerNorm({ core: ones([2]), factors: untyped('no') }),
    TypeError,
    'tuckerNorm: factors is not an array of tensors: no',
  ],
  [() => tuckerNorm({ core: ones([2]), factors: [] }), RangeError, 'tuckerNorm: factors has length 0, expected 1'],
  [
    () => tuckerTensor({ core: tensor(1), factors: [] }),
    RangeError,
    'tuckerTensor: factors has length 0, expected at least 1',
  ],
  [
    () => tuckerTensor({ core: ones([2, 2]), factors: [ones([3, 2]), ones([4, 3])] }),
    RangeError,
    'tuckerTensor: factor 1 has shape [4, 3], expected [4, 2]',
  ],
  [
    () => tuckerTensor({ core: ones([2, 2]), factors: [ones([3, 2]), ones([4])] }),
    RangeError,
    'tuckerTensor: factor 1 has shape [4], expected [I1, 2]',
  ],
  [
    () => tuckerTensor({ core: ones([1, 2]), factors: [tensor([[1], [Infinity]]), ones([2, 2])] }),
    RangeError,
    'tuckerTensor: factor 0 is not finite at [1, 0]: Infinity',
  ],
  [
    () => normalizeTucker({ core: withEntry(Number.NaN), factors: [ones([2, 1]), ones([2, 2]), ones([2, 3])] }),
    RangeError,
    'normalizeTucker: core is not finite at [0, 1, 1]: NaN',
  ],
  [
    () => tuckerInner(fits, model([3, 4, 5], [1, 1, 1])),
    RangeError,
    'tuckerInner: shapes differ: a is [3, 4, 6], b is [3, 4, 5]',
  ],
  [() => modeProducts(x, untyped(3)), TypeError, 'modeProducts: matrices is not an array of tensors: 3'],
  [() => modeProducts(x, [ones([1, 3])]), RangeError, 'modeProducts: matrices has length 1, expected 3, one a mode'],
  [
    () => modeProducts(x, [ones([1, 3])], { modes: [3] }),
    RangeError,
    'modeProducts: mode is out of range for a tensor of order 3: 3',
  ],
  [
    () => modeProducts(x, [ones([1, 3]), ones([1, 3])], { modes: [0, 0] }),
    RangeError,
    'modeProducts: mode 0 occurs twice: [0, 0]',
  ],
  [
    () => unfold(x, 0, untyped({ colums: 'kolda' })),
    TypeError,
    'unfold: unknown option colums: the options are columns, signal, onProgress',
  ],
  [() => fold(x, 0, untyped(null)), TypeError, 'fold: shape is not a list of sizes: null'],
  [() => khatriRao(untyped(null)), TypeError, 'khatriRao: matrices is not an array of tensors: null'],
  [() => modeProduct(x, ones([2, 3]), 0, untyped(null)), TypeError, 'modeProduct: options is not an object: null'],
  [
    () => modeProducts(x, [ones([1, 4])], { modes: [2] }),
    RangeError,
    'modeProducts: inner sizes differ: mode 2 of x [3, 4, 6] has size 6, its matrix has shape [1, 4]',
  ],
  [
    () => modeProducts(x, [ones([1, 4])], { modes: [1], transpose: true }),
    RangeError,
    'modeProducts: inner sizes differ: mode 1 of x [3, 4, 6] has size 4, its matrix has shape [1, 4], transposed',
  ],
  [
    () => modeProducts(x, [ones([1, 3]), ones([1, 4]), ones([1, 6])], { skip: 5 }),
    RangeError,
    'modeProducts: skip: mode is out of range for a tensor of order 3: 5',
  ],
];

describe('misuse of Tucker decompositions is answered by one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught instanceof Error ? caught.message : caught).toBe(message);
  });
});

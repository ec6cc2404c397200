import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  cpToTt,
  cpToTucker,
  qtt,
  qttToTensor,
  type TtTensor,
  type TtTruncation,
  tensorTrain,
  ttAdd,
  ttAls,
  ttAt,
  ttComplete,
  ttElement,
  ttHadamard,
  ttIdentity,
  ttInner,
  ttMatmul,
  ttMatrix,
  ttMatrixToTensor,
  ttMatvec,
  ttNorm,
  ttOnes,
  ttOpt,
  ttOrthogonalize,
  ttRandom,
  ttRanks,
  ttRound,
  ttScale,
  ttSlice,
  ttSub,
  ttSum,
  ttSumModes,
  ttTensor,
  ttToTensor,
  ttToTucker,
  tuckerToTt,
} from '../src/index.js';

const x = ones([3, 4, 6]);
const tt = ttOnes([3, 4]);
const train = (...shapes: number[][]): TtTensor => ({ cores: shapes.map((shape) => ones(shape)) });
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 2, 3, 4, value, 6), [1, 2, 3]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const cut = (options: TtTruncation) => () => tensorTrain(x, options);

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => ttTensor(untyped(null)), TypeError, 'ttTensor: argument is not a tensor train { cores }: null'],
  [() => ttToTensor(untyped(null)), TypeError, 'ttToTensor: argument is not a tensor train { cores }: null'],
  [
    () => ttToTensor(untyped({})),
    TypeError,
    'ttToTensor: argument is not a tensor train { cores }: an object with cores undefined',
  ],
  [() => ttToTensor(train()), RangeError, 'ttToTensor: cores needs at least one core: received none'],
  [() => ttRanks(untyped({ cores: [1] })), TypeError, 'ttRanks: core 0 is not a tensor: 1'],
  [() => ttTensor(train([3, 2])), RangeError, 'ttTensor: core 0 is not of order 3: its shape is [3, 2]'],
  [() => ttTensor(train([1, 0, 1])), RangeError, 'ttTensor: core 0 is empty: its shape is [1, 0, 1]'],
  [
    () => ttTensor(train([1, 3, 2], [3, 4, 1])),
    RangeError,
    'ttTensor: ranks of neighbours differ: core 0 has shape [1, 3, 2], core 1 has [3, 4, 1]',
  ],
  [() => ttTensor(train([2, 3, 2], [2, 4, 1])), RangeError, 'ttTensor: boundary ranks are not 1: ranks are [2, 2, 1]'],
  [
    () => ttTensor({ cores: [withEntry(Number.NaN), ones([3, 2, 1])] }),
    RangeError,
    'ttTensor: core 0 is not finite at [0, 1, 1]: NaN',
  ],
  [() => ttAdd(tt, ttOnes([3, 5])), RangeError, 'ttAdd: b shape differs: it is [3, 5], expected [3, 4]'],
  [() => ttSub(tt, ttOnes([3])), RangeError, 'ttSub: b shape differs: it is [3], expected [3, 4]'],
  [() => ttHadamard(tt, ttOnes([4, 3])), RangeError, 'ttHadamard: b shape differs: it is [4, 3], expected [3, 4]'],
  [() => ttInner(tt, ttOnes([4, 3])), RangeError, 'ttInner: b shape differs: it is [4, 3], expected [3, 4]'],
  [
    () => ttInner(tt, { cores: [withEntry(Infinity), ones([3, 2, 1])] }),
    RangeError,
    'ttInner: b shape differs: it is [2, 2], expected [3, 4]',
  ],
  [
    () => ttNorm({ cores: [withEntry(-Infinity), ones([3, 2, 1])] }),
    RangeError,
    'ttNorm: core 0 is not finite at [0, 1, 1]: -Infinity',
  ],
  [() => ttScale(tt, Number.NaN), RangeError, 'ttScale: factor is not a finite number: NaN'],
  [() => ttScale(tt, tensor(Number.NaN)), RangeError, 'ttScale: factor is not a finite number: NaN'],
  [() => ttSumModes(tt, untyped(0)), TypeError, 'ttSumModes: modes is not an array of modes: 0'],
  [
    () => ttSlice(tt, untyped([0, null])),
    TypeError,
    'ttSlice: range of mode 1 is not an index, { start, stop, step } or undefined: null',
  ],
  [() => ttMatvec(ttIdentity([3, 4]), tt, {}), RangeError, 'ttMatvec: needs eps, ranks or both: received neither'],
  [
    () => ttMatmul(ttIdentity([3, 4]), ttIdentity([3, 4]), { eps: -1 }),
    RangeError,
    'ttMatmul: eps is not a finite number from 0: -1',
  ],
  [() => ttOpt(untyped(null), 1), TypeError, 'ttOpt: x is not a tensor or samples { indices, values, shape }: null'],
  [() => ttAls([[0]], [1], [2], { maxRank: 0 }), RangeError, 'ttAls: maxRank is not a positive integer: 0'],
  [
    () => ttAls([[0], [1]], [1e308, 1e308], [2]),
    RangeError,
    'ttAls: values needs a norm of at most 1e+300: it is 1.4142135623730951e+308',
  ],
  [
    () => ttComplete([[0], [1]], [1e301, 0], [2], 1),
    RangeError,
    'ttComplete: values needs a norm of at most 1e+300: it is 1e+301',
  ],
  [() => ttScale(tt, ones([2])), RangeError, 'ttScale: factor is not of order 0: its shape is [2]'],
  [() => ttAt(tt, [[0, 4]]), RangeError, 'ttAt: index of sample 0 is out of range for mode 1 of size 4: 4'],
  [
    () =>
      ttAt(tt, [
        [0, 0],
        [-1, 0],
      ]),
    RangeError,
    'ttAt: index of sample 1 is out of range for mode 0 of size 3: -1',
  ],
  [() => ttAt(tt, [[0, 0.5]]), RangeError, 'ttAt: index of sample 0 is out of range for mode 1 of size 4: 0.5'],
  [() => ttAt(tt, [[0]]), RangeError, 'ttAt: index of sample 0 has 1 entries, expected 2'],
  [() => ttAt(tt, ones([2, 3])), RangeError, 'ttAt: indices has shape [2, 3], expected [samples, 2]'],
  [() => ttAt(tt, untyped([1, 2])), TypeError, 'ttAt: indices is not a tensor or a list of lists: 1,2'],
  [() => ttElement(tt, [3, 0]), RangeError, 'ttElement: index of sample 0 is out of range for mode 0 of size 3: 3'],
  [() => ttSum(tt, [ones([3])]), RangeError, 'ttSum: weights has length 1, expected 2'],
  [() => ttSum(tt, [ones([3]), ones([3])]), RangeError, 'ttSum: weights 1 has shape [3], expected [4]'],
  [() => ttSumModes(tt, [2]), RangeError, 'ttSumModes: mode is out of range for a tensor of order 2: 2'],
  [() => ttSumModes(tt, [0, 1]), RangeError, 'ttSumModes: no mode remains: ttSum gives the sum over all'],
  [() => ttSlice(tt, [0, 0]), RangeError, 'ttSlice: no mode remains: ttElement gives one element'],
  [() => ttSlice(tt, [3]), RangeError, 'ttSlice: index is out of range for mode 0 of size 3: 3'],
  [
    () => ttSlice(tt, [{ start: 2, stop: 1 }]),
    RangeError,
    'ttSlice: range of mode 0 of size 3 is empty: {"start":2,"stop":1}',
  ],
  [() => ttSlice(tt, [0, 0, 0]), RangeError, 'ttSlice: ranges are more than modes: 3 for shape [3, 4]'],
  [() => ttOnes([3, 0]), RangeError, 'ttOnes: shape is not a list of positive integers: [3, 0]'],
  [() => ttRandom([], 1), RangeError, 'ttRandom: shape is not a list of positive integers: []'],
  [() => ttRandom([2, 2], 0), RangeError, 'ttRandom: rank is not a positive integer: 0'],
  [() => ttRandom([2, 2], [2, 2, 1]), RangeError, 'ttRandom: boundary ranks are not 1: ranks are [2, 2, 1]'],
  [() => ttOrthogonalize(tt, 2), RangeError, 'ttOrthogonalize: mode is out of range for a tensor of order 2: 2'],
  [
    () => tensorTrain(untyped([1]), { eps: 0 }),
    TypeError,
    'tensorTrain: x is not a tensor: an array; make a tensor of it with tensor(…)',
  ],
  [() => tensorTrain(tensor(3), { eps: 0 }), RangeError, 'tensorTrain: x needs at least one mode: its shape is []'],
  [() => tensorTrain(ones([2, 0]), { eps: 0 }), RangeError, 'tensorTrain: x has no elements: its shape is [2, 0]'],
  [
    () => tensorTrain(withEntry(Infinity), { eps: 0 }),
    RangeError,
    'tensorTrain: x is not finite at [0, 1, 1]: Infinity',
  ],
  [cut({}), RangeError, 'tensorTrain: needs eps, ranks or both: received neither'],
  [cut({ eps: -1 }), RangeError, 'tensorTrain: eps is not a finite number from 0: -1'],
  [cut({ eps: Number.NaN }), RangeError, 'tensorTrain: eps is not a finite number from 0: NaN'],
  [cut({ ranks: 0 }), RangeError, 'tensorTrain: rank is not a positive integer: 0'],
  [cut({ ranks: 2.5 }), RangeError, 'tensorTrain: rank is not a positive integer: 2.5'],
  [cut({ ranks: [1, 2, -1, 1] }), RangeError, 'tensorTrain: rank is not a positive integer: -1'],
  [
    cut({ ranks: [2, 2] }),
    RangeError,
    'tensorTrain: ranks has length 2, expected 4, the boundary ranks 1 included: [2, 2]',
  ],
  [cut({ ranks: [1, 2, 2, 2] }), RangeError, 'tensorTrain: boundary ranks are not 1: ranks are [1, 2, 2, 2]'],
  [() => ttRound(tt, {}), RangeError, 'ttRound: needs eps, ranks or both: received neither'],
  [() => ttRound(tt, { ranks: [2, 1, 1] }), RangeError, 'ttRound: boundary ranks are not 1: ranks are [2, 1, 1]'],
  [
    () => qtt(ones([6]), { eps: 0 }),
    RangeError,
    'qtt: sizes are not powers of two with a product above 1: shape is [6]',
  ],
  [
    () => qtt(ones([1]), { eps: 0 }),
    RangeError,
    'qtt: sizes are not powers of two with a product above 1: shape is [1]',
  ],
  [() => qttToTensor(ttOnes([2, 2]), [8]), RangeError, 'qttToTensor: shape [8] has 8 elements, the train has 4'],
  [
    () => ttMatrix(ones([4, 6]), [2, 2], [6], { eps: 0 }),
    RangeError,
    'ttMatrix: rowShape and columnShape differ in length: [2, 2] and [6]',
  ],
  [
    () => ttMatrix(ones([4, 5]), [2, 2], [2, 3], { eps: 0 }),
    RangeError,
    'ttMatrix: dense has shape [4, 5], expected [4, 6] for rows [2, 2] and columns [2, 3]',
  ],
  [() => ttMatrixToTensor(tt), RangeError, 'ttMatrixToTensor: core 0 is not of order 4: its shape is [1, 3, 1]'],
  [
    () => ttMatvec(ttIdentity([3, 5]), tt),
    RangeError,
    'ttMatvec: inner shapes differ: columns of matrix are [3, 5], modes of x are [3, 4]',
  ],
  [
    () => ttMatmul(ttIdentity([3]), ttIdentity([3, 1])),
    RangeError,
    'ttMatmul: inner shapes differ: columns of a are [3], rows of b are [3, 1]',
  ],
  [() => ttToTucker(tt, { eps: -1 }), RangeError, 'ttToTucker: eps is not a finite number from 0: -1'],
  [
    () => tuckerToTt({ core: ones([2]), factors: [ones([3, 3])] }),
    RangeError,
    'tuckerToTt: factor 0 has shape [3, 3], expected [3, 2]',
  ],
  [
    () => cpToTt({ weights: ones([2]), factors: [ones([3, 1])] }),
    RangeError,
    'cpToTt: weights has shape [2], expected [1]',
  ],
  [
    () => cpToTucker({ weights: ones([2]), factors: [ones([3, 1])] }),
    RangeError,
    'cpToTucker: weights has shape [2], expected [1]',
  ],
];

describe('misuse of tensor trains is refused in one sentence', () => {
  test.each(cases.map(([call, type, message]) => [message, call, type] as const))('%s', (message, call, type) => {
    let error: unknown;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(type);
    expect(error instanceof Error ? error.message : error).toBe(message);
  });
});

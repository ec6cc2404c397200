import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import {
  type CpTensor,
  cpAt,
  cpLoss,
  cpWeightedLoss,
  gcpLoss,
  inner,
  sampleLoss,
  type TtTensor,
  type TuckerTensor,
  ttAt,
  ttLoss,
  tuckerAt,
  tuckerLoss,
} from '../src/index.js';

const x = ones([3, 4]);
const cp: CpTensor = { weights: ones([2]), factors: [ones([3, 2]), ones([4, 2])] };
const tucker: TuckerTensor = { core: ones([2, 1]), factors: [ones([3, 2]), ones([4, 1])] };
const tt: TtTensor = { cores: [ones([1, 3, 2]), ones([2, 4, 1])] };
const at = {
  cpAt: (i: number[][] | Tensor) => cpAt(cp, i),
  tuckerAt: (i: number[][] | Tensor) => tuckerAt(tucker, i),
  ttAt: (i: number[][] | Tensor) => ttAt(tt, i),
};
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  ...Object.entries(at).flatMap(([name, f]): typeof cases => [
    [
      () =>
        f([
          [0, 0],
          [1, 4],
        ]),
      RangeError,
      `${name}: index of sample 1 is out of range for mode 1 of size 4: 4`,
    ],
    [() => f([[-1, 0]]), RangeError, `${name}: index of sample 0 is out of range for mode 0 of size 3: -1`],
    [() => f([[0.5, 0]]), RangeError, `${name}: index of sample 0 is out of range for mode 0 of size 3: 0.5`],
    [
      () =>
        f(
          tensor([
            [0, 0],
            [0, 7],
          ]),
        ),
      RangeError,
      `${name}: index of sample 1 is out of range for mode 1 of size 4: 7`,
    ],
    [() => f([[0, 0], [1]]), RangeError, `${name}: index of sample 1 has 1 entries, expected 2`],
    [() => f(tensor([0, 0])), RangeError, `${name}: indices has shape [2], expected [samples, 2]`],
    [() => f(untyped(3)), TypeError, `${name}: indices is not a tensor or a list of lists: 3`],
  ]),
  [() => cpAt({ ...cp, weights: ones([3]) }, [[0, 0]]), RangeError, 'cpAt: weights has shape [3], expected [2]'],
  [() => tuckerAt({ ...tucker, core: ones([2]) }, [[0, 0]]), RangeError, 'tuckerAt: factors has length 2, expected 1'],
  [() => inner(x, ones([4, 3])), RangeError, 'inner: shapes differ: a is [3, 4], b is [4, 3]'],
  [() => inner(cp, ones([3, 5])), RangeError, 'inner: shapes differ: a is [3, 4], b is [3, 5]'],
  [
    () => inner(cp, { ...tucker, core: ones([1, 1]) }),
    RangeError,
    'inner: b factor 0 has shape [3, 2], expected [3, 1]',
  ],
  [
    () => inner(untyped([1]), x),
    TypeError,
    'inner: a is not a CP tensor { weights, factors }, a Tucker tensor { core, factors } or a tensor train { cores }: 1',
  ],
  [() => cpLoss(ones([3, 5]), cp), RangeError, 'cpLoss: factor 1 has shape [4, 2], expected [5, 2]'],
  [() => cpLoss(ones([3, 0]), cp), RangeError, 'cpLoss: x has no elements: its shape is [3, 0]'],
  [() => cpLoss(tensor(3), cp), RangeError, 'cpLoss: x needs at least one mode: its shape is []'],
  [() => cpLoss(untyped(1), cp), TypeError, 'cpLoss: x is not a tensor: 1'],
  [() => cpWeightedLoss(x, ones([3]), cp), RangeError, 'cpWeightedLoss: weights has shape [3], expected [3, 4]'],
  [() => cpWeightedLoss(x, untyped(1), cp), TypeError, 'cpWeightedLoss: weights is not a tensor: 1'],
  [() => tuckerLoss(ones([3, 4, 2]), tucker), RangeError, 'tuckerLoss: factors has length 2, expected 3'],
  [
    () => tuckerLoss(x, tucker, { weights: ones([4]) }),
    RangeError,
    'tuckerLoss: weights has shape [4], expected [3, 4]',
  ],
  [() => ttLoss(ones([4, 3]), tt), RangeError, 'ttLoss: shape differs: it is [3, 4], expected [4, 3]'],
  [
    () => ttLoss(x, { cores: [ones([2, 3, 2]), ones([2, 4, 1])] }),
    RangeError,
    'ttLoss: boundary ranks are not 1: ranks are [2, 2, 1]',
  ],
  [() => ttLoss(x, tt, { weights: ones([4]) }), RangeError, 'ttLoss: weights has shape [4], expected [3, 4]'],
  [() => gcpLoss(x, cp, { mask: ones([4]) }), RangeError, 'gcpLoss: mask has shape [4], expected [3, 4]'],
  [
    () => sampleLoss([[0, 0]], ones([2]), cp),
    RangeError,
    'sampleLoss: values has shape [2], expected [1], one a sample',
  ],
  [
    () => sampleLoss([[0, 0]], ones([1]), tt, { weights: ones([2]) }),
    RangeError,
    'sampleLoss: weights has shape [2], expected [1]',
  ],
  [
    () => sampleLoss([[0, 0]], ones([1]), untyped(null)),
    TypeError,
    'sampleLoss: model is not a CP tensor { weights, factors }, a Tucker tensor { core, factors } or a tensor train { cores }: null',
  ],
];

describe('misuse is answered by one sentence', () => {
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

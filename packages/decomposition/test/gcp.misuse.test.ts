import { ones, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { describe, expect, test } from 'vitest';
import { type GcpOptions, gcp } from '../src/index.js';

const x = ones([3, 4, 6]);
/** What a caller without types may pass. */
const untyped = <T>(value: unknown): T => JSON.parse(JSON.stringify(value));
const withEntry = (value: number): Tensor => tensor(Float64Array.of(1, 0, 1, 0, value, 1), [1, 2, 3]);
const run = (options: GcpOptions) => () => gcp(x, 2, options);
const init = (...rows: number[]) => ({ weights: ones([2]), factors: rows.map((n) => ones([n, 2])) });
const value = (): number => 0;

const cases: [call: () => unknown, type: typeof RangeError | typeof TypeError, message: string][] = [
  [() => gcp(x, 0), RangeError, 'gcp: rank is not a positive integer: 0'],
  [() => gcp(x, 1.5), RangeError, 'gcp: rank is not a positive integer: 1.5'],
  [() => gcp(untyped(3), 2), TypeError, 'gcp: x is not a tensor: 3'],
  [() => gcp(tensor(3), 2), RangeError, 'gcp: x needs at least one mode: its shape is []'],
  [() => gcp(ones([2, 0]), 2), RangeError, 'gcp: x has no elements: its shape is [2, 0]'],
  [() => gcp(withEntry(Number.NaN), 2), RangeError, 'gcp: x is not finite at [0, 1, 1]: NaN'],
  [
    () => gcp(withEntry(Infinity), 2, { mask: ones([1, 2, 3]) }),
    RangeError,
    'gcp: x is not finite at [0, 1, 1]: Infinity',
  ],
  ...(['poisson', 'poisson-log', 'gamma', 'rayleigh', 'negative-binomial', 'beta'] as const).map(
    (loss): (typeof cases)[number] => [
      () => gcp(withEntry(-1), 2, { loss }),
      RangeError,
      `gcp: loss '${loss}' needs x ≥ 0: x is -1 at [0, 1, 1]`,
    ],
  ),
  ...(['bernoulli-odds', 'bernoulli-logit'] as const).map((loss): (typeof cases)[number] => [
    () => gcp(withEntry(0.5), 2, { loss }),
    RangeError,
    `gcp: loss '${loss}' needs x of 0 and 1: x is 0.5 at [0, 1, 1]`,
  ]),
  [
    () => gcp(withEntry(-1), 2, { loss: 'poisson', mask: withEntry(1) }),
    RangeError,
    "gcp: loss 'poisson' needs x ≥ 0: x is -1 at [0, 1, 1]",
  ],
  [run({ mask: ones([3, 4]) }), RangeError, 'gcp: mask has shape [3, 4], expected [3, 4, 6]'],
  [run({ mask: untyped([1]) }), TypeError, 'gcp: mask is not a tensor: an array; make a tensor of it with tensor(…)'],
  [() => gcp(withEntry(1), 2, { mask: withEntry(0.5) }), RangeError, 'gcp: mask is neither 0 nor 1 at [0, 1, 1]: 0.5'],
  [run({ mask: zeros([3, 4, 6]) }), RangeError, 'gcp: mask leaves no element of x: all of it is 0'],
  [run(untyped('no')), TypeError, 'gcp: options is not an object: no'],
  [
    run({ loss: untyped('cauchy') }),
    RangeError,
    "gcp: loss is not one of 'normal', 'huber', 'poisson', 'poisson-log', 'bernoulli-odds', 'bernoulli-logit', 'gamma', 'rayleigh', 'negative-binomial', 'beta': cauchy",
  ],
  [run({ loss: untyped(null) }), TypeError, 'gcp: loss is not a name or { value, derivative }, two functions: null'],
  [
    run({ loss: { value, derivative: untyped(3) } }),
    TypeError,
    'gcp: loss is not a name or { value, derivative }, two functions: [object Object]',
  ],
  [
    run({ loss: { value, derivative: value, lower: Number.NaN } }),
    RangeError,
    'gcp: loss.lower is not a number below Infinity: NaN',
  ],
  [
    run({ loss: { value, derivative: value, start: 0 } }),
    RangeError,
    'gcp: loss.start is not a finite number above 0: 0',
  ],
  [run({ loss: 'huber', delta: 0 }), RangeError, 'gcp: delta is not a finite number above 0: 0'],
  [run({ failures: -1 }), RangeError, 'gcp: failures is not a finite number above 0: -1'],
  [run({ beta: 1 }), RangeError, "gcp: beta is not a finite number other than 0 ('gamma') and 1 ('poisson'): 1"],
  [run({ method: untyped('sgd') }), RangeError, "gcp: method is not 'lbfgs' or 'adam': sgd"],
  [run({ init: untyped('svd') }), RangeError, "gcp: init is not 'random' or a CP tensor: svd"],
  [run({ init: init(3, 4, 7) }), RangeError, 'gcp: init factor 2 has shape [7, 2], expected [6, 2]'],
  [run({ ridge: Infinity }), RangeError, 'gcp: ridge is not a finite number from 0: Infinity'],
  [run({ memory: 0 }), RangeError, 'gcp: memory is not a positive integer: 0'],
  [run({ samples: 0.5 }), RangeError, 'gcp: samples is not a positive integer: 0.5'],
  [run({ epochSteps: 0 }), RangeError, 'gcp: epochSteps is not a positive integer: 0'],
  [run({ learningRate: Number.NaN }), RangeError, 'gcp: learningRate is not a finite number above 0: NaN'],
  [run({ fixedModes: [-1] }), RangeError, 'gcp: fixedModes: mode is out of range for a tensor of order 3: -1'],
  [run({ maxIterations: -1 }), RangeError, 'gcp: maxIterations is not an integer from 0: -1'],
  [run({ tolerance: 2 }), RangeError, 'gcp: tolerance is not a number from 0 to below 1: 2'],
  [run({ key: untyped([1]) }), RangeError, 'gcp: key is not two integers from 0 to 2^32 - 1: [1]'],
];

describe('bad input is refused in one sentence', () => {
  test.each(cases.map(([call, type, message]) => ({ call, type, message })))('$message', ({ call, type, message }) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    expect(caught).toHaveProperty('message', message);
  });
});

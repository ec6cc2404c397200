import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { block, DRAW } from '../../src/random/block.js';
import { boundedDraw } from '../../src/random/bounded.js';
import { type ChoiceOptions, choice, choiceDefaults, key, randint, uniform } from '../../src/random/index.js';

const keys = fc.maxSafeNat().map(key);
const anyWeights = fc.array(fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 12,
});
const someWeights = anyWeights.filter((weights) => weights.some((w) => w > 0));

test.prop([keys, fc.integer({ min: 1, max: 2 ** 31 }), fc.nat(20)])(
  'evenly with replacement is randint',
  (k, n, count) => {
    expect(choice(k, n, { count })).toEqual(randint(k, count, { max: n }));
  },
);

test.prop([keys, fc.integer({ min: 1, max: 40 }), fc.nat(40)])(
  'without replacement is a shuffle, cut off',
  (k, n, most) => {
    const count = Math.min(n, most);
    // Fisher-Yates from the front, on all n places.
    const places = Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n; i++) {
      const j = i + boundedDraw(k, i, n - i, new Uint32Array(2));
      [places[i], places[j]] = [places[j], places[i]];
    }
    expect(Array.from(choice(k, n, { count, replace: false }))).toEqual(places.slice(0, count));
  },
);

it('a few of very many take no memory for the rest', () => {
  const drawn = choice(key(1), 2 ** 31, { count: 1000, replace: false });
  expect(new Set(drawn).size).toBe(1000);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
});

test.prop([keys, someWeights, fc.nat(20)])(
  'by weights: the first item whose running sum exceeds u times the total',
  (k, weights, count) => {
    let total = 0;
    const sums = weights.map((w) => {
      total += w;
      return total;
    });
    const expected = Array.from(uniform(k, count), (u) => {
      const found = sums.findIndex((sum) => sum > u * total);
      return found >= 0 ? found : weights.reduce((last, w, i) => (w > 0 ? i : last), 0);
    });
    expect(Array.from(choice(k, weights.length, { count, weights }))).toEqual(expected);
    for (const i of expected) expect(weights[i]).toBeGreaterThan(0);
  },
);

test.prop([keys, someWeights])('by weights without replacement: every item of positive weight once', (k, weights) => {
  const positive = weights.flatMap((w, i) => (w > 0 ? [i] : []));
  const drawn = choice(k, weights.length, { count: positive.length, replace: false, weights });
  expect(Array.from(drawn).sort((a, b) => a - b)).toEqual(positive);
});

test.prop([keys, someWeights, fc.boolean(), fc.boolean(), fc.nat(12), fc.nat(12)])(
  'the first k of m draws are the k draws, whatever the way',
  (k, weights, replace, weighted, a, b) => {
    const possible = replace ? 12 : weighted ? weights.filter((w) => w > 0).length : weights.length;
    const [few, many] = [Math.min(a, b, possible), Math.min(Math.max(a, b), possible)];
    const options: ChoiceOptions = { replace, weights: weighted ? weights : undefined };
    const all = choice(k, weights.length, { ...options, count: many });
    expect(all.subarray(0, few)).toEqual(choice(k, weights.length, { ...options, count: few }));
  },
);

test.prop([keys, someWeights, fc.boolean()])(
  'weights matter by their ratios, and only theirs',
  (k, weights, replace) => {
    const count = replace ? 10 : weights.filter((w) => w > 0).length;
    // A power of two changes no rounding of sums and products; the difference of logarithms may round otherwise, hence few ties.
    const scaled = weights.map((w) => w * 2 ** 20);
    if (replace) {
      expect(choice(k, weights.length, { count, weights: scaled })).toEqual(
        choice(k, weights.length, { count, weights }),
      );
    }
    expect(choice(k, weights.length, { count, replace, weights: Float64Array.from(weights) })).toEqual(
      choice(k, weights.length, { count, replace, weights }),
    );
  },
);

test.prop([keys, fc.array(fc.string(), { minLength: 1 }), fc.boolean()])(
  'items instead of numbers',
  (k, items, replace) => {
    const count = replace ? 7 : items.length;
    expect(choice(k, items, { count, replace })).toEqual(
      Array.from(choice(k, items.length, { count, replace }), (i) => items[i]),
    );
  },
);

it('weights of very different size', () => {
  const weights = [5e-324, 1e300, 1e-300, 0, 1e150];
  for (let seed = 0; seed < 50; seed++) {
    expect(Array.from(choice(key(seed), 5, { count: 4, replace: false, weights }))).toEqual([1, 4, 2, 0]);
    expect(Array.from(choice(key(seed), 5, { count: 2, weights }))).toEqual([1, 1]);
  }
  // A draw just below 1 does not fall behind the last item with a weight.
  let high = key(0);
  for (let seed = 0, top = 0; seed < 3000; seed++) {
    const words = new Uint32Array(2);
    block(key(seed), DRAW, 0, 0, words);
    if (words[0] > top) [top, high] = [words[0], key(seed)];
  }
  expect(uniform(high, 1)[0]).toBeGreaterThan(0.999);
  expect(Array.from(choice(high, 3, { weights: [1, 5e-324, 0] }))).toEqual([0]);
  expect(Array.from(choice(high, 3, { weights: [0, 5e-324, 0] }))).toEqual([1]);
});

it('defaults and nothing', () => {
  expect(choiceDefaults).toEqual({ count: 1, replace: true });
  expect(choice(key(1), 9)).toEqual(choice(key(1), 9, choiceDefaults));
  expect(choice(key(1), 0, { count: 0 })).toEqual(new Int32Array(0));
  expect(choice(key(1), [], { count: 0, replace: false, weights: [] })).toEqual([]);
});

it('misuse is refused', () => {
  const k = key(0);
  const loose = (...args: unknown[]): unknown => Reflect.apply(choice, undefined, args);
  for (const [args, error] of [
    [[k, 0], new RangeError('choice: there is nothing to draw from')],
    [[k, -1], new RangeError('choice: the number of items is not an integer from 0 to 2^53 - 1: -1')],
    [[k, 2 ** 31 + 1], new RangeError('choice: the number of items is beyond 2^31: 2147483649')],
    [
      [k, 'abc'],
      new TypeError('choice: items is neither a number nor an array; for a tensor draw indices and take them'),
    ],
    [[k, 3, { count: 1.5 }], new RangeError('choice: count is not an integer from 0 to 2^53 - 1: 1.5')],
    [
      [k, 3, { count: 4, replace: false }],
      new RangeError('choice: count is beyond the items without replacement: 4 of 3'),
    ],
    [
      [k, 3, { count: 2, replace: false, weights: [0, 1, 0] }],
      new RangeError('choice: count is beyond the items of positive weight without replacement: 2 of 1'),
    ],
    [[k, 3, { weights: [1, 2] }], new RangeError('choice: 2 weights for 3 items')],
    [[k, 2, { weights: [1, -1] }], new RangeError('choice: weight 1 is not a number from 0: -1')],
    [[k, 2, { weights: [Number.NaN, 1] }], new RangeError('choice: weight 0 is not a number from 0: NaN')],
    [[k, 2, { weights: ['1', 1] }], new RangeError('choice: weight 0 is not a number from 0: 1')],
    [[k, 2, { weights: [1e308, 1e308] }], new RangeError('choice: the weights add up to Infinity')],
    [[k, 2, { weights: [0, 0] }], new RangeError('choice: all weights are 0')],
    [[k, 2, { weights: 3 }], new TypeError('choice: weights is not an array: 3')],
    [[k, 2, { replace: 0 }], new TypeError('choice: replace is not true or false: 0')],
    [[k, 2, { size: 3 }], new TypeError('choice: unknown option size; it takes count, replace, weights')],
    [[k, 2, 3], new TypeError('choice: options must be an object, got number')],
    [[7, 2], new TypeError('choice: key is not a pair of words: 7')],
  ] as const) {
    expect(() => loose(...args)).toThrow(error);
  }
});

import { expectSameBits } from '@neuronseek/testkit';
import { describe, test } from 'vitest';
import * as math from '../../src/math/index.js';

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const tiny = 2 ** -1074;
const huge = Number.MAX_VALUE;
const pi = Math.PI;

type Row = readonly [number, number, number];

const pow: readonly Row[] = [
  ...[0, -0, 1, -3.5, inf, -inf, nan].flatMap((x): Row[] => [
    [x, 0, 1],
    [x, -0, 1],
  ]),
  ...[nan, inf, -inf, 1e300, 0.3].map((y): Row => [1, y, 1]),
  [-1, inf, 1],
  [-1, -inf, 1],
  [-1, 1e300, 1],
  [-1, 3, -1],
  [-1, 0.5, nan],
  [2, inf, inf],
  [2, -inf, 0],
  [0.5, inf, 0],
  [0.5, -inf, inf],
  [-2, inf, inf],
  [-0.5, inf, 0],
  [-0.5, -inf, inf],
  [0, 3, 0],
  [-0, 3, -0],
  [0, 2, 0],
  [-0, 2, 0],
  [-0, 0.5, 0],
  [0, -3, inf],
  [-0, -3, -inf],
  [-0, -2, inf],
  [0, inf, 0],
  [-0, -inf, inf],
  [inf, 2, inf],
  [inf, -2, 0],
  [-inf, 3, -inf],
  [-inf, 2, inf],
  [-inf, -3, -0],
  [-inf, 0.5, inf],
  [-inf, -2, 0],
  [inf, inf, inf],
  [-inf, -inf, 0],
  [nan, 1, nan],
  [2, nan, nan],
  [-8, 1 / 3, nan],
  [-2, 3, -8],
  [-2, -2, 0.25],
  [10, 22, 1e22],
  [3, 33, 5559060566555523],
  [9, 0.5, 3],
  [2, 1024, inf],
  [-2, 1025, -inf],
  [2, -1074, tiny],
  [2, -1080, 0],
  [-2, -1081, -0],
  [huge, huge, inf],
  [huge, -huge, 0],
  [0.5, huge, 0],
  [tiny, tiny, 1],
];

const atan2: readonly Row[] = [
  [0, 0, 0],
  [-0, 0, -0],
  [0, -0, pi],
  [-0, -0, -pi],
  [0, -1, pi],
  [-0, -1, -pi],
  [0, 1, 0],
  [-0, 1, -0],
  [1, 0, pi / 2],
  [-1, 0, -pi / 2],
  [1, -0, pi / 2],
  [1, inf, 0],
  [-1, inf, -0],
  [1, -inf, pi],
  [-1, -inf, -pi],
  [inf, 1, pi / 2],
  [-inf, 1, -pi / 2],
  [inf, inf, pi / 4],
  [-inf, inf, -pi / 4],
  [inf, -inf, (3 * pi) / 4],
  [-inf, -inf, (-3 * pi) / 4],
  [nan, 1, nan],
  [1, nan, nan],
  [tiny, huge, 0],
  [-tiny, huge, -0],
  [tiny, tiny, pi / 4],
  [tiny, -huge, pi],
];

const hypot: readonly Row[] = [
  [0, 0, 0],
  [-0, -0, 0],
  [3, -4, 5],
  [0, -7, 7],
  [inf, nan, inf],
  [nan, -inf, inf],
  [-inf, 1, inf],
  [nan, 1, nan],
  [1, nan, nan],
  [huge, huge, inf],
  [3 * tiny, 4 * tiny, 5 * tiny],
  [huge, 1, huge],
  [2 ** 1000 * 3, 2 ** 1000 * 4, 2 ** 1000 * 5],
];

describe.each([
  ['pow', math.pow, pow],
  ['atan2', math.atan2, atan2],
  ['hypot', math.hypot, hypot],
] as const)('%s', (_name, f, rows) => {
  test('special values', () => {
    expectSameBits(
      rows.map(([x, y]) => f(x, y)),
      rows.map(([, , z]) => z),
    );
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { checkVjp, checkVjpOrder2, type Data, data, pullbackDefaults } from '../../src/index.js';

const vector = (...values: number[]): Data => ({ shape: [values.length], data: Float64Array.from(values) });
const zip = (x: Data, y: Data, f: (a: number, b: number) => number): Data => ({
  shape: x.shape,
  data: x.data.map((xi, i) => f(xi, y.data[i])),
});

// f(x, y) = x / y, element by element.
const divide = ([x, y]: Data[]): Data => zip(x, y, (a, b) => a / b);
const dividePullback = ([x, y]: Data[], g: Data): Data[] => [
  zip(g, y, (gi, b) => gi / b),
  zip(
    zip(g, x, (gi, a) => -gi * a),
    y,
    (p, b) => p / (b * b),
  ),
];

const triple = fc.integer({ min: 1, max: 4 }).chain((n) => {
  const any = data({ shape: [n], min: -3, max: 3 });
  return fc.record({ x: any, y: data({ shape: [n], min: 0.5, max: 3 }), v: any, w: any, g: any });
});
const point = {
  inputs: [vector(2, -1), vector(3, 0.5)],
  direction: [vector(1, 0.5), vector(-0.5, 2)],
  cotangent: vector(1, -2),
};

it('defaults', () => {
  expect(pullbackDefaults).toEqual({ step: 2 ** -10, tolerance: 1e-7 });
});

describe('checkVjp', () => {
  test.prop([triple])('accepts a right pullback', ({ x, y, v, w, g }) => {
    checkVjp({ apply: divide, pullback: dividePullback, inputs: [x, y], direction: [v, w], cotangent: g });
  });

  test.prop([triple])('accepts stiff and flat functions', ({ x, v, g }) => {
    const apply = ([a]: Data[]): Data => zip(a, a, (t) => Math.exp(3 * t) + 100);
    const pullback = ([a]: Data[], h: Data): Data[] => [zip(h, a, (hi, t) => 3 * hi * Math.exp(3 * t))];
    checkVjp({ apply, pullback, inputs: [x], direction: [v], cotangent: g });
  });

  it('accepts a derivative that is 0 where those of higher order are not', () => {
    // t²/(2.8 + t)² at 0: differences of order h⁴ are all that there is to compare.
    checkVjp({
      apply: ([a]) => zip(a, a, (t) => (t / (2.8 + t)) ** 2),
      pullback: ([a], g) => [zip(g, a, (gi, t) => (gi * 5.6 * t) / (2.8 + t) ** 3)],
      inputs: [vector(0)],
      direction: [vector(1)],
      cotangent: vector(1),
    });
  });

  it.each<[string, (xs: Data[], g: Data) => Data[]]>([
    ['operands swapped', ([x, y], g) => dividePullback([y, x], g)],
    ['results swapped', (xs, g) => dividePullback(xs, g).reverse()],
    ['a sign lost', (xs, g) => dividePullback(xs, g).map((p, k) => (k === 1 ? zip(p, p, (t) => -t) : p))],
    ['a factor of 1 + 1e-5', (xs, g) => dividePullback(xs, g).map((p) => zip(p, p, (t) => t * 1.00001))],
    [
      'the cotangent ignored',
      (xs, g) =>
        dividePullback(
          xs,
          zip(g, g, () => 1),
        ),
    ],
    ['zero', (xs) => xs.map((x) => zip(x, x, () => 0))],
    ['NaN', (xs) => xs.map((x) => zip(x, x, () => Number.NaN))],
    ['infinite', (xs) => xs.map((x) => zip(x, x, () => Number.POSITIVE_INFINITY))],
  ])('rejects a pullback with %s', (_, pullback) => {
    expect(() => checkVjp({ apply: divide, pullback, ...point })).toThrow(/^checkVjp: <g, J v> is .* by differences/);
  });

  it('rejects wrong counts and shapes by name', () => {
    const check = (pullback: (xs: Data[], g: Data) => Data[]): void => checkVjp({ apply: divide, pullback, ...point });
    expect(() => check((xs, g) => dividePullback(xs, g).slice(1))).toThrow(
      'checkVjp: number of pulled cotangents is 1, expected 2',
    );
    expect(() => check(() => [vector(1), vector(1)])).toThrow(
      'checkVjp: pulled cotangents 0: shape is [1], expected [2]',
    );
    expect(() => checkVjp({ apply: divide, pullback: dividePullback, ...point, cotangent: vector(1) })).toThrow(
      'checkVjp: outputs 0: shape is [2], expected [1]',
    );
    expect(() => checkVjp({ apply: divide, pullback: dividePullback, ...point, direction: [] })).toThrow(
      'checkVjp: number of directions is 0, expected 2',
    );
    expect(() => checkVjp({ apply: divide, pullback: dividePullback, ...point, step: 0 })).toThrow(RangeError);
    expect(() => checkVjp({ apply: divide, pullback: dividePullback, ...point, tolerance: -1 })).toThrow(RangeError);
  });

  it('a pullback that changes its arguments does not change the point of comparison', () => {
    const pullback = (xs: Data[], g: Data): Data[] => {
      const out = dividePullback(xs, g);
      for (const { data: values } of [...xs, g]) values.fill(0);
      return out;
    };
    checkVjp({ apply: divide, pullback, ...point });
  });
});

describe('checkVjpOrder2', () => {
  // f(x) = x^3: pullback g 3 x^2; pullback of (x, g) -> 3 g x^2 at w: (6 g x w, 3 x^2 w).
  const pullback = ([x]: Data[], g: Data): Data[] => [zip(x, g, (a, h) => 3 * h * a * a)];
  const right = ([x]: Data[], g: Data, [w]: Data[]): Data[] => [
    zip(
      zip(x, g, (a, h) => 6 * a * h),
      w,
      (p, wi) => p * wi,
    ),
    zip(x, w, (a, wi) => 3 * a * a * wi),
  ];

  test.prop([triple])('accepts a right pullback of order 2', ({ x, y, v, w, g }) => {
    checkVjpOrder2({ pullback, pullback2: right, inputs: [x], cotangent: g, direction: [v, y], cotangents2: [w] });
  });

  it.each<[string, typeof right]>([
    ['order swapped', (xs, g, ws) => right(xs, g, ws).reverse()],
    ['the cotangent part lost', (xs, g, ws) => right(xs, g, ws).map((p, k) => (k === 1 ? zip(p, p, () => 0) : p))],
    ['a factor lost', (xs, g, ws) => right(xs, g, ws).map((p, k) => (k === 0 ? zip(p, p, (t) => t / 2) : p))],
  ])('rejects one with %s', (_, pullback2) => {
    const [x] = point.inputs;
    const c = { inputs: [x], cotangent: point.cotangent, direction: point.direction, cotangents2: [vector(1, 3)] };
    expect(() => checkVjpOrder2({ pullback, pullback2, ...c })).toThrow(/^checkVjpOrder2: <g, J v> is/);
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  checkAgreesWith,
  checkBilinear,
  checkDeterministic,
  checkLinear,
  checkMonotone,
  checkRoundTrip,
  type Data,
  data,
  monotoneDefaults,
  value,
} from '../../src/index.js';

const vector = (...values: number[]): Data => ({ shape: [values.length], data: Float64Array.from(values) });
const map = (x: Data, f: (value: number, i: number) => number): Data => ({ shape: x.shape, data: x.data.map(f) });
const outer = (x: Data, y: Data): Data => ({
  shape: [x.data.length, y.data.length],
  data: Float64Array.from(Array.from(x.data).flatMap((a) => Array.from(y.data, (b) => a * b))),
});
const four = fc
  .record({ n: fc.nat(4), m: fc.nat(4) })
  .chain(({ n, m }) =>
    fc.record({ x: data({ shape: [n] }), x2: data({ shape: [n] }), y: data({ shape: [m] }), y2: data({ shape: [m] }) }),
  );

describe('checkLinear', () => {
  const c = { x: vector(1, 2), y: vector(-3, 5), a: 2, b: -0.5 };

  test.prop([four, value(), value()])('accepts running sums', ({ x, x2 }, a, b) => {
    const apply = (d: Data): Data => {
      let sum = 0;
      return map(d, (xi) => (sum += xi));
    };
    checkLinear({ apply, x, y: x2, a, b });
  });

  it.each<[string, (d: Data) => Data]>([
    ['affine', (d) => map(d, (xi) => xi + 1)],
    ['square', (d) => map(d, (xi) => xi * xi)],
    ['absolute value', (d) => map(d, Math.abs)],
    ['nearly linear', (d) => map(d, (xi) => xi + 1e-12 * xi * xi)],
  ])('rejects %s', (_, apply) => {
    expect(() => checkLinear({ apply, ...c })).toThrow('expectClose: ');
  });

  it('rejects a shape that depends on the values', () => {
    const apply = (d: Data): Data => (d.data[0] === 3.5 ? vector(1) : d);
    expect(() => checkLinear({ apply, ...c })).toThrow('checkLinear: f(a x + b y): shape is [1], expected [2]');
  });
});

describe('checkBilinear', () => {
  test.prop([four, value(), value()])('accepts the outer product', ({ x, x2, y, y2 }, a, b) => {
    checkBilinear({ apply: outer, x: [x, x2], y: [y, y2], a, b });
  });

  it.each<[string, (x: Data, y: Data) => Data]>([
    ['the sum', (x, y) => map(x, (xi, i) => xi + y.data[i])],
    ['square in the first', (x, y) => map(x, (xi, i) => xi * xi * y.data[i])],
    ['square in the second', (x, y) => map(x, (xi, i) => xi * y.data[i] * y.data[i])],
  ])('rejects %s', (_, apply) => {
    const c = { x: [vector(1, 2), vector(3, -1)], y: [vector(2, 5), vector(1, 4)], a: 2, b: 3 } as const;
    expect(() => checkBilinear({ apply, ...c })).toThrow('expectClose: ');
  });
});

describe('checkAgreesWith', () => {
  const oracle = ([x]: Data[]): Data => map(x, (xi) => 2 * xi);
  const inputs = [vector(1, 2, 3)];
  const tolerance = { factor: 1 };

  test.prop([data()])('accepts another way to the same values', (x) => {
    checkAgreesWith({ apply: ([d]) => map(d, (xi) => xi + xi), oracle, inputs: [x], tolerance: { factor: 0 } });
  });

  it('rejects another value, another shape and a changed input', () => {
    const check = (apply: (xs: Data[]) => Data): void => checkAgreesWith({ apply, oracle, inputs, tolerance });
    expect(() => check(([x]) => map(x, (xi, i) => 2 * xi + (i === 1 ? 1e-14 : 0)))).toThrow('worst at index 1');
    expect(() => check(([x]) => ({ shape: [1, 3], data: oracle([x]).data }))).toThrow('shape is [1, 3], expected [3]');
    expect(() => check(([x]) => ({ shape: [3], data: oracle([x]).data.subarray(1) }))).toThrow('there are 2 elements');
    expect(() =>
      check(([x]) => {
        const out = oracle([x]);
        x.data[2] = 0;
        return out;
      }),
    ).toThrow('checkAgreesWith: apply changed input 0');
  });
});

describe('checkRoundTrip', () => {
  test.prop([fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }))])(
    'accepts JSON where it keeps all',
    (xs) => {
      fc.pre(!xs.some((x) => Object.is(x, -0)));
      checkRoundTrip({ forward: JSON.stringify, backward: (text: string): number[] => JSON.parse(text), value: xs });
    },
  );

  it('rejects a lost bit, a lost sign of zero and a lost type', () => {
    const single = (x: Float64Array): void =>
      checkRoundTrip({
        forward: (d: Float64Array) => Float32Array.from(d),
        backward: (f) => Float64Array.from(f),
        value: x,
      });
    single(Float64Array.of(0.5));
    expect(() => single(Float64Array.of(0.1))).toThrow();
    const text = { forward: JSON.stringify, backward: JSON.parse };
    expect(() => checkRoundTrip({ ...text, value: -0 })).toThrow();
    expect(() => checkRoundTrip({ ...text, value: Float64Array.of(1) })).toThrow();
  });

  it('compares as told', () => {
    const compare = (actual: number, expected: number): void => expect(actual).toBeCloseTo(expected, 3);
    checkRoundTrip({ forward: Math.fround, backward: (x) => x, value: 0.1, compare });
  });
});

describe('checkDeterministic', () => {
  it('accepts equal variants, also one that reuses its buffer', () => {
    const buffer = new Float64Array(2);
    checkDeterministic(
      () => buffer.fill(0.1 + 0.2),
      () => [0.1 + 0.2, 0.2 + 0.1],
    );
  });

  it('rejects state, another summation order and nothing to compare', () => {
    let calls = 0;
    expect(() => checkDeterministic(() => [calls++])).toThrow('checkDeterministic: second run of variant 0 differs');
    expect(() =>
      checkDeterministic(
        () => [0.1 + 0.2 + 0.3],
        () => [0.1 + (0.2 + 0.3)],
      ),
    ).toThrow('first run of variant 1 differs');
    const reused = new Float64Array(1);
    expect(() => checkDeterministic(() => reused.fill(++calls))).toThrow('second run of variant 0');
    expect(() => checkDeterministic()).toThrow(RangeError);
  });
});

describe('checkMonotone', () => {
  test.prop([fc.array(value())])('accepts a sorted sequence and rejects its reverse unless all are equal', (xs) => {
    const falling = xs.sort((a, b) => b - a);
    checkMonotone(falling);
    const rising = [...falling].reverse();
    if (new Set(xs).size > 1) expect(() => checkMonotone(rising)).toThrow('rises');
    else checkMonotone(rising);
  });

  it('forgives rounding once, not a creep', () => {
    expect(monotoneDefaults).toEqual({ factor: 0 });
    const ulp = 2 ** -52;
    checkMonotone([1, 1 + ulp, 1], { factor: 1, scale: 1 });
    expect(() => checkMonotone([1, 1 + ulp])).toThrow('checkMonotone: objective 1 rises: 1.0000000000000002 after 1');
    expect(() => checkMonotone([1, 1 + ulp, 1 + 2 * ulp], { factor: 1, scale: 1 })).toThrow('objective 2 rises');
  });

  it('rejects what is not finite and a negative bound', () => {
    expect(() => checkMonotone([1, Number.NaN])).toThrow('objective 1 is not finite: NaN');
    expect(() => checkMonotone([Number.POSITIVE_INFINITY])).toThrow('objective 0 is not finite: Infinity');
    expect(() => checkMonotone([1], { factor: -1 })).toThrow(RangeError);
  });
});

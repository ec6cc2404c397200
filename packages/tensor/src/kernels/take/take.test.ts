import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe } from 'vitest';
import { addAlong, scatterAdd, take, takeAlong } from './index.js';

const sizes = fc.record({
  outer: fc.nat(3),
  n: fc.integer({ min: 1, max: 4 }),
  inner: fc.constantFrom(0, 1, 2, 47, 48, 60),
});
const blocks = sizes.chain((s) =>
  fc.record({ s: fc.constant(s), list: fc.array(fc.nat(s.n - 1), { maxLength: 5 }).map((l) => Int32Array.from(l)) }),
);
const numbers = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(i + 1));

describe('take', () => {
  test.prop([blocks])('moves rows of every length', ({ s: { outer, n, inner }, list }) => {
    const x = numbers(outer * n * inner + 2);
    const out = new Float64Array(outer * list.length * inner + 1);
    const along = { offset: 2, shape: [outer, n, inner], strides: [n * inner, inner, 1], axis: 1 };
    take(out, x, along, list);
    const expected: number[] = [];
    for (let o = 0; o < outer; o++) {
      for (const i of list) for (let q = 0; q < inner; q++) expected.push(x[2 + (o * n + i) * inner + q]);
    }
    expectSameBits(out, [...expected, 0]);
  });

  const strides = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 4, maxLength: 4 });
  test.prop([strides, fc.nat(3), fc.array(fc.nat(1), { maxLength: 4 })])(
    'reads any strides, along any axis',
    (s, axis, list) => {
      const shape = [2, 3, 2, 3].map((size, k) => (k === axis ? 2 : size));
      const x = numbers(1000);
      const out = new Float64Array(shape.reduce((p, size, k) => p * (k === axis ? list.length : size), 1));
      take(out, x, { offset: 500, shape, strides: s, axis }, Int32Array.from(list));
      let index: number[][] = [[]];
      shape.forEach((size, k) => {
        const entries = k === axis ? list : Array.from({ length: size }, (_, i) => i);
        index = index.flatMap((at) => entries.map((i) => [...at, i]));
      });
      expectSameBits(
        out,
        index.map((at) => x[at.reduce((sum, i, k) => sum + i * s[k], 500)]),
      );
    },
  );
});

describe('scatterAdd', () => {
  test.prop([blocks])('adds rows where take would read them', ({ s: { outer, n, inner }, list }) => {
    const x = numbers(outer * list.length * inner);
    const out = numbers(outer * n * inner);
    const expected = out.slice();
    scatterAdd(out, x, outer, n, inner, list);
    for (let o = 0; o < outer; o++) {
      list.forEach((index, i) => {
        for (let q = 0; q < inner; q++) {
          expected[(o * n + index) * inner + q] += x[(o * list.length + i) * inner + q];
        }
      });
    }
    expectSameBits(out, expected);
  });
});

describe('takeAlong and addAlong', () => {
  const few = fc.record({ outer: fc.nat(3), n: fc.integer({ min: 1, max: 4 }), m: fc.nat(3), inner: fc.nat(3) });
  test.prop([few, fc.nat()])('have an index for every element', ({ outer, n, m, inner }, seed) => {
    const places = Int32Array.from({ length: outer * m * inner }, (_, i) => (i * 7 + seed) % n);
    const x = numbers(outer * n * inner);
    const g = numbers(places.length);
    const taken = new Float64Array(places.length);
    takeAlong(taken, x, outer, n, m, inner, places);
    const added = new Float64Array(x.length);
    addAlong(added, g, outer, n, m, inner, places);
    const expected = new Float64Array(x.length);
    const source = Array.from(places, (index, at) => {
      const q = at % inner;
      const o = Math.floor(at / inner / m);
      return (o * n + index) * inner + q;
    });
    source.forEach((from, at) => {
      expected[from] += g[at];
    });
    expectSameBits(
      taken,
      source.map((from) => x[from]),
    );
    expectSameBits(added, expected);
  });
});

import { fc, test } from '@fast-check/vitest';
import { type StridedView, stridedView } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { copyStrided, scatterStrided } from './index.js';

/** Places of the elements of a view in row-major order, by the definition. */
function places({ shape, strides, offset }: StridedView): number[] {
  let all = [offset];
  shape.forEach((n, axis) => {
    all = all.flatMap((place) => Array.from({ length: n }, (_, i) => place + i * strides[axis]));
  });
  return all;
}

const counted = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => i + 1);

describe('copyStrided', () => {
  test.prop([stridedView({ maxOrder: 5, maxSize: 4 }), fc.nat(3)])(
    'gathers any view, and writes nothing else',
    (view, outOffset) => {
      const x = counted(view.length);
      const source = places(view);
      const out = new Float64Array(outOffset + source.length + 2).fill(-1);
      copyStrided(out, outOffset, x, view.offset, view.strides, view.shape);
      expect(Array.from(out)).toEqual([...new Array(outOffset).fill(-1), ...source.map((place) => x[place]), -1, -1]);
    },
  );

  test('converts between element types as typed arrays do', () => {
    const out = new Int32Array(3);
    copyStrided(out, 0, Float64Array.of(1.9, -1.9, 2 ** 32 + 5), 0, [1], [3]);
    expect(Array.from(out)).toEqual([1, -1, 5]);
  });
});

describe('scatterStrided', () => {
  const pair = stridedView({ maxOrder: 4, maxSize: 4, overlapping: false }).chain((to) =>
    fc
      .tuple(
        fc.constant(to),
        fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: to.shape.length, maxLength: to.shape.length }),
      )
      .map(([view, axes]) => {
        // A source of the same shape with strides of its own, 0 and negative ones included.
        const strides = axes.map(([stride, reversed]) => (reversed ? -stride : stride));
        const reach = strides.map((stride, axis) => Math.max(view.shape[axis] - 1, 0) * stride);
        const low = reach.reduce((total, r) => total + Math.min(r, 0), 0);
        const high = reach.reduce((total, r) => total + Math.max(r, 0), 0);
        return { to: view, from: { shape: view.shape, strides, offset: -low, length: high - low + 1 } };
      }),
  );

  test.prop([pair])('puts each element at its place, and writes nothing else', ({ to, from }) => {
    const x = counted(from.length);
    const out = new Float64Array(to.length).fill(-1);
    const expected = Array.from(out);
    const source = places(from);
    places(to).forEach((place, q) => {
      expected[place] = x[source[q]];
    });
    scatterStrided(out, to.offset, to.strides, x, from.offset, from.strides, to.shape);
    expect(Array.from(out)).toEqual(expected);
  });
});

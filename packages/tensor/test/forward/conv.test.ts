import { fc, test } from '@fast-check/vitest';
import { checkBilinear, type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { ones, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { concat } from '../../src/core/ops/concat.js';
import { type ConvOptions, conv1d, conv2d } from '../../src/core/ops/conv.js';
import { convTranspose1d, convTranspose2d } from '../../src/core/ops/conv-transpose.js';
import { einsum } from '../../src/core/ops/einsum.js';
import { reshape } from '../../src/core/ops/reshape.js';
import { slice } from '../../src/core/ops/slice.js';
import { sum } from '../../src/core/ops/sum-broadcast.js';
import { matrixTranspose, transpose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { arrange, arrangement } from '../support/arrange.js';
import { at, elements, fromData, indices, toData } from '../support/elements.js';

const arranged = (sizes: readonly number[]): fc.Arbitrary<Tensor> =>
  fc.tuple(data({ shape: sizes }), arrangement(sizes.length)).map(([x, how]) => arrange(x, how));

interface Problem {
  readonly x: Tensor;
  readonly w: Tensor;
  readonly stride: number[];
  readonly dilation: number[];
  readonly padding: [number, number][];
  readonly groups: number;
}

/** Convolutions over `axes` axes whose kernel fits, with everything that there is to set. */
const problems = (axes: number): fc.Arbitrary<Problem> => {
  const each = (min: number, max: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min, max }), { minLength: axes, maxLength: axes });
  return fc
    .record({
      batch: fc.nat(2),
      groups: fc.integer({ min: 1, max: 2 }),
      channels: fc.nat(2),
      kernels: fc.nat(2),
      kernel: each(1, 3),
      more: each(0, 3),
      stride: each(1, 3),
      dilation: each(1, 2),
      before: each(0, 2),
      behind: each(0, 2),
    })
    .chain(({ batch, groups, channels, kernels, kernel, more, stride, dilation, before, behind }) => {
      const size = kernel.map((k, i) => Math.max((k - 1) * dilation[i] + 1 - before[i] - behind[i], 0) + more[i]);
      return fc.record({
        x: arranged([batch, groups * channels, ...size]),
        w: arranged([groups * kernels, channels, ...kernel]),
        stride: fc.constant(stride),
        dilation: fc.constant(dilation),
        padding: fc.constant(before.map((b, i): [number, number] => [b, behind[i]])),
        groups: fc.constant(groups),
      });
    });
};

const optionsOf = ({ stride, dilation, padding, groups }: Problem): ConvOptions => ({
  stride,
  dilation,
  padding,
  groups,
});

/** The definition, over any number of axes. */
function loops({ x, w, stride, dilation, padding, groups }: Problem): Data {
  const size = x.shape.slice(2);
  const kernel = w.shape.slice(2);
  const out = size.map(
    (n, i) => Math.floor((n + padding[i][0] + padding[i][1] - (kernel[i] - 1) * dilation[i] - 1) / stride[i]) + 1,
  );
  const shape = [x.shape[0], w.shape[0], ...out];
  const values = indices(shape).map(([n, o, ...position]) => {
    const group = Math.floor(o / (w.shape[0] / groups));
    let total = 0;
    for (const [c, ...offset] of indices(w.shape.slice(1))) {
      const place = position.map((p, i) => p * stride[i] + offset[i] * dilation[i] - padding[i][0]);
      if (place.some((p, i) => p < 0 || p >= size[i])) continue;
      total += at(x, [n, group * w.shape[1] + c, ...place]) * at(w, [o, c, ...offset]);
    }
    return total;
  });
  return { shape, data: Float64Array.from(values) };
}

// Two sums of at most 18 products of at most 100.
const tolerance = { factor: 36, scale: 1800 };

const byAxes = [
  ['conv1d', 1, conv1d, convTranspose1d],
  ['conv2d', 2, conv2d, convTranspose2d],
] as const;

describe.each(byAxes)('%s', (_name, axes, conv, convTranspose) => {
  test.prop([problems(axes)], { numRuns: 150 })('is the sum over channels and kernel, by the definition', (p) => {
    const y = conv(p.x, p.w, optionsOf(p));
    const expected = loops(p);
    expect(y.shape).toEqual(expected.shape);
    expectClose(elements(y), expected.data, tolerance);
  });

  test.prop([problems(axes).chain((p) => data({ shape: loops(p).shape }).map((g) => ({ p, g })))])(
    'has as its transpose convTranspose: <conv(x, w), y> = <x, convTranspose(y, w)>',
    ({ p, g }) => {
      const { x, w, stride, dilation, padding, groups } = p;
      const y = fromData(g);
      // What the stride leaves over at the end.
      const outputPadding = x.shape
        .slice(2)
        .map((n, i) => (n + padding[i][0] + padding[i][1] - (w.shape[i + 2] - 1) * dilation[i] - 1) % stride[i]);
      const back = convTranspose(y, w, { stride, dilation, padding, groups, outputPadding });
      expect(back.shape).toEqual(x.shape);
      const left = sum(mul(conv(x, w, optionsOf(p)), y)).item();
      // Both sides add up the same products, at most 2·4·(positions)·18 of them, of at most 1000.
      expectClose([sum(mul(x, back)).item()], [left], { factor: 1000, scale: 1e4 });
      const { pullback } = vjp((t: Tensor) => conv(t, w, optionsOf(p)), x);
      expectClose(elements(pullback(y)), elements(back), tolerance);
    },
  );

  test.prop([problems(axes), problems(axes), fc.integer({ min: -3, max: 3 })])('is bilinear', (p, q, a) => {
    const like = (x: Tensor, from: Tensor): Data => {
      const pool = [...elements(from), 1];
      return { shape: x.shape, data: Float64Array.from(elements(x), (_, i) => pool[i % pool.length]) };
    };
    checkBilinear({
      apply: (x, w) => toData(conv(fromData(x), fromData(w), optionsOf(p))),
      x: [toData(p.x), like(p.x, q.x)],
      y: [toData(p.w), like(p.w, q.w)],
      a,
      b: 2,
      factor: 400,
    });
  });

  test.prop([problems(axes)])("with 'same' keeps the size at stride 1, and divides it by the stride", (p) => {
    const y = conv(p.x, p.w, { stride: p.stride, dilation: p.dilation, groups: p.groups, padding: 'same' });
    const size = p.x.shape.slice(2);
    expect(y.shape.slice(2)).toEqual(size.map((n, i) => Math.ceil(n / p.stride[i])));
    const padding = size.map((n, i): [number, number] => {
      const reach = (p.w.shape[i + 2] - 1) * p.dilation[i] + 1;
      const total = Math.max((Math.ceil(n / p.stride[i]) - 1) * p.stride[i] + reach - n, 0);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    if (size.includes(0)) return;
    const explicit = conv(p.x, p.w, { stride: p.stride, dilation: p.dilation, groups: p.groups, padding });
    expect(elements(y)).toEqual(elements(explicit));
    const whole = y.shape.slice(2).map((n, i) => n * p.stride[i]);
    const back = convTranspose(y, p.w, { stride: p.stride, dilation: p.dilation, groups: p.groups, padding: 'same' });
    expect(back.shape.slice(2)).toEqual(whole);
    const z = fromData({ shape: back.shape, data: new Float64Array(back.size).fill(1) });
    const again = conv(z, p.w, { stride: p.stride, dilation: p.dilation, groups: p.groups, padding: 'same' });
    const { pullback } = vjp(
      (t: Tensor) => conv(t, p.w, { stride: p.stride, dilation: p.dilation, groups: p.groups, padding: 'same' }),
      z,
    );
    expect(again.shape).toEqual(y.shape);
    expect(elements(pullback(y))).toEqual(elements(back));
  });
});

describe('conv2d', () => {
  test.prop([arranged([2, 3, 4, 5]), arranged([4, 3])])('with a 1 × 1 kernel is a product of matrices', (x, w) => {
    const y = conv2d(x, reshape(w, [4, 3, 1, 1]));
    expectClose(elements(y), elements(einsum('oc,nchw->nohw', w, x)), tolerance);
    const strided = conv2d(x, reshape(w, [4, 3, 1, 1]), { stride: [2, 3] });
    expect(elements(strided)).toEqual(elements(slice(y, [undefined, undefined, { step: 2 }, { step: 3 }])));
  });

  test.prop([arranged([2, 1, 4, 5]), fc.nat(2), fc.nat(2)])('with a kernel of one 1 shifts', (x, p, q) => {
    const w = tensor(indices([1, 1, 3, 3]).map(([, , i, j]) => Number(i === p && j === q)));
    const y = conv2d(x, reshape(w, [1, 1, 3, 3]), { padding: 1 });
    const expected = indices(x.shape).map(([n, c, i, j]) => {
      const [row, column] = [i + p - 1, j + q - 1];
      return row < 0 || row >= 4 || column < 0 || column >= 5 ? 0 : at(x, [n, c, row, column]);
    });
    expect(elements(y)).toEqual(expected);
  });

  test.prop([problems(2)])(
    'of x padded by hand is the padded one; of several strides a part of that with stride 1',
    (p) => {
      const { x, w, padding, groups, dilation } = p;
      let padded = x;
      padding.forEach(([before, behind], i) => {
        const zerosOf = (n: number): Tensor => zeros(padded.shape.map((s, axis) => (axis === i + 2 ? n : s)));
        padded = concat([zerosOf(before), padded, zerosOf(behind)], { axis: i + 2 });
      });
      const full = conv2d(padded, w, { groups, dilation });
      const strided = slice(full, [undefined, undefined, ...p.stride.map((step) => ({ step }))]);
      expectClose(elements(conv2d(x, w, optionsOf(p))), elements(strided), tolerance);
    },
  );

  test.prop([problems(2)])('in groups is the convolutions of the parts, side by side', (p) => {
    const { x, w, groups } = p;
    const part = (t: Tensor, axis: number, g: number): Tensor => {
      const n = t.shape[axis] / groups;
      return slice(t, [...new Array<undefined>(axis).fill(undefined), { start: g * n, stop: (g + 1) * n }]);
    };
    const parts = Array.from({ length: groups }, (_, g) =>
      conv2d(part(x, 1, g), part(w, 0, g), { ...optionsOf(p), groups: 1 }),
    );
    expect(elements(conv2d(x, w, optionsOf(p)))).toEqual(elements(concat(parts, { axis: 1 })));
  });

  test.prop([arranged([2, 3, 5, 4]), arranged([6, 1, 2, 3])])('with a group a channel is depthwise', (x, w) => {
    const y = conv2d(x, w, { groups: 3 });
    const expected = indices(y.shape).map(([n, o, i, j]) =>
      indices([2, 3]).reduce((t, [p, q]) => t + at(x, [n, Math.floor(o / 2), i + p, j + q]) * at(w, [o, 0, p, q]), 0),
    );
    expectClose(elements(y), expected, tolerance);
  });

  test.prop([arranged([2, 3, 5, 4]), arranged([2, 3, 2, 3])])(
    'of transposed images is the transposed result',
    (x, w) => {
      const y = conv2d(matrixTranspose(x), matrixTranspose(w), { stride: [1, 2], padding: [[0, 1], 2] });
      const z = conv2d(x, w, { stride: [2, 1], padding: [2, [0, 1]] });
      expectClose(elements(matrixTranspose(y)), elements(z), tolerance);
      expectClose(
        elements(conv2d(transpose(x, [0, 1, 3, 2]), w)),
        elements(matrixTranspose(conv2d(x, matrixTranspose(w)))),
        tolerance,
      );
    },
  );

  test.prop([arranged([2, 3, 6]), arranged([4, 3, 2])])('over one row is conv1d', (x, w) => {
    const options = { stride: 2, padding: 1 };
    const y = conv1d(x, w, options);
    const plane = conv2d(reshape(x, [2, 3, 1, 6]), reshape(w, [4, 3, 1, 2]), { stride: 2, padding: [0, 1] });
    expect(elements(y)).toEqual(elements(plane));
  });

  it('reads options in all their forms', () => {
    const x = fromData({ shape: [1, 1, 4, 5], data: Float64Array.from({ length: 20 }, (_, i) => i) });
    const w = ones([1, 1, 2, 3]);
    const form = (options: ConvOptions): number[] => elements(conv2d(x, w, options));
    expect(form({ padding: 'valid' })).toEqual(form({}));
    expect(form({ padding: 1 })).toEqual(
      form({
        padding: [
          [1, 1],
          [1, 1],
        ],
      }),
    );
    expect(form({ padding: [0, 1] })).toEqual(form({ padding: [[0, 0], 1] }));
    expect(form({ stride: 2 })).toEqual(form({ stride: [2, 2] }));
    expect(form({ dilation: [1, 1], stride: undefined })).toEqual(form({}));
    expect(elements(conv1d(ones([1, 1, 3]), ones([1, 1, 2]), { stride: [2], padding: [[0, 1]] }))).toEqual([2, 1]);
  });

  it('of integers is float64, of float32 float32, in which its sums are made', () => {
    expect(conv2d(ones([1, 1, 2, 2], { dtype: 'int32' }), ones([1, 1, 2, 2], { dtype: 'bool' })).item()).toBe(4);
    expect(conv2d(ones([1, 1, 2, 2], { dtype: 'int32' }), ones([1, 1, 2, 2], { dtype: 'int32' })).dtype).toBe(
      'float64',
    );
    const x = tensor([[[2 ** 24, 1, -(2 ** 24), 1]]], undefined, { dtype: 'float32' });
    const w = ones([1, 1, 4], { dtype: 'float32' });
    // 2²⁴ + 1 is no float32 number: its last 1 is lost, the one after the difference is not.
    expect([conv1d(x, w).dtype, conv1d(x, w).item()]).toEqual(['float32', 1]);
    // The transpose adds up where windows overlap, the weights over positions.
    const y = tensor([[[2 ** 24, 1, -(2 ** 24)]]], undefined, { dtype: 'float32' });
    expect(elements(convTranspose1d(y, ones([1, 1, 3], { dtype: 'float32' })))[2]).toBe(1);
    const dw = grad((t: Tensor) => sum(conv1d(x, t)))(ones([1, 1, 1], { dtype: 'float32' }));
    expect([dw.dtype, dw.item()]).toEqual(['float32', 1]);
  });

  it('of nothing is nothing, over no channels 0', () => {
    expect(conv2d(ones([0, 2, 4, 4]), ones([3, 2, 2, 2])).shape).toEqual([0, 3, 3, 3]);
    expect(conv2d(ones([2, 2, 4, 4]), ones([0, 2, 2, 2])).shape).toEqual([2, 0, 3, 3]);
    expect(conv2d(ones([1, 0, 2, 2]), ones([1, 0, 2, 2])).toArray()).toEqual([[[[0]]]]);
    expect(conv2d(ones([1, 1, 0, 0]), ones([1, 1, 2, 2]), { padding: 1 }).toArray()).toEqual([[[[0]]]]);
    expect(convTranspose2d(ones([1, 0, 2, 2]), ones([0, 1, 1, 1])).toArray()).toEqual([
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ]);
  });

  it('carries what is not finite to the windows that see it, and no further', () => {
    const y = conv1d(tensor([[[1, Number.POSITIVE_INFINITY, 1, 1, Number.NaN]]]), ones([1, 1, 2]));
    expect(elements(y)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2, Number.NaN]);
  });
});

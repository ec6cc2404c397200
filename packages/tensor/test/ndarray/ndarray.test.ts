import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import ndarray, { type NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import { describe, expect, it } from 'vitest';
import type { DType, TypedArray } from '../../src/core/dtype.js';
import { add, argmax, div, max, min, mul, slice, sub, sum, type Tensor, tensor, transpose } from '../../src/index.js';
import { fromNdarray, toNdarray } from '../../src/ndarray/index.js';
import { arrange, arrangement } from '../support/arrange.js';
import { elements, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

// ndarray compiles a constructor for every order and ndarray-ops a loop for every order of strides, so runs are kept few.
const few = { numRuns: 40 };
const shapes = { maxOrder: 3, maxSize: 3 };
const anyDType = fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool');
const anyTensor = anyDType.chain((dtype) => stridedTensor(dtype, shapes));

/** Made without the package. */
const plain = (x: Tensor): Nd => toNdarray(x);

/** Elements of an ndarray by its own `get`. */
function read(nd: { shape: number[]; get(...indices: number[]): number }): number[] {
  return indices(nd.shape).map((index) => nd.get(...index));
}

/** What both kinds of ndarray are. */
type Nd = NdArray<TypedArray>;

/** A step of a chain of views: how ndarrays and tensors write it. */
interface Step {
  readonly nd: (x: Nd) => Nd;
  readonly tensor: (x: Tensor) => Tensor;
}

const steps = fc.oneof(
  fc.record({ skip: fc.nat(2), by: fc.constantFrom(1, 2, -1, -2) }).map(
    ({ skip, by }): Step => ({
      nd: (x) => x.lo(...x.shape.map((n) => Math.min(skip, n))).step(...x.shape.map(() => by)),
      tensor: (x) =>
        slice(
          slice(
            x,
            x.shape.map(() => ({ start: skip })),
          ),
          x.shape.map(() => ({ step: by })),
        ),
    }),
  ),
  fc.nat(3).map(
    (count): Step => ({
      nd: (x) => x.hi(...x.shape.map((n) => Math.min(count, n))),
      tensor: (x) =>
        slice(
          x,
          x.shape.map(() => ({ stop: count })),
        ),
    }),
  ),
  fc.nat(5).map((turn): Step => {
    const axes = (order: number): number[] => Array.from({ length: order }, (_, axis) => (axis + turn) % order);
    return { nd: (x) => x.transpose(...axes(x.shape.length)), tensor: (x) => transpose(x, axes(x.order)) };
  }),
  fc.nat(2).map(
    (index): Step => ({
      nd: (x) => (x.shape.length > 1 && x.shape[0] > index ? x.pick(index) : x),
      tensor: (x) => (x.order > 1 && x.shape[0] > index ? slice(x, [index]) : x),
    }),
  ),
);

describe('on the same memory', () => {
  test.prop([anyTensor], few)('there and back, with ndarray and without', (x) => {
    for (const nd of [toNdarray(x, ndarray), toNdarray(x)]) {
      expect(nd.data).toBe(x.data);
      expect([nd.shape, nd.stride, nd.offset]).toEqual([x.shape, x.strides, x.offset]);
      expect(nd.dtype).toBe(x.dtype === 'bool' ? 'uint8' : x.dtype);
      const back = fromNdarray(nd);
      expect(back.data.buffer).toBe(x.data.buffer);
      expect([back.dtype, back.shape, back.strides]).toEqual([x.dtype, x.shape, x.strides]);
      expect(back.offset).toBe(x.size === 0 ? 0 : x.offset);
      expectSameBits(read(nd), elements(x));
    }
  });

  test.prop([anyTensor, fc.array(steps, { maxLength: 4 })], few)(
    'chains of views address the same elements',
    (x, chain) => {
      const ours = chain.reduce((view, { tensor: step }) => step(view), x);
      const theirs = chain.reduce((view, { nd: step }) => step(view), toNdarray<Nd>(x, ndarray));
      const look = chain.reduce((view, { nd: step }) => step(view), plain(x));
      for (const nd of [theirs, look]) {
        expect(nd.shape).toEqual(ours.shape);
        expectSameBits(read(nd), elements(ours));
        const back = fromNdarray(nd);
        expectSameBits(elements(back), elements(ours));
      }
      // The view without code from strings has the very fields of ndarray's.
      const fields = (nd: Nd): unknown => [nd.offset, nd.stride, nd.size, nd.dimension, nd.dtype];
      expect(fields(look)).toEqual(fields(theirs));
      const sizes = look.stride.map(Math.abs);
      if (new Set(sizes).size === sizes.length) expect(look.order).toEqual(theirs.order);
      expect(look.T.shape).toEqual([...look.shape].reverse());
      expect(look.T.stride).toEqual([...look.stride].reverse());
    },
  );

  it('what is written on one side is read on the other', () => {
    const x = slice(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      [{ step: -1 }, { start: 1 }],
    );
    for (const nd of [toNdarray(x, ndarray), toNdarray(x)]) {
      const value = nd.get(1, 0) + 10;
      expect(nd.set(1, 0, value)).toBe(value);
      expect(nd.data[nd.index(1, 0)]).toBe(value);
      expect(slice(x, [1, 0]).item()).toBe(value);
    }
    expect(x.toArray()).toEqual([
      [5, 6],
      [22, 3],
    ]);
    const nd = ndarray(new Float64Array(4), [2, 2]);
    const back = fromNdarray(nd);
    nd.set(0, 1, 7);
    expect(back.toArray()).toEqual([
      [0, 7],
      [0, 0],
    ]);
  });

  it('an argument left out leaves its axis alone, as in ndarray', () => {
    const x = tensor(
      Float64Array.from({ length: 24 }, (_, i) => i),
      [2, 3, 4],
    );
    const call = (nd: Nd, method: 'lo' | 'hi' | 'step' | 'transpose' | 'pick', args: unknown[]): Nd =>
      Reflect.apply(nd[method], nd, args);
    const [theirs, ours] = [toNdarray<Nd>(x, ndarray), plain(x)].map((nd) => [
      call(nd, 'lo', [1]),
      call(nd, 'lo', [-1, 1, 1.5]),
      call(nd, 'hi', [null, 2]),
      call(nd, 'hi', [-1, 1.5]),
      call(nd, 'step', [null, -2]),
      call(nd, 'step', [2, 1, 3]),
      call(nd, 'transpose', [2, 1, 0]),
      call(nd, 'transpose', [1, 0]),
      call(nd, 'pick', [null, 1]),
      call(nd, 'pick', [-1, 1, 2]),
    ]);
    ours.forEach((nd, i) => {
      expect([nd.shape, nd.stride, nd.offset]).toEqual([theirs[i].shape, theirs[i].stride, theirs[i].offset]);
    });
    const scalar = toNdarray(tensor(5));
    expect([scalar.get(), scalar.size, scalar.dimension, scalar.order]).toEqual([5, 1, 0, []]);
    expect([scalar.lo().get(), scalar.pick().get(), scalar.T.get(), scalar.set(6), scalar.get()]).toEqual([
      5, 5, 5, 6, 6,
    ]);
  });
});

describe('ndarray-ops', () => {
  const layout = fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    dtype: fc.constantFrom<DType>('float64', 'float32'),
  });
  /** Three tensors of one shape and dtype, each transposed, reversed and gapped in its own way; no two elements in one place. */
  const triple = layout.chain(({ shape, dtype }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const operand = fc
      .tuple(fc.array(fc.integer({ min: 1, max: 64 }), { minLength: size, maxLength: size }), arrangement(shape.length))
      .map(([list, how]) => arrange({ shape, data: Float64Array.from(list, (v) => v / 8 - 4.0625) }, how, dtype));
    return fc.tuple(operand, operand, operand);
  });

  test.prop([triple], few)('writes through views of tensors what the operations of tensors return', ([out, a, b]) => {
    for (const make of [(x: Tensor): Nd => toNdarray(x, ndarray), (x: Tensor): Nd => toNdarray(x)]) {
      ops.add(make(out), make(a), make(b));
      expectSameBits(elements(out), elements(add(a, b)));
      ops.sub(make(out), make(a), make(b));
      expectSameBits(elements(out), elements(sub(a, b)));
      ops.mul(make(out), make(a), make(b));
      expectSameBits(elements(out), elements(mul(a, b)));
      ops.div(make(out), make(a), make(b));
      expectSameBits(elements(out), elements(div(a, b)));
      ops.assign(make(out), make(a));
      expectSameBits(elements(out), elements(a));
      const before = tensor(out.toTypedArray().slice(), out.shape);
      ops.mulseq(make(out), 0.5);
      expectSameBits(elements(out), elements(mul(before, 0.5)));
      ops.addeq(make(out), make(b));
      expectSameBits(elements(out), elements(add(mul(before, 0.5), b)));
    }
  });

  test.prop([triple], few)('folds views of tensors to the same numbers', ([, a]) => {
    const data = elements(a);
    const scale = data.reduce((total, v) => total + Math.abs(v), 0);
    // Multiples of 1/16 below 8: the sum is exact in float64; the tensor's is then rounded to its dtype.
    const epsilon = a.dtype === 'float32' ? 2 ** -23 : 0;
    for (const nd of [toNdarray(a, ndarray), toNdarray(a)]) {
      expectClose([sum(a).item()], [ops.sum(nd)], { factor: 1, scale, epsilon });
      expect(max(a).item()).toBe(ops.sup(nd));
      expect(min(a).item()).toBe(ops.inf(nd));
      // ndarray-ops goes through memory in its own order, so of equal maxima it may name another.
      expect(nd.get(...ops.argmax(nd))).toBe(max(a).item());
      if (new Set(data).size === data.length) {
        const flat = slice(tensor(a.toTypedArray()), [argmax(tensor(a.toTypedArray())).item()]).item();
        expect(nd.get(...ops.argmax(nd))).toBe(flat);
      }
    }
  });
});

import { scatterStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { promote } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { contiguousStrides, normalizeAxis, sameShape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { expandDims } from './axes.js';
import { slice } from './slice.js';

export const concatOp: Op<number> = {
  name: 'concat',
  infer: (inputs, axis) => {
    const [first] = inputs;
    for (const x of inputs) {
      if (x.order !== first.order || x.shape.some((n, i) => i !== axis && n !== first.shape[i])) {
        throw new RangeError(
          `concat: shapes differ off axis ${axis}: ${inputs.map((t) => showShape(t.shape)).join(', ')}`,
        );
      }
    }
    const total = inputs.reduce((n, x) => n + x.shape[axis], 0);
    return {
      shape: first.shape.map((n, i) => (i === axis ? total : n)),
      dtype: inputs.reduce((dtype, x) => promote(dtype, x.dtype), first.dtype),
    };
  },
  compute: (out, inputs, axis) => {
    const strides = contiguousStrides(out.shape);
    let at = 0;
    for (const x of inputs) {
      scatterStrided(out.data, at * strides[axis], strides, x.data, x.offset, x.strides, x.shape);
      at += x.shape[axis];
    }
  },
  vjp: (g, _out, inputs, axis, wanted) => {
    let at = 0;
    return inputs.map((x, i) => {
      const range = { start: at, stop: at + x.shape[axis] };
      at += x.shape[axis];
      return wanted[i] ? slice(g, [...new Array<undefined>(axis).fill(undefined), range]) : undefined;
    });
  },
};

const joinOptions = { axis: 'number' } as const;

/** Joins tensors along an existing axis (default 0). Throws a RangeError when they differ in any other size. */
export function concat(tensors: readonly Tensor[], options: { readonly axis?: number } = {}): Tensor {
  checkList('concat', tensors);
  checkOptions('concat', options, joinOptions);
  return apply(concatOp, tensors, normalizeAxis('concat', options.axis ?? 0, tensors[0].order));
}

/** Joins tensors of equal shape along a new axis (default 0). */
export function stack(tensors: readonly Tensor[], options: { readonly axis?: number } = {}): Tensor {
  checkList('stack', tensors);
  checkOptions('stack', options, joinOptions);
  const at = normalizeAxis('stack', options.axis ?? 0, tensors[0].order + 1);
  if (tensors.some((x) => !sameShape(x.shape, tensors[0].shape))) {
    throw new RangeError(`stack: shapes differ: ${tensors.map((x) => showShape(x.shape)).join(', ')}`);
  }
  return concat(
    tensors.map((x) => expandDims(x, at)),
    { axis: at },
  );
}

function checkList(op: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors))
    throw new TypeError(`${op}: expected an array of tensors, got ${describeValue(tensors)}`);
  if (tensors.length === 0) throw new RangeError(`${op}: needs at least one tensor`);
  for (const x of tensors) expectTensor(op, x);
}

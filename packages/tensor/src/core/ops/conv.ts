import { type ConvSizes, conv, convInput, convWeight, type FloatArray } from '../../kernels/conv/index.js';
import { expectTensor } from '../as-tensor.js';
import { promote, toFloating } from '../dtype.js';
import { apply, type Op, type Spec } from '../op.js';
import { checkOptions } from '../options.js';
import { type Shape, showShape } from '../shape.js';
import { flatten, type Tensor } from '../tensor.js';
import { astype } from './astype.js';
import { expandDims, squeeze } from './axes.js';
import { type Padding, type PerAxis, paddingOf, perAxis, placeWindows } from './conv-options.js';

/** Options of {@link conv1d} and {@link conv2d}. */
export interface ConvOptions {
  /** Distance between neighbouring positions of the kernel. Default: 1. */
  readonly stride?: PerAxis;
  /** Zeros around x. Default: 0. */
  readonly padding?: Padding;
  /** Distance between elements of x that neighbouring elements of the kernel meet. Default: 1. */
  readonly dilation?: PerAxis;
  /** Into how many parts the channels are divided; a kernel sees those of its part only. Default: 1. */
  readonly groups?: number;
}

/** What {@link ConvOptions} may hold. */
export const convOptions = { stride: 'own', padding: 'own', dilation: 'own', groups: 'number' } as const;

/** Everything about a convolution over two axes that the shapes of two of its three tensors do not say. */
export interface ConvParams {
  readonly input: Shape;
  readonly kernel: Shape;
  readonly output: Shape;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Zeros in front of each axis of x. */
  readonly low: readonly number[];
  readonly groups: number;
}

// Three readings of one trilinear form of x, w and y, see kernels/conv/contract.ts: each is linear in two of them, so a derivative of any is
// another one of the three.

export const conv2dOp: Op<ConvParams> = {
  name: 'conv2d',
  infer: ([x, w], { output }) => spec([x.shape[0], w.shape[0], ...output], [x, w]),
  compute: (out, [x, w], params) => {
    conv(sizesOf(params, x.shape[0], w.shape), floats(out.data), floats(x.data), x.offset, x.strides, flat(w));
  },
  vjp: (g, _out, [x, w], params, wanted) => [
    wanted[0] ? apply(convTranspose2dOp, [g, w], params) : undefined,
    wanted[1] ? apply(conv2dWeightOp, [x, g], params) : undefined,
  ],
};

/** The transpose in x: from y and w. */
export const convTranspose2dOp: Op<ConvParams> = {
  name: 'convTranspose2d',
  infer: ([y, w], { input, groups }) => spec([y.shape[0], w.shape[1] * groups, ...input], [y, w]),
  compute: (out, [y, w], params) => convInput(sizesOf(params, y.shape[0], w.shape), floats(out.data), flat(y), flat(w)),
  vjp: (g, _out, [y, w], params, wanted) => [
    wanted[0] ? apply(conv2dOp, [g, w], params) : undefined,
    wanted[1] ? apply(conv2dWeightOp, [g, y], params) : undefined,
  ],
};

/** The transpose in w: from x and y. */
export const conv2dWeightOp: Op<ConvParams> = {
  name: 'conv2dWeight',
  infer: ([x, y], { kernel, groups }) => spec([y.shape[1], x.shape[1] / groups, ...kernel], [x, y]),
  compute: (out, [x, y], params) => {
    convWeight(sizesOf(params, x.shape[0], out.shape), floats(out.data), floats(x.data), x.offset, x.strides, flat(y));
  },
  vjp: (g, _out, [x, y], params, wanted) => [
    wanted[0] ? apply(convTranspose2dOp, [y, g], params) : undefined,
    wanted[1] ? apply(conv2dOp, [x, g], params) : undefined,
  ],
};

/**
 * Convolution over one axis as in deep learning, that is, correlation: `y[n, o, i] = Σ x[n, c, i·stride + p·dilation − padding]·w[o, c, p]` over c
 * and p, x being 0 outside. x is [N, C, W], w is [O, C/groups, k], the result [N, O, W′]. See {@link conv2d}.
 */
export function conv1d(x: Tensor, w: Tensor, options: ConvOptions = {}): Tensor {
  return convolve('conv1d', x, w, options, 1);
}

/**
 * Convolution over two axes as in deep learning, that is, correlation: `y[n, o, i, j] = Σ x[n, c, i·stride + p·dilation − padding, …]·w[o, c, p, q]`
 * over c, p and q, x being 0 outside.
 *
 * x is [N, C, H, W], w is [O, C/groups, kh, kw], the result [N, O, H′, W′] with H′ = ⌊(H + padding − (kh − 1)·dilation − 1)/stride⌋ + 1, padding being
 * that of both ends. Floating, summed in the type of the result. Throws when shapes or groups do not fit and when the kernel is larger than the padded input.
 * 2·N·O·H′·W′·kh·kw·C/groups flops as products of matrices with at most 0.5 MB (or 64 positions) of patches at a time.
 */
export function conv2d(x: Tensor, w: Tensor, options: ConvOptions = {}): Tensor {
  return convolve('conv2d', x, w, options, 2);
}

function convolve(op: string, x: Tensor, w: Tensor, options: ConvOptions, axes: number): Tensor {
  expectTensor(op, x);
  expectTensor(op, w);
  checkOptions(op, options, convOptions);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  checkOperands(op, 'x', x, w, axes);
  checkGroups(op, groups, w);
  if (x.shape[1] !== w.shape[1] * groups) {
    throw new RangeError(
      `${op}: channels differ: x is ${showShape(x.shape)}, w is ${showShape(w.shape)} with ${groups} groups`,
    );
  }
  const windows = {
    window: w.shape.slice(2),
    stride: perAxis(op, 'stride', stride, axes, 1),
    dilation: perAxis(op, 'dilation', dilation, axes, 1),
    padding: paddingOf(op, padding, axes),
  };
  const input = x.shape.slice(2);
  const { low, positions } = placeWindows(op, 'kernel', input, windows);
  return applyConv(conv2dOp, x, w, {
    input,
    kernel: windows.window,
    output: positions,
    stride: windows.stride,
    dilation: windows.dilation,
    low,
    groups,
  });
}

/** Applies one of the operations; one spatial axis is the second of two, of which the first has size 1. */
export function applyConv(op: Op<ConvParams>, a: Tensor, b: Tensor, params: ConvParams): Tensor {
  const dtype = toFloating(promote(a.dtype, b.dtype));
  const [left, right] = [astype(a, dtype), astype(b, dtype)];
  if (params.kernel.length === 2) return apply(op, [left, right], params);
  const plane: ConvParams = {
    input: [1, ...params.input],
    kernel: [1, ...params.kernel],
    output: [1, ...params.output],
    stride: [1, ...params.stride],
    dilation: [1, ...params.dilation],
    low: [0, ...params.low],
    groups: params.groups,
  };
  return squeeze(apply(op, [expandDims(left, 2), expandDims(right, 2)], plane), 2);
}

/** Throws unless both have two axes more than there are spatial ones and the kernel has an element. */
export function checkOperands(op: string, name: string, x: Tensor, w: Tensor, axes: number): void {
  const shapes = `${name} is ${showShape(x.shape)}, w is ${showShape(w.shape)}`;
  if (x.order !== axes + 2 || w.order !== axes + 2) {
    const form = axes === 1 ? ['[N, C, W]', '[O, C, k]'] : ['[N, C, H, W]', '[O, C, kh, kw]'];
    throw new RangeError(`${op}: needs ${name} as ${form[0]} and w as ${form[1]}: ${shapes}`);
  }
  if (w.shape.slice(2).includes(0)) throw new RangeError(`${op}: the kernel is empty: ${shapes}`);
}

/** Throws unless the kernels can be divided into so many groups. */
export function checkGroups(op: string, groups: number, w: Tensor): void {
  if (!Number.isSafeInteger(groups) || groups < 1) {
    throw new RangeError(`${op}: groups must be a positive integer, got ${groups}`);
  }
  if (w.shape[0] % groups !== 0) {
    throw new RangeError(
      `${op}: ${w.shape[0]} kernels cannot be divided into ${groups} groups: w is ${showShape(w.shape)}`,
    );
  }
}

function spec(shape: Shape, [a, b]: readonly Tensor[]): Spec {
  return { shape, dtype: toFloating(promote(a.dtype, b.dtype)) };
}

function sizesOf(params: ConvParams, batch: number, weight: Shape): ConvSizes {
  const { input, kernel, output, stride, dilation, low, groups } = params;
  return {
    batch,
    groups,
    inChannels: weight[1],
    outChannels: weight[0] / groups,
    height: input[0],
    width: input[1],
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    outHeight: output[0],
    outWidth: output[1],
    strideHeight: stride[0],
    strideWidth: stride[1],
    dilationHeight: dilation[0],
    dilationWidth: dilation[1],
    top: low[0],
    left: low[1],
  };
}

function flat(x: Tensor): FloatArray {
  return floats(flatten(x));
}

function floats(data: Tensor['data']): FloatArray {
  if (data instanceof Float64Array || data instanceof Float32Array) return data;
  throw new TypeError('conv2d: expected floating elements');
}

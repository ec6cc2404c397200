import { expectTensor } from '../as-tensor.js';
import { checkOptions } from '../options.js';
import { type Shape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { applyConv, type ConvOptions, checkGroups, checkOperands, convOptions, convTranspose2dOp } from './conv.js';
import { type PerAxis, paddingOf, perAxis, reachOf, type Windows } from './conv-options.js';

/** Options of {@link convTranspose1d} and {@link convTranspose2d}: those of the convolution that is transposed, and one more. */
export interface ConvTransposeOptions extends ConvOptions {
  /** Elements more at the end of each axis of the result, fewer than the stride: convolutions of several sizes have results of one. Default: 0. */
  readonly outputPadding?: PerAxis;
}

const transposeOptions = { ...convOptions, outputPadding: 'own' } as const;

/** {@link convTranspose2d} over one axis: y is [N, O, W], w is [O, C/groups, k], the result [N, C, W′]. */
export function convTranspose1d(y: Tensor, w: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return transposed('convTranspose1d', y, w, options, 1);
}

/**
 * Transpose of conv2d in its first argument: ⟨conv2d(x, w), y⟩ = ⟨x, convTranspose2d(y, w)⟩ for the same w and options.
 *
 * y is [N, O, H, W], w is [O, C/groups, kh, kw], the result [N, C, H′, W′] with H′ = (H − 1)·stride − padding + (kh − 1)·dilation + 1 + outputPadding,
 * padding being that of both ends; with 'same', H′ = H·stride. Throws when shapes or groups do not fit.
 */
export function convTranspose2d(y: Tensor, w: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return transposed('convTranspose2d', y, w, options, 2);
}

function transposed(op: string, y: Tensor, w: Tensor, options: ConvTransposeOptions, axes: number): Tensor {
  expectTensor(op, y);
  expectTensor(op, w);
  checkOptions(op, options, transposeOptions);
  const { stride = 1, padding = 0, dilation = 1, groups = 1, outputPadding = 0 } = options;
  checkOperands(op, 'y', y, w, axes);
  checkGroups(op, groups, w);
  if (y.shape[1] !== w.shape[0]) {
    throw new RangeError(`${op}: channels differ: y is ${showShape(y.shape)}, w is ${showShape(w.shape)}`);
  }
  const windows: Windows = {
    window: w.shape.slice(2),
    stride: perAxis(op, 'stride', stride, axes, 1),
    dilation: perAxis(op, 'dilation', dilation, axes, 1),
    padding: paddingOf(op, padding, axes),
  };
  const extra = perAxis(op, 'outputPadding', outputPadding, axes, 0);
  extra.forEach((n, axis) => {
    if (n >= windows.stride[axis]) {
      throw new RangeError(
        `${op}: outputPadding must be below the stride, got ${showShape(extra)} with stride ${showShape(windows.stride)}`,
      );
    }
  });
  const output = y.shape.slice(2);
  return applyConv(convTranspose2dOp, y, w, {
    ...inputOf(op, output, windows, extra),
    kernel: windows.window,
    output,
    stride: windows.stride,
    dilation: windows.dilation,
    groups,
  });
}

/** Size and leading padding of the x that a convolution with these windows takes to `output`. */
function inputOf(
  op: string,
  output: Shape,
  windows: Windows,
  extra: readonly number[],
): { input: Shape; low: number[] } {
  const { stride, padding } = windows;
  const natural = reachOf(windows).map((reach, axis) => (output[axis] - 1) * stride[axis] + reach);
  if (padding === 'same') {
    if (extra.some((n) => n > 0)) throw new RangeError(`${op}: padding 'same' leaves no room for outputPadding`);
    const input = output.map((n, axis) => n * stride[axis]);
    return { input, low: input.map((n, axis) => Math.floor(Math.max(natural[axis] - n, 0) / 2)) };
  }
  const input = natural.map((n, axis) => n - padding[axis][0] - padding[axis][1] + extra[axis]);
  if (input.some((n) => n < 0)) {
    throw new RangeError(`${op}: the padding is larger than the result would be without: ${showShape(natural)}`);
  }
  return { input, low: padding.map(([before]) => before) };
}

import type { PoolSizes } from '../../kernels/pool/index.js';
import { expectTensor } from '../as-tensor.js';
import { type Shape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Padding, type PerAxis, paddingOf, perAxis, placeWindows } from './conv-options.js';

/** Options that all pooling functions share. */
export interface PoolOptions {
  /** Distance between neighbouring windows. Default: that of a window, so that they touch. */
  readonly stride?: PerAxis;
  /** How far windows may reach over the edges, see conv2d; every window must see an element. Default: 0. */
  readonly padding?: Padding;
}

/** The windows over the last two axes of an input of order 4; an input of order 3 has been given a third axis of size 1. */
export interface Pooling {
  readonly input: Shape;
  readonly output: Shape;
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly low: readonly number[];
}

/** Checks the arguments of a pooling function over `axes` axes and works out where its windows stand. */
export function poolingOf(
  op: string,
  x: Tensor,
  window: PerAxis,
  { stride = window, padding = 0, dilation = 1 }: PoolOptions & { readonly dilation?: PerAxis },
  axes: number,
): Pooling {
  expectTensor(op, x);
  if (x.order !== axes + 2) {
    throw new RangeError(`${op}: needs x as ${axes === 1 ? '[N, C, W]' : '[N, C, H, W]'}, got ${showShape(x.shape)}`);
  }
  const windows = {
    window: perAxis(op, 'window', window, axes, 1),
    stride: perAxis(op, 'stride', stride, axes, 1),
    dilation: perAxis(op, 'dilation', dilation, axes, 1),
    padding: paddingOf(op, padding, axes),
  };
  const size = x.shape.slice(2);
  const { low, positions } = placeWindows(op, 'window', size, windows);
  positions.forEach((count, axis) => {
    for (let i = 0; i < count; i++) {
      const start = i * windows.stride[axis] - low[axis];
      if (!meets(start, windows.window[axis], windows.dilation[axis], size[axis])) {
        throw new RangeError(
          `${op}: a window sees nothing but padding: window ${showShape(windows.window)} on ${showShape(x.shape)}`,
        );
      }
    }
  });
  const front = axes === 1 ? [1] : [];
  return {
    input: [...front, ...size],
    output: [...front, ...positions],
    window: [...front, ...windows.window],
    stride: [...front, ...windows.stride],
    dilation: [...front, ...windows.dilation],
    low: axes === 1 ? [0, ...low] : low,
  };
}

/** The sizes that the kernels want. */
export function poolSizes(
  { input, output, window, stride, dilation, low }: Pooling,
  [batch, channels]: Shape,
): PoolSizes {
  return {
    batch,
    channels,
    height: input[0],
    width: input[1],
    windowHeight: window[0],
    windowWidth: window[1],
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

function meets(start: number, count: number, step: number, size: number): boolean {
  for (let k = 0; k < count; k++) if (start + k * step >= 0 && start + k * step < size) return true;
  return false;
}

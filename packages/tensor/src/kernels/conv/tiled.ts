import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { type FloatArray, GEMM_BLOCK, gemm } from '../gemm/index.js';
import {
  type Conv,
  type ConvInput,
  type ConvSizes,
  type ConvStrides,
  type ConvWeight,
  convArithmetic,
  eachPart,
  partSize,
} from './contract.js';
import { correlate } from './correlate.js';
import { pad, paddedImage, unpad } from './padded-image.js';
import { gather, scatter } from './windows.js';

/** Multiplications of one group and image from which on copies in the memory of the kernels pay. */
const LARGE = 2 ** 13;
/** Channels of the output up to which no patch matrix is made: a product of so few rows costs less than the matrix. */
const FEW = 3;

/** Calls `work` with arrays of these lengths, in the memory of the kernels where `large` and there is room. */
function withArrays(
  runtime: WasmRuntime,
  large: boolean,
  single: boolean,
  lengths: readonly number[],
  work: (arrays: readonly FloatArray[]) => void,
): void {
  const size = single ? 4 : 8;
  const space = large ? runtime.workspace(workspaceBytes(...lengths.map((length) => length * size))) : undefined;
  if (space === undefined) {
    work(lengths.map((length) => (single ? new Float32Array(length) : new Float64Array(length))));
    return;
  }
  try {
    work(lengths.map((length) => (single ? space.float32(length) : space.float64(length))));
  } finally {
    space.release();
  }
}

/** Sizes that all three work with. */
function shapeOf(s: ConvSizes): { depth: number; positions: number; part: number; large: boolean; empty: boolean } {
  const depth = s.inChannels * s.kernelHeight * s.kernelWidth;
  const positions = s.outHeight * s.outWidth;
  const large = depth * positions * s.outChannels >= LARGE;
  const { rows, columns } = partSize(s);
  return {
    depth,
    positions,
    part: rows * columns,
    large,
    empty: s.batch * s.groups * depth * positions * s.outChannels === 0,
  };
}

/** y = W·P by parts of the patch matrix P of an image, or without it for few channels. See contract.ts. */
export function makeConv(runtime: WasmRuntime): Conv {
  return (s, y, x, xOffset, xStrides, w) => {
    const { depth, positions, part, large, empty } = shapeOf(s);
    if (empty) {
      y.fill(0);
      return;
    }
    const [xn, xc, xh, xw] = xStrides;
    const direct = isPointwise(s, xStrides);
    const few = s.outChannels <= FEW && depth <= GEMM_BLOCK;
    const image = paddedImage(s);
    const single = convArithmetic(y, x, w) === 'float32';
    const lengths = direct ? [] : [image.length, s.outChannels * depth, few ? positions : depth * part];
    withArrays(runtime, large, single, lengths, ([padded, weights, columns]) => {
      for (let g = 0; g < s.groups; g++) {
        const first = g * s.outChannels * depth;
        if (!direct) weights.set(w.subarray(first, first + s.outChannels * depth));
        for (let n = 0; n < s.batch; n++) {
          const from = xOffset + n * xn + g * s.inChannels * xc;
          const result = (n * s.groups + g) * s.outChannels * positions;
          if (direct) {
            gemm(s.outChannels, positions, depth, w, first, depth, 1, x, from, xc, xw, y, result, positions, false);
            continue;
          }
          pad(s, image, padded, x, from, xc, xh, xw);
          if (few) {
            for (let o = 0; o < s.outChannels; o++) {
              correlate(image.windows(s.outHeight, s.outWidth), padded, weights, o * depth, columns);
              y.set(columns, result + o * positions);
            }
            continue;
          }
          eachPart(s, (row, column, rows, cols) => {
            const windows = image.windows(rows, cols);
            const to = result + row * s.outWidth + column;
            gather(windows, padded, row * windows.rowStep + column * windows.columnStep, columns, 0, 1);
            const count = rows * cols;
            gemm(s.outChannels, count, depth, weights, 0, depth, 1, columns, 0, count, 1, y, to, positions, false);
          });
        }
      }
    });
  };
}

/** P = Wᵀ·Y, each element of which is added to the place in x that it belongs to. See contract.ts. */
export function makeConvInput(runtime: WasmRuntime): ConvInput {
  return (s, x, y, w) => {
    const { depth, positions, part, large, empty } = shapeOf(s);
    if (empty) {
      x.fill(0);
      return;
    }
    const image = paddedImage(s);
    const single = convArithmetic(x, y, w) === 'float32';
    const size = s.inChannels * s.height * s.width;
    const one = s.outChannels === 1;
    const lengths = [image.length, s.outChannels * depth, (one ? 1 : depth) * part];
    withArrays(runtime, large, single, lengths, ([padded, weights, columns]) => {
      for (let g = 0; g < s.groups; g++) {
        const first = g * s.outChannels * depth;
        weights.set(w.subarray(first, first + s.outChannels * depth));
        for (let n = 0; n < s.batch; n++) {
          const source = (n * s.groups + g) * s.outChannels * positions;
          padded.fill(0);
          eachPart(s, (row, column, rows, cols) => {
            const windows = image.windows(rows, cols);
            const count = rows * cols;
            const from = source + row * s.outWidth + column;
            const at = row * windows.rowStep + column * windows.columnStep;
            if (one) {
              // A row of P is one weight times y: nothing is made of it.
              columns.set(y.subarray(from, from + count));
              const run = { ...windows, channels: 1, kernelHeight: 1, kernelWidth: 1 };
              for (let c = 0, k = 0; c < s.inChannels; c++) {
                for (let p = 0; p < s.kernelHeight; p++) {
                  for (let q = 0; q < s.kernelWidth; q++, k++) {
                    const shift = c * windows.channelStep + p * windows.dilationRow + q * windows.dilationColumn;
                    scatter(run, padded, at + shift, columns, 0, weights[k]);
                  }
                }
              }
            } else {
              gemm(depth, count, s.outChannels, weights, 0, 1, depth, y, from, positions, 1, columns, 0, count, false);
              scatter(windows, padded, at, columns, 0, 1);
            }
          });
          unpad(s, image, padded, x, (n * s.groups + g) * size);
        }
      }
    });
  };
}

/** W = Σ Y·Pᵀ over images and parts of P. See contract.ts. */
export function makeConvWeight(runtime: WasmRuntime): ConvWeight {
  return (s, w, x, xOffset, xStrides, y) => {
    const { depth, positions, part, large, empty } = shapeOf(s);
    if (empty) {
      w.fill(0);
      return;
    }
    const [xn, xc, xh, xw] = xStrides;
    const direct = isPointwise(s, xStrides);
    const image = paddedImage(s);
    const single = convArithmetic(w, x, y) === 'float32';
    const lengths = [s.outChannels * depth, ...(direct ? [] : [image.length, depth * part])];
    withArrays(runtime, large, single, lengths, ([sums, padded, columns]) => {
      for (let g = 0; g < s.groups; g++) {
        sums.fill(0);
        for (let n = 0; n < s.batch; n++) {
          const from = xOffset + n * xn + g * s.inChannels * xc;
          const source = (n * s.groups + g) * s.outChannels * positions;
          if (!direct) pad(s, image, padded, x, from, xc, xh, xw);
          eachPart(s, (row, column, rows, cols) => {
            const windows = image.windows(rows, cols);
            const done = row * s.outWidth + column;
            const count = rows * cols;
            const first = row * windows.rowStep + column * windows.columnStep;
            if (!direct) gather(windows, padded, first, columns, 0, 1);
            const [b, bOffset, bRow, bCol] = direct ? [x, from + done * xw, xw, xc] : [columns, 0, 1, count];
            gemm(
              s.outChannels,
              depth,
              count,
              y,
              source + done,
              positions,
              1,
              b,
              bOffset,
              bRow,
              bCol,
              sums,
              0,
              depth,
              true,
            );
          });
        }
        w.set(sums, g * s.outChannels * depth);
      }
    });
  };
}

/** y from x and w, see contract.ts. */
export const conv: Conv = /* @__PURE__ */ makeConv(wasmRuntime);

/** x from y and w, see contract.ts. */
export const convInput: ConvInput = /* @__PURE__ */ makeConvInput(wasmRuntime);

/** w from x and y, see contract.ts. */
export const convWeight: ConvWeight = /* @__PURE__ */ makeConvWeight(wasmRuntime);

/** Whether the patch matrix of an image is the image, read at one stride: a kernel of one element that meets every element of x once. */
function isPointwise(s: ConvSizes, [, , xh, xw]: ConvStrides): boolean {
  const single = s.kernelHeight * s.kernelWidth === 1 && s.strideHeight * s.strideWidth === 1;
  const whole = s.top === 0 && s.left === 0 && s.outHeight === s.height && s.outWidth === s.width;
  return single && whole && (s.height === 1 || xh === xw * s.width);
}

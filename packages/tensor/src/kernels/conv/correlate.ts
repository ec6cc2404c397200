import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/index.js';
import type { Correlate } from './contract.js';
import { buildCorrelate } from './correlate-module.js';

/** Direct convolution for one channel of the output, see contract.ts. */
export const correlate: Correlate = /* @__PURE__ */ makeCorrelate(wasmRuntime);

/** The kernel on a runtime of its own: by vectors where all three stand in its memory and have one type, in plain loops elsewhere. */
export function makeCorrelate(runtime: WasmRuntime): Correlate {
  const double = runtime.kernel(() => buildCorrelate(false));
  const single = runtime.kernel(() => buildCorrelate(true));
  return (s, image, weights, weightsOffset, out) => {
    const size = image.BYTES_PER_ELEMENT;
    const same = size === weights.BYTES_PER_ELEMENT && size === out.BYTES_PER_ELEMENT;
    const addresses = same ? [image, weights, out].map(runtime.addressOf) : [];
    const [from, at, to] = addresses;
    const kernel = to === undefined ? undefined : (size === 4 ? single : double)();
    if (from === undefined || at === undefined || to === undefined || kernel === undefined) {
      correlateScalar(s, image, weights, weightsOffset, out);
      return;
    }
    kernel.run(
      ...[s.channels, s.kernelHeight, s.kernelWidth, s.rows, s.width],
      ...[s.channelStep, s.dilationRow, s.dilationColumn, s.rowStep, s.columnStep].map((step) => step * size),
      ...[from, at + weightsOffset * size, to],
    );
  };
}

/** The definition. */
export const correlateScalar: Correlate = (s, image, weights, weightsOffset, out) => {
  const single = isSingle(image, weights);
  for (let i = 0; i < s.rows; i++) {
    for (let j = 0; j < s.width; j++) {
      let weight = weightsOffset;
      let sum = 0;
      for (let c = 0; c < s.channels; c++) {
        for (let p = 0; p < s.kernelHeight; p++) {
          let at = i * s.rowStep + j * s.columnStep + c * s.channelStep + p * s.dilationRow;
          for (let q = 0; q < s.kernelWidth; q++, at += s.dilationColumn) {
            const product = weights[weight++] * image[at];
            sum = single ? Math.fround(sum + Math.fround(product)) : sum + product;
          }
        }
      }
      out[i * s.width + j] = sum;
    }
  }
};

function isSingle(...arrays: readonly FloatArray[]): boolean {
  return arrays.every((array) => array instanceof Float32Array);
}

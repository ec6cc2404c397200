import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { MoveWindows } from './contract.js';
import { buildWindows } from './windows-module.js';
import { gatherScalar, scatterScalar } from './windows-scalar.js';

/** Gather, see contract.ts. */
export const gather: MoveWindows = /* @__PURE__ */ makeWindows(wasmRuntime, false);

/** Scatter, see contract.ts. */
export const scatter: MoveWindows = /* @__PURE__ */ makeWindows(wasmRuntime, true);

/** One of the two on a runtime of its own: by vectors where image and columns stand in its memory and have one type, in plain loops elsewhere. */
export function makeWindows(runtime: WasmRuntime, add: boolean): MoveWindows {
  const double = runtime.kernel(() => buildWindows({ scatter: add, single: false }));
  const single = runtime.kernel(() => buildWindows({ scatter: add, single: true }));
  const scalar = add ? scatterScalar : gatherScalar;
  return (s, image, imageOffset, columns, columnsOffset, factor) => {
    const size = image.BYTES_PER_ELEMENT;
    const from = size === columns.BYTES_PER_ELEMENT ? runtime.addressOf(image) : undefined;
    const to = from === undefined ? undefined : runtime.addressOf(columns);
    const kernel = to === undefined ? undefined : (size === 4 ? single : double)();
    if (from === undefined || to === undefined || kernel === undefined) {
      scalar(s, image, imageOffset, columns, columnsOffset, factor);
      return;
    }
    kernel.run(
      ...[s.channels, s.kernelHeight, s.kernelWidth, s.rows, s.width],
      ...[s.channelStep, s.dilationRow, s.dilationColumn, s.rowStep, s.columnStep].map((step) => step * size),
      from + imageOffset * size,
      to + columnsOffset * size,
      factor,
    );
  };
}

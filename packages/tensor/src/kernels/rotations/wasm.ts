import type { WasmRuntime } from '../../wasm/runtime.js';
import type { RotateRows } from './contract.js';
import { rotateRowsScalar } from './scalar.js';
import { buildRotateRows } from './wasm-module.js';

/**
 * Rotations of rows by vector instructions where all three arrays live in the memory of `runtime`, by plain loops elsewhere: whoever has
 * many sweeps to apply keeps its matrix there, and copies for a single call would cost as much as a few rotations of every row.
 */
export function makeRotateRows(runtime: WasmRuntime): RotateRows {
  const rotator = runtime.kernel(buildRotateRows);
  return (cols, matrix, offset, stride, rotations, sweeps, count) => {
    if (cols === 0 || count === 0) return;
    const base = runtime.addressOf(matrix);
    const pairs = runtime.addressOf(rotations);
    const triples = runtime.addressOf(sweeps);
    const resident = base !== undefined && pairs !== undefined && triples !== undefined;
    const compiled = resident ? rotator() : undefined;
    if (!resident || compiled === undefined) rotateRowsScalar(cols, matrix, offset, stride, rotations, sweeps, count);
    else compiled.run(cols, base + 8 * offset, 8 * stride, pairs, triples, count);
  };
}

import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { Substitute } from './contract.js';
import { buildSubstitute } from './substitute-module.js';
import { substituteScalar } from './substitute-scalar.js';

/** Flops from which on vectors pay for the call and for asking where the operands stand. */
const LARGE = 128;

/** Substitution, see contract.ts. */
export const substitute: Substitute = /* @__PURE__ */ makeSubstitute(wasmRuntime);

/** The kernel on a runtime of its own: by vectors where both operands stand in its memory, in plain loops elsewhere. */
export function makeSubstitute(runtime: WasmRuntime): Substitute {
  const kernel = runtime.kernel(buildSubstitute);
  return (size, cols, t, tOffset, tRow, tCol, unit, b, bOffset, bRow) => {
    const bAt = size * size * cols < LARGE ? undefined : runtime.addressOf(b);
    const tAt = bAt === undefined || t === b ? bAt : runtime.addressOf(t);
    const compiled = tAt === undefined ? undefined : kernel();
    if (bAt === undefined || tAt === undefined || compiled === undefined) {
      substituteScalar(size, cols, t, tOffset, tRow, tCol, unit, b, bOffset, bRow);
      return;
    }
    const [at, from] = [tAt + 8 * tOffset, bAt + 8 * bOffset];
    compiled.run(size, cols, at, 8 * tRow, 8 * tCol, from, 8 * bRow, Number(unit));
  };
}

import type { WasmRuntime } from '../../wasm/runtime.js';
import { type SymmetricUpdate, symmetricUpdateScalar } from './symmetric-update.js';
import { buildSymmetricUpdate } from './symmetric-update-module.js';

/** SymmetricUpdate by vector instructions where `data` lives in the memory of `runtime`, by plain loops elsewhere. */
export function makeSymmetricUpdate(runtime: WasmRuntime): SymmetricUpdate {
  const updater = runtime.kernel(buildSymmetricUpdate);
  return (data, size, a, stride, v, w, x, p) => {
    const base = runtime.addressOf(data);
    const compiled = base === undefined ? undefined : updater();
    if (base === undefined || compiled === undefined) symmetricUpdateScalar(data, size, a, stride, v, w, x, p);
    else compiled.run(size, base + 8 * a, 8 * stride, base + 8 * v, base + 8 * w, base + 8 * x, base + 8 * p);
  };
}

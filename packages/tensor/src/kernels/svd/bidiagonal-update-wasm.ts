import type { WasmRuntime } from '../../wasm/runtime.js';
import { type BlockProduct, type BlockUpdate, blockProductScalar, blockUpdateScalar } from './bidiagonal-update.js';
import { buildBlockProduct, buildBlockUpdate } from './bidiagonal-update-modules.js';

/** BlockUpdate by vector instructions where `data` lives in the memory of `runtime`, by plain loops elsewhere. */
export function makeBlockUpdate(runtime: WasmRuntime): BlockUpdate {
  const updater = runtime.kernel(buildBlockUpdate);
  return (data, rows, cols, a, stride, left, x, next, y, right, sum) => {
    const base = runtime.addressOf(data);
    const compiled = base === undefined ? undefined : updater();
    if (base === undefined || compiled === undefined) {
      blockUpdateScalar(data, rows, cols, a, stride, left, x, next, y, right, sum);
    } else {
      compiled.run(
        rows,
        cols,
        base + 8 * a,
        8 * stride,
        base + 8 * left,
        base + 8 * x,
        base + 8 * next,
        base + 8 * y,
        base + 8 * right,
        base + 8 * sum,
      );
    }
  };
}

/** BlockProduct, in the same way. */
export function makeBlockProduct(runtime: WasmRuntime): BlockProduct {
  const multiplier = runtime.kernel(buildBlockProduct);
  return (data, rows, cols, a, stride, v, product) => {
    const base = runtime.addressOf(data);
    const compiled = base === undefined ? undefined : multiplier();
    if (base === undefined || compiled === undefined) blockProductScalar(data, rows, cols, a, stride, v, product);
    else compiled.run(rows, cols, base + 8 * a, 8 * stride, base + 8 * v, base + 8 * product);
  };
}

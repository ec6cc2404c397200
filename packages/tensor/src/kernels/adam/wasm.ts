import { ARENA_LENGTH, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/index.js';
import type { AdamKernel } from './contract.js';
import { adamFactors } from './factors.js';
import { adamScalar } from './scalar.js';
import { ADAM_LANES, buildAdam } from './wasm-module.js';

/** Elements that are copied at a time: seven such arrays stay in the second-level cache. */
const CHUNK = 4096;

/** Elements from which on the copies are paid for by the vectors: 1.3 times as fast as the plain loop at 4096, 1.5 times in float32. */
const WORTH_COPYING = 1024;

/** Adam by vector instructions: arrays in the memory of the kernels where they stand, others on copies. */
export const adamWasm: AdamKernel = /* @__PURE__ */ makeAdamWasm(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeAdamWasm(runtime: WasmRuntime): AdamKernel {
  const kernels = [runtime.kernel(() => buildAdam(false)), runtime.kernel(() => buildAdam(true))];
  let arenas: readonly [Float64Array, Float32Array] | undefined;

  return (out, theta, gradient, mean, square, newMean, newSquare, step) => {
    const factors = adamFactors(step);
    const all = floats([out, theta, gradient, mean, square, newMean, newSquare]);
    const kernel = all && kernels[Number(out instanceof Float32Array)]();
    let whole = kernel === undefined ? 0 : out.length - (out.length % ADAM_LANES);
    if (all && kernel && whole > 0) {
      arenas ??= [kernel.arena, new Float32Array(kernel.arena.buffer, 0, 2 * ARENA_LENGTH)];
      const [float64, float32] = arenas;
      const homes = all.map(runtime.addressOf);
      const copied = homes.includes(undefined);
      const size = copied ? CHUNK : whole;
      if (copied && whole < WORTH_COPYING) whole = 0;
      for (let from = 0; from < whole; from += size) {
        const count = Math.min(size, whole - from);
        const addresses = homes.map((home, i) => {
          const array = all[i];
          if (home !== undefined) return home + from * array.BYTES_PER_ELEMENT;
          // What is only written needs no copy.
          if (i > 0 && i < 5) {
            const part = array.subarray(from, from + count);
            if (part instanceof Float64Array) float64.set(part, i * CHUNK);
            else float32.set(part, 2 * i * CHUNK);
          }
          return 8 * i * CHUNK;
        });
        const [to, at, slope, ...moments] = addresses;
        kernel.run(count, to, at, slope, ...moments, ...factors);
        for (const i of [0, 5, 6]) {
          if (homes[i] !== undefined) continue;
          const array = all[i];
          if (array instanceof Float64Array) array.set(float64.subarray(i * CHUNK, i * CHUNK + count), from);
          else array.set(float32.subarray(2 * i * CHUNK, 2 * i * CHUNK + count), from);
        }
      }
    }
    adamScalar(whole, out, theta, gradient, mean, square, newMean, newSquare, factors);
  };
}

/** The arrays, where parameters and gradients are float32, or all float64. */
function floats(arrays: readonly ArrayLike<number>[]): readonly FloatArray[] | undefined {
  const [first] = arrays;
  const found: FloatArray[] = [];
  arrays.forEach((array, i) => {
    if (array instanceof Float64Array && (i > 2 || first instanceof Float64Array)) found.push(array);
    else if (array instanceof Float32Array && i < 3 && first instanceof Float32Array) found.push(array);
  });
  return found.length === arrays.length ? found : undefined;
}

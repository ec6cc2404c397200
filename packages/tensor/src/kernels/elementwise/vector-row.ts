import { type WasmKernel, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/contract.js';
import type { LaneOperation, LaneType } from '../lanes/index.js';
import { thresholds } from '../thresholds.js';
import type { RowKernel } from './each-row.js';
import { buildElementwise } from './wasm-module.js';

/** Elements that are copied at a time: three blocks of them stay in the fastest cache. */
const BLOCK = 1024;
/** The most elements that go to the scalar function before vectors are tried again. */
const LONGEST_RUN = 64;
/** From how many elements on it pays to copy ordinary arrays into the arena, by element type. */
export interface Copying {
  readonly float64: number;
  readonly float32: number;
}

// Measured on Node 20, 10⁶ elements in ms, plain loops against copies: add 0.9 against 2.5 in float64 and 1.5 against 0.75 in float32, maximum 5.9
// against 3.0, exp 6.0 against 2.7. The lines cross at 150 to 800 elements, exp and its like below 64; what is shorter does not pay for compiling.
/** For operations whose float64 loops are written out four elements at a time. */
export const COPY_SINGLES: Copying = { float64: Number.POSITIVE_INFINITY, float32: 256 };
export const COPY_LONG: Copying = { float64: 1024, float32: 256 };
/** For functions that cost more than the copies. */
export const COPY_ALL: Copying = {
  get float64() {
    return thresholds.elementwise.copied;
  },
  float32: 64,
};

/**
 * A row kernel that runs by vectors where result and operands are of one floating type and gap-free, or an operand stands still: in place where
 * all of them live in the memory of the kernels, else, from the lengths of `copying` on, by blocks through the arena. Everything else is for
 * `any`, which has the same bits. Unary rows pass their operand twice.
 */
export function vectorRow(
  operation: LaneOperation,
  any: RowKernel,
  copying: Copying,
  runtime: WasmRuntime = wasmRuntime,
): RowKernel {
  const doubles = runtime.kernel((place) => buildElementwise(operation, 'f64x2', place));
  const singles = runtime.kernel((place) => buildElementwise(operation, 'f32x4', place));

  return (out, o, a, ao, as, b, bo, bs, n) => {
    if (
      n >= thresholds.elementwise.resident &&
      (as === 1 || bs === 1) &&
      (as === 1 || as === 0) &&
      (bs === 1 || bs === 0)
    ) {
      if (out instanceof Float64Array) {
        if (a instanceof Float64Array && b instanceof Float64Array) {
          if (byVectors(doubles, 'f64x2', out, o, a, ao, as, b, bo, bs, n)) return;
        }
      } else if (out instanceof Float32Array && a instanceof Float32Array && b instanceof Float32Array) {
        if (byVectors(singles, 'f32x4', out, o, a, ao, as, b, bo, bs, n)) return;
      }
    }
    any(out, o, a, ao, as, b, bo, bs, n);
  };

  /** False where plain loops are no slower, or there are no vectors. */
  function byVectors(
    find: () => WasmKernel | undefined,
    type: LaneType,
    out: FloatArray,
    o: number,
    a: FloatArray,
    ao: number,
    as: number,
    b: FloatArray,
    bo: number,
    bs: number,
    n: number,
  ): boolean {
    const outBase = runtime.addressOf(out);
    const aBase = runtime.addressOf(a);
    const bBase = b === a ? aBase : runtime.addressOf(b);
    const inPlace = outBase !== undefined && (as === 0 || aBase !== undefined) && (bs === 0 || bBase !== undefined);
    if (!inPlace && n < (type === 'f64x2' ? copying.float64 : copying.float32)) return false;
    const kernel = find();
    if (kernel === undefined) return false;
    const { arena, run } = kernel;
    const size = type === 'f64x2' ? 8 : 4;
    const lanes = 16 / size;
    const scalar = operation.scalars[type];
    const memory = type === 'f64x2' ? arena : new Float32Array(arena.buffer, 0, 2 * arena.length);
    if (as === 0) memory.fill(a[ao], 0, 4 * lanes);
    if (bs === 0) memory.fill(b[bo], 4 * lanes, 8 * lanes);
    const [aBlock, bBlock, outBlock] = [8 * lanes, 8 * lanes + BLOCK, 8 * lanes + 2 * BLOCK];

    for (let at = 0; at < n; ) {
      const length = inPlace ? n : Math.min(BLOCK, n - at);
      const whole = length - (length % lanes);
      let aAt = 0;
      if (as === 1) {
        if (aBase === undefined) memory.set(a.subarray(ao + at, ao + at + length), aBlock);
        aAt = aBase === undefined ? aBlock * size : aBase + (ao + at) * size;
      }
      let bAt = 64;
      if (bs === 1) {
        if (bBase === undefined && operation.operands === 2) memory.set(b.subarray(bo + at, bo + at + length), bBlock);
        bAt = bBase === undefined ? bBlock * size : bBase + (bo + at) * size;
      }
      const outAt = outBase === undefined ? outBlock * size : outBase + (o + at) * size;
      const target = outBase === undefined ? memory : out;
      const first = outBase === undefined ? outBlock : o + at;
      let patience = lanes;
      for (let done = 0; done < length; ) {
        const begin = done;
        if (done < whole) {
          const step = done * size;
          const left = run((whole - done) / lanes, outAt + step, aAt + as * step, 16 * as, bAt + bs * step, 16 * bs);
          done = whole - Number(left) * lanes;
        }
        // The vector that was left out, or what remains behind the last whole one. Where one follows the other, as for logarithms of negative
        // numbers, calls that stop at once would cost more than they save.
        patience = done - begin > patience ? lanes : Math.min(2 * patience, LONGEST_RUN);
        const end = Math.min(done + patience, length);
        for (; done < end; done++) target[first + done] = scalar(a[ao + as * (at + done)], b[bo + bs * (at + done)]);
      }
      if (outBase === undefined) out.set(memory.subarray(outBlock, outBlock + length), o + at);
      at += length;
    }
    return true;
  }
}

import { type ChunkKernel, chunkKernel } from '../../parallel/chunk-kernel.js';
import { runKernel } from '../../parallel/run-kernel.js';
import type { WasmFunction } from '../../wasm/engine.js';
import { type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/contract.js';
import type { Half, HalfSizes } from './contract.js';
import { growProduct } from './khatri-rao-rows.js';
import { restSteps } from './rest-steps.js';
import { type HalfArrays, type Layout, layoutOf, takeArrays } from './wasm-layout.js';
import { buildLeftPass, buildRightPass, MOST_RANK } from './wasm-passes.js';
import { buildContract } from './wasm-rest.js';

/** Multiplications from which other threads are asked, which may have to be woken first: about half a millisecond. */
const WORTH_THREADS = 2 ** 23;

export type MakeHalf = (x: FloatArray, sizes: HalfSizes) => Half | undefined;

interface Kernels {
  readonly pass: ChunkKernel;
  readonly first: WasmFunction;
  readonly last: WasmFunction;
}

/** The contract by vector instructions; undefined where there is no engine or no memory, or the rank is above MOST_RANK. */
export const wasmHalf: MakeHalf = /* @__PURE__ */ makeWasmHalf(wasmRuntime);

/** The variant on a runtime of its own. */
export function makeWasmHalf(runtime: WasmRuntime): MakeHalf {
  const passes = {
    right: chunkKernel('mttkrp right', buildRightPass, runtime),
    left: chunkKernel('mttkrp left', buildLeftPass, runtime),
  };
  const contractions = [runtime.kernel(() => buildContract('first')), runtime.kernel(() => buildContract('last'))];

  return (x, sizes) => {
    if (sizes.rank > MOST_RANK) return undefined;
    const [pass, first, last] = [passes[sizes.side](), contractions[0](), contractions[1]()];
    if (pass === undefined || first === undefined || last === undefined) return undefined;
    // float32 is widened as it is copied.
    const address = x instanceof Float64Array ? runtime.addressOf(x) : undefined;
    const layout = layoutOf(sizes);
    const arrays = takeArrays(runtime, sizes, layout, address === undefined);
    if (arrays === undefined) return undefined;
    return startHalf(x, address, sizes, layout, arrays, { pass, first: first.run, last: last.run });
  };
}

function startHalf(
  x: FloatArray,
  address: number | undefined,
  { gone, kept, side, rank }: HalfSizes,
  layout: Layout,
  arrays: HalfArrays,
  kernels: Kernels,
): Half {
  const { row, rows, cols, goneSize, keptSize, chunks, sumRow } = layout;
  const { partial, inner, outer, factor, spares, out, stage, chunkSums, sum, ones } = arrays;
  const target = side === 'right' ? partial : chunkSums;
  const innerRows = gone.at(-1) ?? 1;
  const one = new Float64Array(rank).fill(1);
  const products = [0, 1].map(() => new Float64Array((goneSize / innerRows) * rank));
  const outs = kept.map((n) => new Float64Array(n * rank));
  const steps = kept.map((_, mode) => restSteps(kept, mode));

  /** What the pass needs to know: pieces of `length` rows from `base` to `end`, x at this address of its row 0, the target at this one. */
  const argumentsOf = (
    length: number,
    base: number,
    end: number,
    from: number,
    to: number,
    fresh: number,
  ): number[] => {
    const known = [length, base, end, from, cols, outer.byteOffset, inner.byteOffset, innerRows, 8 * row, to];
    return side === 'right' ? known : [...known, rank, 8 * sumRow, fresh];
  };

  const wholePass = (from: number): void => {
    const args = argumentsOf(layout.chunkRows, 0, rows, from, target.byteOffset, 1);
    const short = rank * rows * cols < WORTH_THREADS;
    runKernel(kernels.pass, chunks, args, short ? 1 : undefined);
  };

  /** The same on copies of x, some rows at a time. */
  const stagedPass = (): void => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const begin = chunk * layout.chunkRows;
      const end = Math.min(begin + layout.chunkRows, rows);
      const to = target.byteOffset + (side === 'right' ? 0 : 8 * chunk * rank * sumRow);
      for (let at = begin; at < end; at += layout.stageRows) {
        const count = Math.min(layout.stageRows, end - at);
        stage.set(x.subarray(at * cols, (at + count) * cols));
        const from = stage.byteOffset - 8 * at * cols;
        kernels.pass.run(
          0,
          kernels.pass.scratch,
          ...argumentsOf(count, at, at + count, from, to, Number(at === begin)),
        );
      }
    }
  };

  /** Adds up the chunks of the left pass and turns the sum, [rank, columns], into rows of the partial result. */
  const gather = (): void => {
    // A sum over the first mode of [chunks, …, 8] with factors of one.
    const blocks = (rank * sumRow) / 8;
    if (chunks > 1) kernels.first(blocks, chunks, 64, chunkSums.byteOffset, ones.byteOffset, sum.byteOffset);
    const total = chunks > 1 ? sum : chunkSums;
    for (let r = 0; r < row; r++) {
      for (let g = 0; g < keptSize; g++) partial[g * row + r] = r < rank ? total[r * sumRow + g] : 0;
    }
  };

  const contract = (factors: readonly Float64Array[]): void => {
    copyRows(factors.at(-1) ?? one, rank, inner, row);
    copyRows(growProduct(factors.slice(0, -1), rank, products[0], products[1]), rank, outer, row);
    if (address === undefined) stagedPass();
    else wholePass(address);
    if (side === 'left') gather();
  };

  const rest = (mode: number, factors: readonly Float64Array[]): Float64Array => {
    let from = partial;
    steps[mode].forEach(({ which, mode: m, size, blocks }, s) => {
      const to = s === steps[mode].length - 1 ? out : spares[s % 2];
      copyRows(factors[m], rank, factor, row);
      kernels[which](blocks, size, 8 * row, from.byteOffset, factor.byteOffset, to.byteOffset);
      from = to;
    });
    copyRows(from, row, outs[mode], rank);
    return outs[mode];
  };
  return { contract, rest, release: arrays.release };
}

/** Rows of one length as rows of another: lanes too many are dropped, those missing are zero. */
function copyRows(from: Float64Array, fromRow: number, to: Float64Array, toRow: number): void {
  if (fromRow === toRow) {
    to.set(from.length > to.length ? from.subarray(0, to.length) : from);
    return;
  }
  const rows = Math.min(from.length / fromRow, to.length / toRow);
  for (let i = 0; i < rows; i++) {
    for (let r = 0; r < toRow; r++) to[i * toRow + r] = r < fromRow ? from[i * fromRow + r] : 0;
  }
}

import { wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { divKernel, expKernel, logKernel, subKernel } from '../elementwise/index.js';
import type { FloatArray } from '../gemm/contract.js';
import { maxFold, reduce, sumFold } from '../reduce/index.js';
import type { Softmax } from './contract.js';

/** Elements that go through all the steps before the next ones: 64 KiB of float64. */
const BLOCK = 8192;
/** From this many on they do so in the memory of the kernels, where no step has to copy them. */
const MANY = 2048;
const ONE: readonly number[] = [1];
const ALONG: readonly number[] = [1, 0];

/** Room for two blocks, for as long as the program runs. */
let rooms: readonly Float64Array[] | undefined;

/** A block in the memory of the kernels, elsewhere where there is none. */
function room(which: 0 | 1, single: boolean, length: number): FloatArray {
  if (length >= MANY && length <= BLOCK) {
    if (rooms === undefined) {
      const workspace = wasmRuntime.workspace(workspaceBytes(8 * BLOCK, 8 * BLOCK));
      rooms = workspace === undefined ? [] : [workspace.float64(BLOCK), workspace.float64(BLOCK)];
    }
    if (which < rooms.length) {
      const array = rooms[which];
      return single ? new Float32Array(array.buffer, array.byteOffset, length) : array.subarray(0, length);
    }
  }
  return single ? new Float32Array(length) : new Float64Array(length);
}

/** Implements {@link Softmax} by the kernels of its steps, which run on vectors where they can, on as many whole rows as make a block. */
export const softmax: Softmax = (out, x, rows, n, log) => {
  const single = out instanceof Float32Array;
  const most = Math.max(1, Math.min(rows, Math.floor(BLOCK / n)));
  const tops = single ? new Float32Array(most) : new Float64Array(most);
  const differences = room(0, single, most * n);
  const powers = log ? room(1, single, most * n) : differences;
  for (let r = 0; r < rows; r += most) {
    const count = Math.min(most, rows - r);
    const length = count * n;
    const [shape, strides] = [
      [count, n],
      [n, 1],
    ];
    differences.set(x.subarray(r * n, r * n + length));
    reduce(maxFold, tops, differences, 0, [count], [n], n, 1);
    for (let q = 0; q < count; q++) if (!Number.isFinite(tops[q])) tops[q] = 0;
    subKernel(differences, differences, 0, strides, tops, 0, ALONG, shape);
    expKernel(powers, differences, 0, ONE, [length]);
    reduce(sumFold, tops, powers, 0, [count], [n], n, 1);
    if (log) {
      logKernel(tops, tops, 0, ONE, [count]);
      subKernel(differences, differences, 0, strides, tops, 0, ALONG, shape);
    } else {
      divKernel(differences, differences, 0, strides, tops, 0, ALONG, shape);
    }
    out.set(length === differences.length ? differences : differences.subarray(0, length), r * n);
  }
};

import { divKernel, logKernel } from '../elementwise/index.js';
import { maxFold, reduce, sumFold } from '../reduce/index.js';
import { BLOCK, blocks } from './blocks.js';
import type { Softmax } from './contract.js';
import { ALONG, keepFinite, powersOf, subtractTops } from './powers.js';

const ONE: readonly number[] = [1];

/** Implements {@link Softmax} by the kernels of its steps, which run on vectors where they can, on as many whole rows as make a block. */
export const softmax: Softmax = (out, x, rows, n, log) => {
  const single = out instanceof Float32Array;
  const most = Math.max(1, Math.min(rows, Math.floor(BLOCK / n)));
  const tops = single ? new Float32Array(most) : new Float64Array(most);
  const differences = blocks(0, single, most * n);
  const powers = log ? blocks(1, single, most * n) : differences;
  for (let r = 0; r < rows; r += most) {
    const count = Math.min(most, rows - r);
    const length = count * n;
    differences.set(x.subarray(r * n, r * n + length));
    reduce(maxFold, tops, differences, 0, [count], [n], n, 1);
    keepFinite(tops, count);
    powersOf(powers, differences, tops, count, n);
    reduce(sumFold, tops, powers, 0, [count], [n], n, 1);
    if (log) {
      logKernel(tops, tops, 0, ONE, [count]);
      subtractTops(differences, tops, count, n);
    } else {
      divKernel(differences, differences, 0, [n, 1], tops, 0, ALONG, [count, n]);
    }
    out.set(length === differences.length ? differences : differences.subarray(0, length), r * n);
  }
};

import type { AdamKernel } from './contract.js';
import { adamFactors } from './factors.js';
import { adamScalar } from './scalar.js';
import { adamWasm } from './wasm.js';

export type { AdamKernel, AdamStep } from './contract.js';

/**
 * Which variant makes a step of n elements; all give the same bits. Measured on Node 20, arrays in the memory of the kernels: vectors are
 * 1.4 times as fast at 256 elements, 2.7 times at 4096. Whether others are worth a copy is the variant's own business.
 */
export function choose(sizes: { n: number }): 'scalar' | 'wasm' {
  return sizes.n < 256 ? 'scalar' : 'wasm';
}

/** One Adam step, see contract.ts. */
export const adamKernel: AdamKernel = (out, theta, gradient, mean, square, newMean, newSquare, step) => {
  if (choose({ n: out.length }) === 'scalar') {
    adamScalar(0, out, theta, gradient, mean, square, newMean, newSquare, adamFactors(step));
  } else {
    adamWasm(out, theta, gradient, mean, square, newMean, newSquare, step);
  }
};

/*
 * Written by `npm run calibrate`; change the script, not this file.
 * AMD EPYC, 2 cores; Node v20.20.2; 2026-11-23.
 */

/** Sizes from which kernels use another variant. All variants give the same bits, so that these numbers decide time only. */
export interface Thresholds {
  readonly gemm: {
    /** Multiplications from which packed panels are quicker than plain loops. */
    readonly tiled: number;
    /** Results of a product with a vector from which four sums at a time are quicker than one. */
    readonly vector: number;
    /** Multiplications from which vector instructions save 1 µs a call, so that compiling them, for 2 ms, is repaid after 2000 calls. */
    readonly wasm: number;
  };
  readonly elementwise: {
    /** Elements from which exp and its like copy ordinary arrays into the arena and run on vectors there: it then saves 1 µs a call, so that compiling is repaid. */
    readonly copied: number;
    /** Elements from which vectors are used where the arrays stand. */
    readonly resident: number;
  };
  readonly reduce: {
    /** Elements from which sums and extrema of ordinary arrays copy them, by pieces, into the arena and run on vectors there. */
    readonly copied: number;
    /** Elements from which vectors are used where the array stands. */
    readonly resident: number;
  };
  readonly eigh: {
    /** Order from which the work is done in the memory of the kernels: it then saves 3 µs a call, and compiling is repaid after about 1000. */
    readonly wasm: number;
  };
  readonly svd: {
    /** Length of the shorter side from which the work is done in the memory of the kernels: it then saves 3 µs a call, and compiling is repaid after about 1000. */
    readonly wasm: number;
  };
  readonly threads: {
    /** Multiplications from which a matrix product is shared out among threads that are awake. */
    readonly gemm: number;
  };
}

export const thresholds: Thresholds = {
  gemm: { tiled: 8, vector: 2, wasm: 4913 },
  elementwise: { copied: 183, resident: 18 },
  reduce: { copied: 1479, resident: 163 },
  eigh: { wasm: 21 },
  svd: { wasm: 16 },
  threads: { gemm: 970299 },
};

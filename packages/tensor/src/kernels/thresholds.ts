/*
 * Written by `npm run calibrate`; edit the script, not this file. AMD EPYC (2 cores), Node v20.20.2: as the kernels had them, to be measured.
 */

/** Sizes from which kernels use another variant. All variants give the same bits, so that these numbers decide time only. */
export interface Thresholds {
  readonly gemm: {
    /** Multiplications from which packed panels are quicker than plain loops. */
    readonly tiled: number;
    /** Results of a product with a vector from which four sums at a time are quicker than one. */
    readonly vector: number;
    /** Multiplications from which vector instructions save 1.5 µs a call, so that compiling them is repaid after some 1500. */
    readonly wasm: number;
  };
}

export const thresholds: Thresholds = {
  gemm: { tiled: 32, vector: 4, wasm: 4096 },
};

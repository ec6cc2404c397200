/**
 * Euclidean norm of `count` numbers x[offset + i·stride], 0 <= i < count: sqrt(sum of squares).
 *
 * Neither overflows nor underflows unless the result itself does: where the plain sum of squares leaves the range in
 * which it is accurate, the numbers are scaled by a power of two first. NaN gives NaN; an infinite entry (and no NaN)
 * gives Infinity. Relative error at most (count/2 + 2)·eps for a normal result.
 *
 * Order of summation: increasing i, float64. Cost: 2·count flops, twice that where scaling is needed.
 */
export type Norm2 = (count: number, x: Float64Array | Float32Array, offset: number, stride: number) => number;

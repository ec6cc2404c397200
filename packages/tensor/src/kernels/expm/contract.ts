/**
 * E = exp(A) = Σ Aᵏ/k! for an n x n block, contiguous and row-major, of finite numbers. A is left as it is.
 *
 * Scaling and squaring with the Padé approximant of degree 3, 5, 7, 9 or 13 that the 1-norm allows (Higham 2005, "The scaling
 * and squaring method for the matrix exponential revisited", algorithm 2.3): in exact arithmetic the result is exp(A + D) with
 * ‖D‖ <= eps/2·‖A‖. Rounding in the squarings adds up to about eps·n·Σ‖intermediate powers‖²; for normal A that is
 * c·n·eps·(1 + ‖A‖)·‖exp(A)‖. Entries that overflow are Infinity or, where infinities meet, NaN.
 *
 * Cost: 2n³ flops for each of 2 to 6 products, as many squarings as log2(‖A‖/5.4) says, and one LU solve of 8n³/3.
 */
export type Expm = (n: number, a: Float64Array, aOffset: number, e: Float64Array, eOffset: number) => void;

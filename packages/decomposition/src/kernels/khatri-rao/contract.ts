/**
 * Column-wise Kronecker product of matrices with the same number of columns, the rows of the first one slowest:
 *
 *     out[(i₀, …, i_{N-1})·rank + r] = Π_n factors[n][iₙ·rank + r]
 *
 * Factors and `out` are gap-free and row-major. No factors give a single row of ones. Products are taken from the first
 * factor to the last, one rounding each. Preconditions (not checked): `out` holds Π Iₙ · rank numbers and is none of the factors.
 * Cost: about size(out)·(1 + 1/I_{N-1} + …) multiplications.
 */
export type KhatriRaoKernel = (factors: readonly Float64Array[], rank: number, out: Float64Array) => void;

import type { DType } from '../../src/core/dtype.js';

/** Where a result has another dtype than NumPy's, and why. */
export interface DtypeException {
  readonly numpy: string;
  readonly ours: DType;
  /** Undefined: everywhere. */
  readonly calls?: readonly string[];
  /** Only where there are operands of all of these. */
  readonly operands?: readonly DType[];
  readonly why: string;
}

export const dtypeExceptions: readonly DtypeException[] = [
  { numpy: 'int64', ours: 'int32', why: 'the one integer type is int32: counts, places and sums of integers have it' },
  {
    numpy: 'float64',
    ours: 'float32',
    operands: ['int32', 'float32'],
    why: 'float32 stays what it is beside integers, as in JAX',
  },
  { numpy: 'int32', ours: 'float64', calls: ['matmul'], why: 'products of matrices are floating' },
  {
    numpy: 'int32',
    ours: 'float64',
    calls: ['quantile'],
    operands: ['int32'],
    why: 'interpolation is floating, whatever q is',
  },
];

/** Calls where the sign of a zero is not NumPy's, and why. */
export const zeroSigns: Readonly<Record<string, string>> = {
  sign: 'the sign of −0 is −0, as in ECMAScript',
};

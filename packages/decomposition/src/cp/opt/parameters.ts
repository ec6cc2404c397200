/** Which entries of the factors are variables, and where they stand in one vector: mode by mode, row by row, the components fastest. */
export interface Parameters {
  readonly rank: number;
  readonly free: readonly boolean[];
  /** All factors as they are at first; those of the fixed modes stay. */
  readonly factors: readonly Float64Array[];
  /** Where each free mode begins. */
  readonly offsets: readonly number[];
  readonly size: number;
}

export function parametersOf(factors: readonly Float64Array[], rank: number, free: readonly boolean[]): Parameters {
  let size = 0;
  const offsets = factors.map((factor, mode) => {
    const offset = size;
    if (free[mode]) size += factor.length;
    return offset;
  });
  return { rank, free, factors, offsets, size };
}

/** The factors for a vector of variables: views of it in the free modes. */
export function factorsAt({ factors, free, offsets }: Parameters, x: Float64Array): Float64Array[] {
  return factors.map((factor, mode) =>
    free[mode] ? x.subarray(offsets[mode], offsets[mode] + factor.length) : factor,
  );
}

/** The variables that `factors` stand for. */
export function vectorOf({ factors, free, offsets, size }: Parameters): Float64Array {
  const x = new Float64Array(size);
  factors.forEach((factor, mode) => {
    if (free[mode]) x.set(factor, offsets[mode]);
  });
  return x;
}

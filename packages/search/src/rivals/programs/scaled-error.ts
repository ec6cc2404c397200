/** a·f + b with the least sum of squares of y − a·f − b. */
export interface LinearScale {
  slope: number;
  intercept: number;
  /** Σ (y − a·f − b)²; Infinity where f is not finite somewhere. */
  sse: number;
}

/** The target with its mean and Σ (y − mean)². */
export interface Target {
  readonly values: Float64Array;
  readonly mean: number;
  readonly sst: number;
}

export function targetOf(values: Float64Array): Target {
  let mean = 0;
  for (const v of values) mean += v / values.length;
  let sst = 0;
  for (const v of values) sst += (v - mean) * (v - mean);
  return { values, mean, sst };
}

/**
 * Linear scaling (Keijzer 2003): the best a and b in closed form, so that the search finds shapes and not sizes. A column without variance
 * has slope 0.
 */
export function linearScale(column: Float64Array, start: number, { values, mean, sst }: Target): LinearScale {
  const rows = values.length;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += column[start + r];
  const middle = sum / rows;
  let square = 0;
  let cross = 0;
  for (let r = 0; r < rows; r++) {
    const c = column[start + r] - middle;
    square += c * c;
    cross += c * (values[r] - mean);
  }
  if (!(square < Number.POSITIVE_INFINITY)) return { slope: 0, intercept: mean, sse: Number.POSITIVE_INFINITY };
  // Below this the column is its rounding errors.
  if (square <= 1e-26 * rows * middle * middle || square === 0) return { slope: 0, intercept: mean, sse: sst };
  const slope = cross / square;
  const intercept = mean - slope * middle;
  let sse = 0;
  for (let r = 0; r < rows; r++) {
    const e = values[r] - mean - slope * (column[start + r] - middle);
    sse += e * e;
  }
  return { slope, intercept, sse };
}

import { log } from '@neuronseek/tensor/math';
import { studentQuantile } from './student-quantile.js';

/** An error of which bounds are known, as a certificate has them. */
export interface BoundedError {
  readonly lower: number;
  readonly upper: number;
}

/** Options of {@link estimateRate}. */
export interface EstimateRateOptions {
  /** 'power': log error against log size. 'root-exponential': against √size. 'exponential': against size. Default: 'power'. */
  readonly law?: 'power' | 'root-exponential' | 'exponential';
  /** Of the interval. Default: 0.95. */
  readonly confidence?: number;
  /** Size of the values approximated: errors below 50 units in the last place of it are rounding and left out. Default: 1. */
  readonly scale?: number;
}

/** Defaults of {@link estimateRate}. */
export const estimateRateDefaults: Required<EstimateRateOptions> = { law: 'power', confidence: 0.95, scale: 1 };

/** How fast errors fall with size. */
export interface RateEstimate {
  /** Least squares slope: the exponent of the law. */
  readonly slope: number;
  /** Interval for the slope, from Student's t with n − 2 degrees of freedom. */
  readonly interval: readonly [number, number];
  /** Part of the variance of the log errors that the line explains. */
  readonly r2: number;
  /** Points used. */
  readonly n: number;
  /** Indices of the points that were left out. */
  readonly discarded: readonly number[];
}

/**
 * The rate at which errors fall with size: ordinary least squares of log error, with a t-interval for the slope.
 *
 * Left out are errors below 50 units in the last place of `scale`, and bounded ones whose bounds lie further apart than a tenth of the upper one, which
 * otherwise counts. The interval describes points that scatter independently about a line; errors of one family of constructions do not, so it is a
 * description and no proof of a rate. Throws a RangeError for lists of different lengths, sizes or errors that are not positive and finite, or
 * fewer than 3 points with 2 different sizes that are left.
 */
export function estimateRate(
  sizes: readonly number[],
  errors: readonly (number | BoundedError)[],
  options: EstimateRateOptions = {},
): RateEstimate {
  const {
    law = estimateRateDefaults.law,
    confidence = estimateRateDefaults.confidence,
    scale = estimateRateDefaults.scale,
  } = options;
  check(sizes, errors, confidence, scale);
  const discarded: number[] = [];
  const [xs, ys]: [number[], number[]] = [[], []];
  errors.forEach((error, i) => {
    const { lower, upper } = typeof error === 'number' ? { lower: error, upper: error } : error;
    if (upper < 50 * 2 ** -52 * scale || upper - lower > 0.1 * upper) {
      discarded.push(i);
      return;
    }
    xs.push(law === 'power' ? log(sizes[i]) : law === 'exponential' ? sizes[i] : Math.sqrt(sizes[i]));
    ys.push(log(upper));
  });
  const n = xs.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (n < 3 || !(spread > 0)) {
    throw new RangeError(
      `estimateRate: needs 3 points of 2 different sizes after discarding: got ${n} of ${errors.length}`,
    );
  }
  const slope = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i] - meanY), 0) / spread;
  const residual = xs.reduce((sum, x, i) => sum + (ys[i] - meanY - slope * (x - meanX)) ** 2, 0);
  const total = ys.reduce((sum, y) => sum + (y - meanY) ** 2, 0);
  const reach = studentQuantile(confidence, n - 2) * Math.sqrt(residual / (n - 2) / spread);
  return {
    slope,
    interval: [slope - reach, slope + reach],
    r2: total === 0 ? 1 : Math.max(0, 1 - residual / total),
    n,
    discarded,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function check(
  sizes: readonly number[],
  errors: readonly (number | BoundedError)[],
  confidence: number,
  scale: number,
): void {
  if (sizes.length !== errors.length) {
    throw new RangeError(
      `estimateRate: needs an error for each size: got ${sizes.length} sizes, ${errors.length} errors`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`estimateRate: confidence must be between 0 and 1: got ${confidence}`);
  }
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`estimateRate: scale must be positive and finite: got ${scale}`);
  }
  sizes.forEach((size, i) => {
    if (!(size > 0 && Number.isFinite(size))) {
      throw new RangeError(`estimateRate: sizes[${i}] must be positive and finite: got ${size}`);
    }
    const error = errors[i];
    const { lower, upper } = typeof error === 'number' ? { lower: error, upper: error } : error;
    if (!(upper > 0 && Number.isFinite(upper) && lower >= 0 && lower <= upper)) {
      throw new RangeError(`estimateRate: errors[${i}] must be positive and finite: got ${lower} to ${upper}`);
    }
  });
}

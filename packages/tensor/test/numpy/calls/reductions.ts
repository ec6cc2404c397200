import {
  all,
  any,
  argmax,
  argmin,
  countNonzero,
  cumprod,
  cumsum,
  logSoftmax,
  logsumexp,
  max,
  mean,
  median,
  min,
  percentile,
  prod,
  quantile,
  softmax,
  std,
  sum,
  trace,
  variance,
} from '../../../src/index.js';
import { type Calls, given, withOptions } from './call.js';
import { pairOf } from './pair-of.js';

export const calls: Calls = {
  ...withOptions({ all, any, argmax, argmin, countNonzero, cumprod, cumsum, logSoftmax, logsumexp, max, mean }),
  ...withOptions({ median, min, prod, softmax, std, sum, variance }),
  percentile: ([x], { q, ...options }) => percentile(x, given(q), options),
  quantile: ([x], { q, ...options }) => quantile(x, given(q), options),
  trace: ([x], { offset, axes }) => trace(x, { offset, axes: pairOf(axes) }),
};

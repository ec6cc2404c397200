import { expLanes, logLanes } from '../lanes/index.js';
import { type Fold, maxFold, reduceScalar, sumFold } from '../reduce/index.js';
import type { LogSumExp, Softmax } from './contract.js';

/** Implements {@link Softmax} element by element. */
export const softmaxScalar: Softmax = (out, x, rows, n, log) => {
  const type = out instanceof Float64Array ? 'f64x2' : 'f32x4';
  const [exp, ln] = [expLanes.scalars[type], logLanes.scalars[type]];
  const powers = out instanceof Float64Array ? new Float64Array(n) : new Float32Array(n);
  const total = powers.slice(0, 1);
  for (let at = 0; at < rows * n; at += n) {
    const largest = maxFold(x, at, 1, n);
    const top = Number.isFinite(largest) ? largest : 0;
    for (let i = 0; i < n; i++) out[at + i] = x[at + i] - top;
    for (let i = 0; i < n; i++) powers[i] = exp(out[at + i], 0);
    total[0] = sumFold(powers, 0, 1, n);
    if (log) total[0] = ln(total[0], 0);
    for (let i = 0; i < n; i++) out[at + i] = log ? out[at + i] - total[0] : powers[i] / total[0];
  }
};

/** Implements {@link LogSumExp} element by element. */
export const logSumExpScalar: LogSumExp = (out, x, offset, shape, strides, n, stride) => {
  const type = out instanceof Float64Array ? 'f64x2' : 'f32x4';
  const [exp, ln] = [expLanes.scalars[type], logLanes.scalars[type]];
  const powers = out instanceof Float64Array ? new Float64Array(n) : new Float32Array(n);
  const value = powers.slice(0, 1);
  const fold: Fold = (_x, from) => {
    if (n === 0) return Number.NEGATIVE_INFINITY;
    const largest = maxFold(x, from, stride, n);
    const top = Number.isFinite(largest) ? largest : 0;
    for (let i = 0; i < n; i++) powers[i] = x[from + i * stride] - top;
    for (let i = 0; i < n; i++) powers[i] = exp(powers[i], 0);
    value[0] = sumFold(powers, 0, 1, n);
    value[0] = ln(value[0], 0);
    return value[0] + top;
  };
  reduceScalar(fold, out, x, offset, shape, strides, n, stride);
};

import { type NormalizedSumBackward, type NormalizedSumForward, normalizationEpsilon } from './contract.js';

/** Implements {@link NormalizedSumForward}. */
export const normalizedSumForward: NormalizedSumForward = (sizes, x, scale, bias, y, mean, variance) => {
  const { terms, batch, outputs } = sizes;
  const each = batch * outputs;
  for (let c = 0; c < outputs; c++) for (let o = c; o < each; o += outputs) y[o] = bias[c];
  for (let t = 0; t < terms; t++) {
    for (let c = 0; c < outputs; c++) {
      const q = t * outputs + c;
      const start = t * each + c;
      const end = (t + 1) * each;
      let sum = 0;
      for (let i = start; i < end; i += outputs) sum += x[i];
      const center = sum / batch;
      let squares = 0;
      for (let i = start; i < end; i += outputs) squares += (x[i] - center) * (x[i] - center);
      mean[q] = center;
      variance[q] = squares / batch;
      const slope = scale[q] / Math.sqrt(variance[q] + normalizationEpsilon);
      for (let i = start, o = c; i < end; i += outputs, o += outputs) y[o] += slope * (x[i] - center);
    }
  }
};

/** Implements {@link NormalizedSumBackward}. */
export const normalizedSumBackward: NormalizedSumBackward = (sizes, g, x, scale, mean, variance, gx, gScale, gBias) => {
  const { terms, batch, outputs } = sizes;
  const each = batch * outputs;
  for (let c = 0; c < outputs; c++) {
    let s0 = 0;
    for (let o = c; o < each; o += outputs) s0 += g[o];
    gBias[c] = s0;
    for (let t = 0; t < terms; t++) {
      const q = t * outputs + c;
      const start = t * each + c;
      const center = mean[q];
      const inverse = 1 / Math.sqrt(variance[q] + normalizationEpsilon);
      let s1 = 0;
      for (let o = c, i = start; o < each; o += outputs, i += outputs) s1 += g[o] * (x[i] - center);
      s1 *= inverse;
      gScale[q] = s1;
      const slope = scale[q] * inverse;
      const level = s0 / batch;
      const tilt = (s1 * inverse) / batch;
      for (let o = c, i = start; o < each; o += outputs, i += outputs) {
        gx[i] = slope * (g[o] - level - (x[i] - center) * tilt);
      }
    }
  }
};

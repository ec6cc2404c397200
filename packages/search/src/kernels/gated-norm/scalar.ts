import { type GatedNormBackward, type GatedNormForward, normEpsilon } from './contract.js';

/** Implements {@link GatedNormForward}. */
export const gatedNormForward: GatedNormForward = (
  { terms, batch, outputs },
  x,
  scale,
  shift,
  gate,
  y,
  mean,
  inverse,
) => {
  y.fill(0);
  for (let t = 0; t < terms; t++) {
    for (let c = 0; c < outputs; c++) {
      const q = t * outputs + c;
      const start = t * batch * outputs + c;
      const end = start + batch * outputs;
      let sum = 0;
      for (let i = start; i < end; i += outputs) sum += x[i];
      const center = sum / batch;
      let squares = 0;
      for (let i = start; i < end; i += outputs) squares += (x[i] - center) * (x[i] - center);
      const inv = 1 / Math.sqrt(squares / batch + normEpsilon);
      mean[q] = center;
      inverse[q] = inv;
      const slope = gate[t] * scale[q] * inv;
      const offset = gate[t] * shift[q] - slope * center;
      for (let i = start, o = c; i < end; i += outputs, o += outputs) y[o] += slope * x[i] + offset;
    }
  }
};

/** Implements {@link GatedNormBackward}. */
export const gatedNormBackward: GatedNormBackward = (
  { terms, batch, outputs },
  g,
  x,
  scale,
  shift,
  gate,
  mean,
  inverse,
  gx,
  gScale,
  gShift,
  gGate,
) => {
  gGate.fill(0);
  for (let c = 0; c < outputs; c++) {
    let s0 = 0;
    for (let o = c; o < batch * outputs; o += outputs) s0 += g[o];
    for (let t = 0; t < terms; t++) {
      const q = t * outputs + c;
      const start = t * batch * outputs + c;
      const center = mean[q];
      const inv = inverse[q];
      let s1 = 0;
      for (let o = c, i = start; o < batch * outputs; o += outputs, i += outputs) s1 += g[o] * (x[i] - center);
      s1 *= inv;
      gScale[q] = gate[t] * s1;
      gShift[q] = gate[t] * s0;
      gGate[t] += scale[q] * s1 + shift[q] * s0;
      const factor = gate[t] * scale[q] * inv;
      const level = s0 / batch;
      const tilt = (s1 / batch) * inv;
      for (let o = c, i = start; o < batch * outputs; o += outputs, i += outputs) {
        gx[i] = factor * (g[o] - level - (x[i] - center) * tilt);
      }
    }
  }
};

import type { RowKernel } from './contract.js';

/** Σ_r core[r, c]·z^order; powers by repeated multiplication. */
export const symmetricRows: RowKernel = {
  forward: ({ outputs, order, ranks }, from, to, z, core, out) => {
    const columns = ranks[0] * outputs;
    for (let b = from; b < to; b++) {
      for (let c = 0; c < outputs; c++) {
        let sum = 0;
        for (let i = c; i < columns; i += outputs) {
          const value = z[b * columns + i];
          let power = value;
          for (let m = 1; m < order; m++) power *= value;
          sum += core[i] * power;
        }
        out[b * outputs + c] = sum;
      }
    }
  },
  backward: ({ outputs, order, ranks }, from, to, g, z, core, gz, gCore) => {
    const columns = ranks[0] * outputs;
    for (let b = from; b < to; b++) {
      for (let c = 0; c < outputs; c++) {
        const outer = g[b * outputs + c];
        for (let i = c; i < columns; i += outputs) {
          const value = z[b * columns + i];
          let power = 1;
          for (let m = 1; m < order; m++) power *= value;
          gz[(b - from) * columns + i] = outer * core[i] * order * power;
          if (gCore !== undefined) gCore[i] += outer * power * value;
        }
      }
    }
  },
};

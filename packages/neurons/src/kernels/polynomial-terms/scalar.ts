import { factorColumns, type TermSizes } from './contract.js';

/** The formula of the contract, loop by loop: the oracle. */
export function forwardScalar(
  { batch, inputs, outputs, powers, interactions }: TermSizes,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  terms: Float64Array,
  z: Float64Array,
): void {
  const columns = factorColumns(interactions, outputs);
  for (let b = 0; b < batch; b++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let d = 0; d < inputs; d++) sum += x[b * inputs + d] * f[d * columns + j];
      z[b * columns + j] = sum;
    }
    for (let c = 0; c < outputs; c++) {
      powers.forEach((power, p) => {
        let sum = 0;
        for (let d = 0; d < inputs; d++) sum += w[(p * inputs + d) * outputs + c] * x[b * inputs + d] ** power;
        terms[(p * batch + b) * outputs + c] = sum;
      });
      let base = 0;
      interactions.forEach(({ order, rank }, q) => {
        let sum = 0;
        for (let r = 0; r < rank; r++) {
          let product = 1;
          for (let m = 0; m < order; m++) product *= z[b * columns + base + (m * rank + r) * outputs + c];
          sum += product;
        }
        terms[((powers.length + q) * batch + b) * outputs + c] = sum;
        base += order * rank * outputs;
      });
    }
  }
}

/** The derivative of every monomial and every product, one at a time: the oracle. */
export function backwardScalar(
  { batch, inputs, outputs, powers, interactions }: TermSizes,
  gTerms: Float64Array,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  z: Float64Array,
  gx: Float64Array | undefined,
  gw: Float64Array | undefined,
  gf: Float64Array | undefined,
): void {
  const columns = factorColumns(interactions, outputs);
  for (const gradient of [gx, gw, gf]) gradient?.fill(0);
  for (let b = 0; b < batch; b++) {
    for (let c = 0; c < outputs; c++) {
      powers.forEach((power, p) => {
        const g = gTerms[(p * batch + b) * outputs + c];
        for (let d = 0; d < inputs; d++) {
          const i = (p * inputs + d) * outputs + c;
          const value = x[b * inputs + d];
          if (gw) gw[i] += g * value ** power;
          if (gx) gx[b * inputs + d] += g * w[i] * power * value ** (power - 1);
        }
      });
      let base = 0;
      interactions.forEach(({ order, rank }, q) => {
        const column = (m: number, r: number): number => base + (m * rank + r) * outputs + c;
        const g = gTerms[((powers.length + q) * batch + b) * outputs + c];
        for (let r = 0; r < rank; r++) {
          for (let m = 0; m < order; m++) {
            let others = g;
            for (let n = 0; n < order; n++) if (n !== m) others *= z[b * columns + column(n, r)];
            for (let d = 0; d < inputs; d++) {
              if (gf) gf[d * columns + column(m, r)] += others * x[b * inputs + d];
              if (gx) gx[b * inputs + d] += others * f[d * columns + column(m, r)];
            }
          }
        }
        base += order * rank * outputs;
      });
    }
  }
}

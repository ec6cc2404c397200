import type { LabelledTable } from '@neuronseek/network';
import { slice, tensor } from '@neuronseek/tensor';
import { key, normal, split } from '@neuronseek/tensor/random';
import { standardised } from './small-model.js';

/** Rows of a known function, the first `rows` of them for training. */
export interface Generated {
  readonly train: LabelledTable;
  readonly test: LabelledTable;
}

/** What a synthetic target is made of, as in section 4.1 of the notes on the paper: X ~ N(0, I). */
interface Row {
  readonly x: Float64Array;
  /** Σ_d x_d^k */
  power(k: number): number;
  /** Π_{j ≤ k} ⟨w_j, x⟩ with w_j ~ N(0, I)/√D, the same w_j in every row */
  interaction(k: number): number;
}

/** y = f(x) + 0.01·N(0, 1), then standardised over all rows. */
export function generate(
  f: (row: Row) => number,
  { inputs, rows, seed, testRows = 500 }: { inputs: number; rows: number; seed: number; testRows?: number },
): Generated {
  const [xKey, noiseKey, weightKey] = split(key(seed), 3);
  const all = rows + testRows;
  const x = normal(xKey, all * inputs);
  const noise = normal(noiseKey, all, { standardDeviation: 0.01 });
  const weights = normal(weightKey, 5 * inputs, { standardDeviation: 1 / Math.sqrt(inputs) });
  const y = standardised(
    Array.from(noise, (e, i) => {
      const row = x.slice(i * inputs, (i + 1) * inputs);
      const dot = (j: number): number => row.reduce((sum, v, d) => sum + v * weights[j * inputs + d], 0);
      return (
        e +
        f({
          x: row,
          power: (k) => row.reduce((sum, v) => sum + v ** k, 0),
          interaction: (k) => Array.from({ length: k }, (_, j) => dot(j)).reduce((product, v) => product * v, 1),
        })
      );
    }),
  );
  const part = (start: number, stop: number): LabelledTable => ({
    x: slice(tensor(x, [all, inputs]), [{ start, stop }]),
    y: slice(y, [{ start, stop }]),
  });
  return { train: part(0, rows), test: part(rows, all) };
}

import type { LabelledTable } from '@neuronseek/network';
import { slice, tensor } from '@neuronseek/tensor';
import { key, normal, split, uniform } from '@neuronseek/tensor/random';
import { standardised } from './small-model.js';

/** A row x of N(0, I) as a synthetic target sees it. */
interface Row {
  /** Σ_d x_d^k */
  power(k: number): number;
  /** Π_{j ≤ k} ⟨w_j, x⟩ with w_j ~ N(0, I)/√D, the same w_j in every row */
  interaction(k: number): number;
}

/** A synthetic target of NeuronSeek's benchmark, with the orders that are in it. */
export interface SyntheticCase {
  readonly name: string;
  readonly power: readonly number[];
  readonly interaction: readonly number[];
  /** Of c the first two are random signs times U(1, 3), the third times U(0.5, 3). */
  readonly target: (row: Row, c: readonly number[]) => number;
}

const of = (name: string, power: number[], interaction: number[], target: SyntheticCase['target']): SyntheticCase => ({
  name,
  power,
  interaction,
  target,
});

/** The fifteen targets of the public code (utils/synthetic_data.py of HanyuPei22/NeuronSeek). */
export const syntheticCases: readonly SyntheticCase[] = [
  of('pure v0', [2], [], (x, [c]) => c * x.power(2)),
  of('pure v1', [3], [], (x, [c]) => c * x.power(3)),
  of('pure v2', [1, 2], [], (x) => 10 * x.power(1) + 0.5 * x.power(2)),
  of('pure v3', [2, 4], [], (x) => 5 * x.power(2) + 0.5 * x.power(4)),
  of('pure v4', [5], [], (x, [c]) => c * x.power(5)),
  of('interact v0', [], [2], (x, [c]) => c * x.interaction(2)),
  of('interact v1', [], [2, 3], (x, [c, , d]) => c * x.interaction(2) + d * x.interaction(3)),
  of('interact v2', [], [2, 3], (x) => 8 * x.interaction(2) + 0.5 * x.interaction(3)),
  of('interact v3', [], [2, 4], (x, [c, , d]) => c * x.interaction(2) + d * x.interaction(4)),
  of('interact v4', [], [4], (x, [c]) => c * x.interaction(4)),
  of('hybrid v0', [2], [2], (x, [c, d]) => c * x.power(2) + d * x.interaction(2)),
  of('hybrid v1', [1], [2], (x, [c, d]) => c * x.power(1) + d * x.interaction(2)),
  of('hybrid v2', [3], [2], (x) => 5 * x.power(3) + 0.5 * x.interaction(2)),
  of('hybrid v3', [2], [3], (x) => 0.5 * x.power(2) + 5 * x.interaction(3)),
  of('hybrid v4', [2], [3], (x, [c, d]) => c * x.power(2) + d * x.interaction(3)),
];

export function syntheticCase(name: string): SyntheticCase {
  const found = syntheticCases.find((c) => c.name === name);
  if (!found) throw new RangeError(`syntheticCase: there is no ${name}`);
  return found;
}

/** No target at all. */
export const noise: SyntheticCase = of('noise', [], [], () => 0);

/** Rows of a target: `rows` for training, `testRows` (500) for the test. */
export interface Generated {
  readonly train: LabelledTable;
  readonly test: LabelledTable;
}

/** Draws X ~ N(0, I) and y = target(x) + 0.01·N(0, 1), which is then standardised over all rows. */
export function generate(
  { target }: Pick<SyntheticCase, 'target'>,
  { inputs, rows, seed, testRows = 500 }: { inputs: number; rows: number; seed: number; testRows?: number },
): Generated {
  const [xKey, noiseKey, weightKey, signKey, sizeKey] = split(key(seed), 5);
  const all = rows + testRows;
  const x = normal(xKey, all * inputs);
  const errors = normal(noiseKey, all, { standardDeviation: 0.01 });
  const weights = normal(weightKey, 5 * inputs, { standardDeviation: 1 / Math.sqrt(inputs) });
  const signs = uniform(signKey, 3);
  const coefficients = Array.from(uniform(sizeKey, 3), (u, i) => {
    const [low, high] = i < 2 ? [1, 3] : [0.5, 3];
    return (signs[i] < 0.5 ? -1 : 1) * (low + (high - low) * u);
  });
  const y = standardised(
    Array.from(errors, (e, i) => {
      const row = x.slice(i * inputs, (i + 1) * inputs);
      const dot = (j: number): number => row.reduce((sum, v, d) => sum + v * weights[j * inputs + d], 0);
      const power = (k: number): number => row.reduce((sum, v) => sum + v ** k, 0);
      const interaction = (k: number): number => Array.from({ length: k }, (_, j) => dot(j)).reduce((p, v) => p * v, 1);
      return target({ power, interaction }, coefficients) + e;
    }),
  );
  const part = (start: number, stop: number): LabelledTable => ({
    x: slice(tensor(x, [all, inputs]), [{ start, stop }]),
    y: slice(y, [{ start, stop }]),
  });
  return { train: part(0, rows), test: part(rows, all) };
}

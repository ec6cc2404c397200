import { type Key, randint } from '@neuronseek/tensor/random';
import { factorsAt, type Parameters } from '../opt/parameters.js';
import type { ElementLoss } from './losses.js';
import type { Observed } from './observed.js';

/** Sums over samples of the observed elements, drawn evenly with replacement. */
export interface Sampler {
  /** Estimate of the objective from elements that stay the same; exact where there are few. */
  readonly estimate: (x: Float64Array) => number;
  /** Estimate of its gradient from `count` elements drawn with `key`, without bias. Cost: about 6·R·N·count flops. */
  readonly gradient: (x: Float64Array, key: Key, count: number, out: Float64Array) => void;
}

/** Elements that the estimate of the objective is made from. */
const ESTIMATE = 2 ** 16;

export function createSampler(
  { elements, shape, places, count }: Observed,
  { value, derivative }: ElementLoss,
  parameters: Parameters,
  ridge: Float64Array,
  key: Key,
): Sampler {
  const { rank, free, offsets } = parameters;
  const order = shape.length;
  const index = new Int32Array(order);
  /** Products of the rows of the modes before each, and after the one at hand. */
  const before = new Float64Array((order + 1) * rank);
  const after = new Float64Array(rank);
  const chosen = count <= ESTIMATE ? undefined : randint(key, ESTIMATE, { max: count });

  /** Element q of the model; leaves its index, and the products, behind. */
  const modelAt = (factors: readonly Float64Array[], q: number): number => {
    let rest = q;
    for (let n = order - 1; n >= 0; n--) {
      index[n] = rest % shape[n];
      rest = (rest - index[n]) / shape[n];
    }
    before.fill(1, 0, rank);
    for (let n = 0; n < order; n++) {
      const row = index[n] * rank;
      for (let r = 0; r < rank; r++) before[(n + 1) * rank + r] = before[n * rank + r] * factors[n][row + r];
    }
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += before[order * rank + r];
    return sum;
  };

  return {
    estimate: (x) => {
      const factors = factorsAt(parameters, x);
      const length = chosen?.length ?? count;
      let sum = 0;
      for (let k = 0; k < length; k++) {
        const at = chosen === undefined ? k : chosen[k];
        const q = places === undefined ? at : places[at];
        sum += value(elements[q], modelAt(factors, q));
      }
      sum *= count / length;
      for (let q = 0; q < x.length; q++) sum += ridge[q % rank] * x[q] * x[q];
      return sum;
    },
    gradient: (x, drawn, size, out) => {
      const factors = factorsAt(parameters, x);
      const draws = randint(drawn, size, { max: count });
      for (let q = 0; q < x.length; q++) out[q] = 2 * ridge[q % rank] * x[q];
      for (let k = 0; k < size; k++) {
        const q = places === undefined ? draws[k] : places[draws[k]];
        const slope = (derivative(elements[q], modelAt(factors, q)) * count) / size;
        after.fill(slope);
        for (let n = order - 1; n >= 0; n--) {
          const row = index[n] * rank;
          if (free[n]) {
            for (let r = 0; r < rank; r++) out[offsets[n] + row + r] += after[r] * before[n * rank + r];
          }
          for (let r = 0; r < rank; r++) after[r] *= factors[n][row + r];
        }
      }
    },
  };
}

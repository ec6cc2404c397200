import { log } from '@neuronseek/tensor/math';

/** Inputs that the table has rows for. */
const INPUTS: readonly number[] = [1, 2, 3, 5, 10, 20, 30, 50, 100];

/**
 * Mean gain of the best product of order 2, 3, 4 and 5 for a normal target that has nothing to do with the normal inputs, in multiples of its number of
 * parameters: 60 draws of 2,000 rows to 10 inputs, 6 to 100. A regression would gain 1 on average; the best of many products gains more, and more the
 * more inputs there are to choose forms from.
 */
const GAINS: readonly (readonly number[])[] = [
  [1.0, 1.0, 1.0, 1.0],
  [1.0, 1.0, 1.0, 1.0],
  [1.19, 1.33, 1.4, 1.54],
  [1.32, 1.62, 1.92, 2.12],
  [1.57, 2.15, 2.5, 2.63],
  [1.8, 2.4, 2.65, 2.72],
  [1.85, 2.45, 2.7, 2.75],
  [1.98, 2.5, 2.75, 2.8],
  [2.1, 2.65, 2.85, 2.95],
];

/** Mean gain a parameter of the best product of this order in noise, the table interpolated in the logarithm of the inputs. */
export function nullGain(inputs: number, order: number): number {
  const column = Math.min(order, 5) - 2;
  const extra = 0.1 * Math.max(0, order - 5);
  const next = INPUTS.findIndex((d) => d >= inputs);
  if (next === 0) return GAINS[0][column] + extra;
  const last = next < 0 ? INPUTS.length - 1 : next;
  const [low, high] = [INPUTS[last - 1], INPUTS[last]];
  const share = (log(inputs) - log(low)) / (log(high) - log(low));
  return GAINS[last - 1][column] + share * (GAINS[last][column] - GAINS[last - 1][column]) + extra;
}

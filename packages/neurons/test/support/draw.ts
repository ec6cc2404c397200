import { type Tensor, tensor } from '@neuronseek/tensor';
import { key, uniform } from '@neuronseek/tensor/random';
import type { Data } from '@neuronseek/testkit';

/** `size` multiples of 2^-10 in [-1.5, 1.5], some of them exact zeros. Sizes are what shrinks in these tests, values follow a seed. */
export function drawData(seed: number, shape: readonly number[]): Data {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float64Array.from(uniform(key(seed), size), (u) =>
    u < 0.1 ? 0 : Math.round((3 * u - 1.5) * 1024) / 1024,
  );
  return { shape, data };
}

/** Multiples of 2^-10 in [0.5, 1.5], for comparisons with differences: no sum of products cancels, so the steps stay small. */
export function drawPositive(seed: number, shape: readonly number[]): Data {
  const { data } = drawData(seed, shape);
  return { shape, data: data.map((u) => 1 + Math.round((u / 3) * 1024) / 1024) };
}

export function drawTensor(seed: number, shape: readonly number[]): Tensor {
  const { data } = drawData(seed, shape);
  return tensor(data, shape);
}

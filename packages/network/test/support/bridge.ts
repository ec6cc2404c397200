import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import type { Data } from '@neuronseek/testkit';

/** A tensor of the laws' plain data. */
export function toTensor({ shape, data }: Data): Tensor {
  return tensor(data, shape);
}

/** The other way, always a copy in doubles. */
export function toData(t: Tensor): Data {
  return { shape: t.shape, data: Float64Array.from(flatten(t)) };
}

/** Standard normal numbers that follow a seed: sizes are what shrinks in these tests. */
export function drawNormal(seed: number, shape: readonly number[]): Tensor {
  return tensor(normal(key(seed), sizeOf(shape)), shape);
}

/** Evenly from [0.5, 1.5): for comparisons with differences, because no sum of products of these cancels. */
export function drawPositive(seed: number, shape: readonly number[]): Tensor {
  return tensor(uniform(key(seed), sizeOf(shape), { min: 0.5, max: 1.5 }), shape);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

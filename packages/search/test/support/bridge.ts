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

/** Evenly from [low, high). */
export function drawUniform(seed: number, shape: readonly number[], min = 0, max = 1): Tensor {
  return tensor(uniform(key(seed), sizeOf(shape), { min, max }), shape);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

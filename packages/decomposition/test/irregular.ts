import { type Tensor, tensor } from '@neuronseek/tensor';

/** Fixed numbers between -2 and 2 without a pattern that a wrong index could hide in. */
export function irregular(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 2 * Math.sin(1.7 * seed + i * (i + 2))),
    shape,
  );
}

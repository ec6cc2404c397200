import { fc } from '@fast-check/vitest';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { type Data, data, value } from '@neuronseek/testkit';

/** A tensor of the given plain data. */
export function toTensor(d: Data): Tensor {
  return tensor(d.data, d.shape);
}

/** The elements of a tensor as plain data. */
export function toData(x: Tensor): Data {
  return { shape: x.shape, data: Float64Array.from(x.toTypedArray()) };
}

/** Shapes without empty modes. */
export function shapes({ minOrder = 1, maxOrder = 4, maxSize = 4 } = {}): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: maxSize }), { minLength: minOrder, maxLength: maxOrder });
}

/** Tensors of one shape with moderate entries. */
export function tensorOf(shape: readonly number[]): fc.Arbitrary<Tensor> {
  return data({ shape, min: -4, max: 4 }).map(toTensor);
}

/** A tensor, one factor a mode, and a mode. */
export interface TensorAndFactors {
  readonly x: Tensor;
  readonly factors: readonly Tensor[];
  readonly mode: number;
}

export function tensorAndFactors(options: Parameters<typeof shapes>[0] = {}): fc.Arbitrary<TensorAndFactors> {
  return fc.tuple(shapes(options), fc.integer({ min: 1, max: 3 }), fc.nat(11)).chain(([shape, rank, at]) =>
    fc.record({
      x: tensorOf(shape),
      factors: fc.tuple(...shape.map((n) => tensorOf([n, rank]))),
      mode: fc.constant(at % shape.length),
    }),
  );
}

/** A permutation of 0 … n - 1. */
export function permutations(n: number): fc.Arbitrary<number[]> {
  const list = Array.from({ length: n }, (_, i) => i);
  return fc.shuffledSubarray(list, { minLength: n, maxLength: n });
}

/** Numbers of either sign, away from 0. */
export const nonzero: fc.Arbitrary<number> = value({ min: -4, max: 4 }).filter((v) => Math.abs(v) > 0.25);

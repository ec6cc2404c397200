import { type Shape, showShape, type Tensor } from '@neuronseek/tensor';
import { checkTensor } from './check-tensor.js';

/** Refuses factors that are not one [size, rank] matrix a mode of `shape`; returns the rank, that of the first factor. */
export function checkFactors(name: string, factors: readonly Tensor[], shape: Shape): number {
  if (factors.length !== shape.length) {
    throw new RangeError(`${name}: x has ${shape.length} modes, factors has length ${factors.length}`);
  }
  factors.forEach((factor, mode) => {
    checkTensor(name, `factor ${mode}`, factor);
  });
  const rank = factors[0].shape[1] ?? 0;
  factors.forEach(({ shape: received }, mode) => {
    if (received.length !== 2 || received[0] !== shape[mode] || received[1] !== rank) {
      throw new RangeError(
        `${name}: factor ${mode} has shape ${showShape(received)}, expected ${showShape([shape[mode], rank])}`,
      );
    }
  });
  return rank;
}

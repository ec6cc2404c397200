import type { FloatArray } from '@neuronseek/tensor/kernels';

/** Every pair of entries of every fiber: the oracle. */
export function modeGramScalar(x: FloatArray, shape: readonly number[], mode: number, out: Float64Array): void {
  const size = shape[mode];
  const right = shape.slice(mode + 1).reduce((product, n) => product * n, 1);
  const left = x.length / (size * right);
  out.fill(0);
  for (let l = 0; l < left; l++) {
    for (let g = 0; g < right; g++) {
      const fiber = l * size * right + g;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) out[i * size + j] += x[fiber + i * right] * x[fiber + j * right];
      }
    }
  }
}

import { type FloatArray, gemm } from '@neuronseek/tensor/kernels';

/** One matrix product a block, or one in all for the last mode; see contract.ts. */
export function modeGramByGemm(x: FloatArray, shape: readonly number[], mode: number, out: Float64Array): void {
  const size = shape[mode];
  const right = shape.slice(mode + 1).reduce((product, n) => product * n, 1);
  const left = x.length / (size * right);
  if (right === 1) {
    gemm(size, size, left, x, 0, 1, size, x, 0, size, 1, out, 0, size, false);
    return;
  }
  const block = size * right;
  for (let l = 0; l < left; l++) {
    gemm(size, size, right, x, l * block, right, 1, x, l * block, 1, right, out, 0, size, l > 0);
  }
}

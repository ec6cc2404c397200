import { norm2 } from '@neuronseek/tensor/kernels';

/** Divides an array by its norm, in place, and returns the norm; 0 leaves it alone. */
export function normalize(values: Float64Array): number {
  const norm = norm2(values.length, values, 0, 1);
  if (norm === 0) return 0;
  for (let q = 0; q < values.length; q++) values[q] /= norm;
  return norm;
}

/** The product of finite numbers: only the result itself can leave the range of numbers. */
export function scaledProduct(factors: readonly number[]): number {
  let mantissa = 1;
  let exponent = 0;
  for (const factor of factors) {
    mantissa *= factor;
    if (mantissa === 0) return 0;
    // The mantissa stays below 1, so that no product with it overflows.
    const shift = Math.floor(Math.log2(Math.abs(mantissa))) + 1;
    mantissa = timesPowerOfTwo(mantissa, -shift);
    exponent += shift;
  }
  return timesPowerOfTwo(mantissa, exponent);
}

/** x·2^exponent for any integer exponent, in steps that stay in range. */
function timesPowerOfTwo(x: number, exponent: number): number {
  while (exponent > 1000) {
    x *= 2 ** 1000;
    exponent -= 1000;
  }
  while (exponent < -1000 && x !== 0) {
    x *= 2 ** -1000;
    exponent += 1000;
  }
  return x * 2 ** exponent;
}

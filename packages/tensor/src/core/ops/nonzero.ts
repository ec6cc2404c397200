import { expectTensor } from '../as-tensor.js';
import { contiguousStrides } from '../shape.js';
import { flatten, Tensor } from '../tensor.js';

/** Where the elements other than 0 stand, in row-major order: for every axis an int32 vector of their indices along it. Constant under derivatives. */
export function nonzero(x: Tensor): Tensor[] {
  expectTensor('nonzero', x);
  const elements = flatten(x);
  const places: number[] = [];
  for (let i = 0; i < elements.length; i++) if (elements[i] !== 0) places.push(i);
  const strides = contiguousStrides(x.shape);
  return x.shape.map((n, axis) => {
    const indices = Int32Array.from(places, (at) => Math.floor(at / strides[axis]) % n);
    return new Tensor(indices, 'int32', [places.length]);
  });
}

import { flatten, type Tensor } from '@neuronseek/tensor';

/** The elements of `x` in row-major order as float64: its own buffer when that is one and gap-free, so not to be written to. */
export function float64Elements(x: Tensor): Float64Array {
  const elements = flatten(x);
  return elements instanceof Float64Array ? elements : Float64Array.from(elements);
}

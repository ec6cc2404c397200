import { type DType, flatten, type Tensor } from '@neuronseek/tensor';

/** Puts the k-th item at the place of the k-th true. */
export function spread<T>(items: readonly T[], places: readonly boolean[]): (T | undefined)[] {
  let next = 0;
  return places.map((place) => (place ? items[next++] : undefined));
}

/** float32 where some are that and none is float64. */
export function commonType(tensors: readonly Tensor[]): DType {
  const has = (dtype: DType): boolean => tensors.some((t) => t.dtype === dtype);
  return has('float32') && !has('float64') ? 'float32' : 'float64';
}

/** Elements in row-major order as doubles: the tensor's own buffer where that is possible. */
export function doubles(t: Tensor): Float64Array {
  const elements = flatten(t);
  return elements instanceof Float64Array ? elements : Float64Array.from(elements);
}

/** Where a kernel may write the result `t`: its own buffer, or for float32 one of doubles to be rounded afterwards. */
export function buffer(t: Tensor): Float64Array {
  return t.data instanceof Float64Array ? t.data : new Float64Array(t.size);
}

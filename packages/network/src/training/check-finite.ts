import { flatten, showShape, type Tensor } from '@neuronseek/tensor';

/** Throws a RangeError with name and index of the first element that is not finite. */
export function checkFinite(op: string, name: string, x: Tensor): void {
  const elements = flatten(x);
  for (let i = 0; i < elements.length; i++) {
    if (Number.isFinite(elements[i])) continue;
    throw new RangeError(`${op}: ${name} is not finite at ${showShape(indexOf(i, x.shape))}: ${elements[i]}`);
  }
}

/** Index along each axis of the i-th element in row-major order. */
function indexOf(i: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(i % shape[axis]);
    i = Math.floor(i / shape[axis]);
  }
  return index;
}

import type { Shape } from '@neuronseek/tensor';

/** Refuses NaN and infinities, naming the first one's index; `values` are the elements in row-major order. */
export function checkFinite(name: string, argument: string, values: ArrayLike<number>, shape: Shape): void {
  for (let q = 0; q < values.length; q++) {
    if (Number.isFinite(values[q])) continue;
    throw new RangeError(`${name}: ${argument} is not finite at [${indexOf(q, shape).join(', ')}]: ${values[q]}`);
  }
}

/** The index of the q-th element in row-major order. */
export function indexOf(q: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = q % shape[axis];
    q = Math.floor(q / shape[axis]);
  }
  return index;
}

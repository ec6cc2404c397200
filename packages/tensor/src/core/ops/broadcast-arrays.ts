import { expectTensor } from '../as-tensor.js';
import { describeValue } from '../describe-value.js';
import { checkOptions } from '../options.js';
import { broadcastShapes, type Shape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { reshape } from './reshape.js';
import { broadcastTo } from './sum-broadcast.js';
import { swapAxes } from './transpose.js';

/** All tensors stretched to their common shape, as views. Throws a RangeError when they have none. */
export function broadcastArrays(tensors: readonly Tensor[]): Tensor[] {
  checkTensors('broadcastArrays', tensors);
  const shape = tensors.reduce<Shape>((common, x) => broadcastShapes('broadcastArrays', common, x.shape), []);
  return tensors.map((x) => broadcastTo(x, shape));
}

/**
 * Coordinates of a grid from vectors of coordinates, as views: output i repeats vector i along all axes but its own. `indexing` 'ij': vector i
 * runs along axis i; 'xy' (default, as NumPy): the first two axes are exchanged.
 */
export function meshgrid(tensors: readonly Tensor[], options: { readonly indexing?: 'xy' | 'ij' } = {}): Tensor[] {
  checkTensors('meshgrid', tensors);
  checkOptions('meshgrid', options, { indexing: 'string' });
  const { indexing = 'xy' } = options;
  if (indexing !== 'xy' && indexing !== 'ij') {
    throw new RangeError(`meshgrid: indexing must be xy or ij, got ${String(indexing)}`);
  }
  for (const x of tensors) {
    if (x.order > 1) throw new RangeError(`meshgrid: needs vectors, got shape ${showShape(x.shape)}`);
  }
  const sizes = tensors.map((x) => x.size);
  const grid = tensors.map((x, i) =>
    broadcastTo(
      reshape(
        x,
        sizes.map((n, axis) => (axis === i ? n : 1)),
      ),
      sizes,
    ),
  );
  return indexing === 'xy' && tensors.length > 1 ? grid.map((x) => swapAxes(x, 0, 1)) : grid;
}

function checkTensors(op: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors)) {
    throw new TypeError(`${op}: expected an array of tensors, got ${describeValue(tensors)}`);
  }
  for (const x of tensors) expectTensor(op, x);
}

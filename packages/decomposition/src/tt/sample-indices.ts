import { flatten, isTensor, showShape, type Tensor } from '@neuronseek/tensor';

/** Where samples stand: whole numbers from 0, a tensor [S, N] or a list of S lists of N. */
export type SampleIndices = Tensor | readonly (readonly number[])[];

/** Indices of S samples, those of one mode together. */
export interface IndexColumns {
  readonly samples: number;
  /** One list of S indices a mode. */
  readonly columns: readonly Int32Array[];
}

/** Indices checked against a shape and sorted by modes. */
export function sampleIndices(name: string, indices: SampleIndices, shape: readonly number[]): IndexColumns {
  const order = shape.length;
  const { samples, values } = rowMajor(name, indices, order);
  const columns = shape.map(() => new Int32Array(samples));
  for (let s = 0; s < samples; s++) {
    for (let k = 0; k < order; k++) {
      const index = values[s * order + k];
      if (!(Number.isInteger(index) && index >= 0 && index < shape[k])) {
        throw new RangeError(
          `${name}: index of sample ${s} is out of range for mode ${k} of size ${shape[k]}: ${index}`,
        );
      }
      columns[k][s] = index;
    }
  }
  return { samples, columns };
}

function rowMajor(
  name: string,
  indices: SampleIndices,
  order: number,
): { readonly samples: number; readonly values: ArrayLike<number> } {
  if (isTensor(indices)) {
    if (indices.order !== 2 || indices.shape[1] !== order) {
      throw new RangeError(`${name}: indices has shape ${showShape(indices.shape)}, expected [samples, ${order}]`);
    }
    return { samples: indices.shape[0], values: flatten(indices) };
  }
  if (!Array.isArray(indices) || !indices.every((index) => Array.isArray(index))) {
    throw new TypeError(`${name}: indices is not a tensor or a list of lists: ${String(indices)}`);
  }
  indices.forEach((index, s) => {
    if (index.length === order) return;
    throw new RangeError(`${name}: index of sample ${s} has ${index.length} entries, expected ${order}`);
  });
  return { samples: indices.length, values: indices.flat() };
}

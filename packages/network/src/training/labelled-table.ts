import { showShape, type Tensor } from '@neuronseek/tensor';

/** Rows of inputs and what should come out of them: x [rows, columns], y [rows, outputs]. */
export interface LabelledTable {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Throws a RangeError naming `op` unless both are matrices with the same positive number of rows. */
export function checkTable(op: string, { x, y }: LabelledTable): void {
  if (x.order !== 2 || y.order !== 2 || x.shape[0] !== y.shape[0] || x.shape[0] === 0) {
    throw new RangeError(
      `${op}: needs x [rows, columns] and y [rows, outputs]: x is ${showShape(x.shape)}, y is ${showShape(y.shape)}`,
    );
  }
}

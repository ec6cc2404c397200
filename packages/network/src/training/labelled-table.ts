import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkFinite } from './check-finite.js';

/** Rows of inputs and what should come out of them: x [rows, columns], y [rows, outputs]. */
export interface LabelledTable {
  readonly x: Tensor;
  readonly y: Tensor;
}

/**
 * Throws a RangeError naming `op` unless both are matrices with the same positive number of rows and finite elements; `prefix` stands before
 * x and y in the message.
 */
export function checkTable(op: string, prefix: string, { x, y }: LabelledTable): void {
  if (x.order !== 2 || y.order !== 2 || x.shape[0] !== y.shape[0] || x.shape[0] === 0) {
    throw new RangeError(
      `${op}: needs ${prefix}x [rows, columns] and ${prefix}y [rows, outputs]: x is ${showShape(x.shape)}, y is ${showShape(y.shape)}`,
    );
  }
  checkFinite(op, `${prefix}x`, x);
  checkFinite(op, `${prefix}y`, y);
}

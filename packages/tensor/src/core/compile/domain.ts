import { broadcastStrides, type Shape, sizeOf } from '../shape.js';
import type { Operand } from './program.js';

/** How an operand is read along a row of {@link Domain}: one number after another, or the same one all along. */
export type Reading = 'vector' | 'repeat';

/** A shape seen as rows of a matrix, such that all operands advance from element to element, or stand still, along every row. */
export interface Domain {
  readonly rows: number;
  readonly cols: number;
  /** For each operand. */
  readonly readings: readonly Reading[];
  /** For each operand: elements from one row to the next. */
  readonly rowStrides: readonly number[];
}

/** The view of `shape` with the longest rows that suits all operands, stretched to that shape; undefined where there is none. */
export function domainOf(shape: Shape, operands: readonly Operand[]): Domain | undefined {
  const strides = operands.map((x) => broadcastStrides(x.shape, x.strides, shape));
  for (let axis = 0; axis <= shape.length; axis++) {
    const inner = shape.slice(axis);
    const readings = strides.map((all) => reading(inner, all.slice(axis)));
    const outer = shape.slice(0, axis);
    const rowStrides = strides.map((all) => commonStride(outer, all.slice(0, axis)));
    if (readings.every((r) => r !== undefined) && rowStrides.every((s) => s !== undefined)) {
      return { rows: sizeOf(outer), cols: sizeOf(inner), readings, rowStrides };
    }
  }
  return undefined;
}

function reading(shape: Shape, strides: readonly number[]): Reading | undefined {
  const stride = commonStride(shape, strides);
  if (stride === undefined || stride === 0) return stride === 0 ? 'repeat' : undefined;
  return stride === 1 ? 'vector' : undefined;
}

/** The one stride at which all elements follow each other, 0 where there is but one; undefined where there is none. */
function commonStride(shape: Shape, strides: readonly number[]): number | undefined {
  let common = 0;
  let count = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) continue;
    if (count === 1) common = strides[axis];
    else if (strides[axis] !== common * count) return undefined;
    count *= shape[axis];
  }
  return common;
}

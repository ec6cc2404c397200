import fc from 'fast-check';
import type { Data } from '../data.js';
import { sizeOfShape } from '../size-of-shape.js';
import { shape as anyShape, type ShapeOptions } from './shape.js';
import { type ValueOptions, value } from './value.js';

/** Options of `data`: those of `value`, and either one shape or the options of `shape`. */
export interface DataOptions extends ValueOptions, ShapeOptions {
  /** The one shape of all data; default: any shape within the options of `shape`. */
  readonly shape?: readonly number[];
}

/** Data of a given or an arbitrary shape; shrinks to fewer elements and to small readable numbers. */
export function data(options: DataOptions = {}): fc.Arbitrary<Data> {
  const element = value(options);
  const ofShape = (shape: readonly number[]): fc.Arbitrary<Data> => {
    const length = sizeOfShape(shape);
    return fc
      .array(element, { minLength: length, maxLength: length })
      .map((values) => ({ shape: [...shape], data: Float64Array.from(values) }));
  };
  return options.shape === undefined ? anyShape(options).chain(ofShape) : ofShape(options.shape);
}

import fc from 'fast-check';

/** Options of `shape`. */
export interface ShapeOptions {
  /** Default 0. */
  readonly minOrder?: number;
  /** Default 4. */
  readonly maxOrder?: number;
  /** Default 0: axes may be empty. */
  readonly minSize?: number;
  /** Default 5. */
  readonly maxSize?: number;
}

/** Defaults of `shape`. */
export const shapeDefaults: Required<ShapeOptions> = { minOrder: 0, maxOrder: 4, minSize: 0, maxSize: 5 };

/** Shapes of bounded order and sizes; shrinks to fewer and shorter axes. */
export function shape(options: ShapeOptions = {}): fc.Arbitrary<number[]> {
  const {
    minOrder = shapeDefaults.minOrder,
    maxOrder = shapeDefaults.maxOrder,
    minSize = shapeDefaults.minSize,
    maxSize = shapeDefaults.maxSize,
  } = options;
  return fc.array(fc.integer({ min: minSize, max: maxSize }), { minLength: minOrder, maxLength: maxOrder });
}

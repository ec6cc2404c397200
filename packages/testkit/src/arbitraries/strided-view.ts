import fc from 'fast-check';
import { permutation } from './permutation.js';
import { type ShapeOptions, shape } from './shape.js';

/** Where the elements of a view stand in a buffer: element (i_0, i_1, ...) at offset + sum of i_k strides_k, within 0 .. length - 1. */
export interface StridedView {
  readonly shape: readonly number[];
  /** In elements; may be negative or zero. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Length of the buffer. */
  readonly length: number;
}

/** Options of `stridedView`: those of `shape` and whether elements may share a place. */
export interface StridedViewOptions extends ShapeOptions {
  /** Whether two elements may stand in one place, through zero or short strides; default true. Views to write to need false. */
  readonly overlapping?: boolean;
}

/** Views with gaps, permuted axes, reversed axes and, unless refused, repeated elements; shrinks to the contiguous layout. */
export function stridedView(options: StridedViewOptions = {}): fc.Arbitrary<StridedView> {
  const { overlapping = true } = options;
  return shape(options).chain((sizes) => {
    const order = sizes.length;
    const exactly = { minLength: order, maxLength: order };
    // 'short' lets neighbours along the axis share places, as the windows of a sliding window do.
    const kinds = overlapping ? (['apart', 'repeated', 'short'] as const) : (['apart'] as const);
    const axis = fc.record({ gap: fc.nat(2), reversed: fc.boolean(), kind: fc.constantFrom(...kinds) });
    return fc
      .tuple(permutation(order), fc.array(axis, exactly), fc.nat(3), fc.nat(3))
      .map(([layout, axes, before, after]) => {
        // Axes are laid out from the innermost one, layout[order - 1]; each spans all of what lies inside it.
        const strides = new Array<number>(order).fill(0);
        let span = 1;
        for (let i = order - 1; i >= 0; i--) {
          const k = layout[i];
          const { gap, reversed, kind } = axes[k];
          if (kind === 'repeated') continue;
          const stride = (kind === 'short' ? 1 : span) + gap;
          strides[k] = reversed ? -stride : stride;
          span = Math.max(span, stride * sizes[k]);
        }
        return place(sizes, strides, before, after);
      });
  });
}

/** Chooses the offset and length so that the view just fits between `before` and `after` unused places. */
function place(sizes: readonly number[], strides: readonly number[], before: number, after: number): StridedView {
  if (sizes.includes(0)) return { shape: sizes, strides, offset: before, length: before + after };
  let low = 0;
  let high = 0;
  for (let k = 0; k < sizes.length; k++) {
    const reach = (sizes[k] - 1) * strides[k];
    low += Math.min(reach, 0);
    high += Math.max(reach, 0);
  }
  return { shape: sizes, strides, offset: before - low, length: before - low + high + 1 + after };
}

import fc from 'fast-check';
import { type ShapeOptions, shape } from './shape.js';

/** Two shapes that broadcast together, and the shape of the result. */
export interface BroadcastPair {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly result: readonly number[];
}

/**
 * Pairs of shapes that broadcast by NumPy's rules: aligned at the last axis, sizes equal or one of them 1, missing axes count as 1.
 *
 * The options bound the result. Each axis of it comes from both shapes or, stretched, from one of them.
 */
export function broadcastPair(options: ShapeOptions = {}): fc.Arbitrary<BroadcastPair> {
  return shape(options).chain((full) => {
    const axis = fc.constantFrom('both', 'a', 'b');
    const order = full.length;
    return fc
      .tuple(fc.array(axis, { minLength: order, maxLength: order }), fc.nat(order), fc.boolean())
      .map(([sources, dropped, dropFromA]) => {
        const side = (name: string, drop: number): number[] =>
          full.map((size, i) => (sources[i] === 'both' || sources[i] === name ? size : 1)).slice(drop);
        const a = side('a', dropFromA ? dropped : 0);
        const b = side('b', dropFromA ? 0 : dropped);
        return { a, b, result: broadcast(a, b) };
      });
  });
}

/** The rule itself, for shapes known to be compatible: the size that is not 1, where there is one. */
function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const order = Math.max(a.length, b.length);
  return Array.from({ length: order }, (_, i) => {
    const fromA = a[i - order + a.length] ?? 1;
    const fromB = b[i - order + b.length] ?? 1;
    return fromA === 1 ? fromB : fromA;
  });
}

import type { Layer, SequentialLayer } from './layer.js';

/** Layers run one after the other. Throws a RangeError for an empty list. */
export function sequential(layers: readonly Layer[]): SequentialLayer {
  if (layers.length === 0) throw new RangeError('sequential: needs at least one layer');
  return { kind: 'sequential', layers };
}

import type { Layer, SequentialLayer } from './layer.js';
import { outputsOfChain } from './table.js';

/** Layers run one after the other. Throws a RangeError for an empty list and where a layer takes other columns than the one before it gives. */
export function sequential(layers: readonly Layer[]): SequentialLayer {
  if (layers.length === 0) throw new RangeError('sequential: needs at least one layer');
  outputsOfChain(layers, undefined, 'sequential: ');
  return { kind: 'sequential', layers: [...layers] };
}

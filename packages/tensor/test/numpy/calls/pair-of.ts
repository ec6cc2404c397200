import type { Params } from '../fixtures.js';

/** Two axes, where the fixture names them. */
export function pairOf(axes: Params['axes']): readonly [number, number] | undefined {
  return typeof axes === 'object' ? [axes[0], axes[1]] : undefined;
}

import { type Key, normal } from '@neuronseek/tensor/random';
import { FIRST } from './soft-functions.js';
import { innerCount, paramCount, paramStart, type SoftTree } from './soft-tree.js';

/** A tree with normal logits, scales near 1 and offsets near 0. */
export function randomTree(shape: Omit<SoftTree, 'params'>, key: Key): SoftTree {
  const params = normal(key, paramCount(shape));
  const inner = innerCount(shape);
  for (let node = 0; node <= 2 * inner; node++) {
    const scale = paramStart(shape, node) + (node < inner ? shape.functions.length : shape.inputs);
    params[scale] = 1 + 0.3 * params[scale];
    params[scale + 1] *= 0.3;
  }
  return { ...shape, params };
}

/** Logit by which a grown tree prefers what the smaller one had. */
const PREFERENCE = 2;

/**
 * A tree of one level more that begins as the smaller one: its leaves become nodes that hand on a leaf, all logits shaken by normal draws, so that every
 * choice can still be changed. Values differ from those of the smaller tree, as choices are soft again.
 */
export function grownTree(small: SoftTree, key: Key): SoftTree {
  const shape = { levels: small.levels + 1, functions: small.functions, inputs: small.inputs };
  const tree = randomTree(shape, key);
  const { params } = tree;
  const inner = innerCount(small);
  const count = small.functions.length;
  const first = small.functions.indexOf(FIRST);
  for (let node = 0; node <= 2 * inner; node++) {
    const from = paramStart(small, node);
    const to = paramStart(tree, node);
    if (node < inner) {
      copyChoice(small.params, from, params, to, count);
      continue;
    }
    if (first >= 0) params[to + first] += PREFERENCE;
    copyChoice(small.params, from, params, paramStart(tree, 2 * node + 1), small.inputs);
  }
  return tree;
}

/** Prefers the largest of the logits and takes over scale and offset. */
function copyChoice(from: Float64Array, at: number, to: Float64Array, start: number, count: number): void {
  let best = 0;
  for (let i = 1; i < count; i++) if (from[at + i] > from[at + best]) best = i;
  to[start + best] += PREFERENCE;
  to[start + count] = from[at + count];
  to[start + count + 1] = from[at + count + 1];
}

// Runs in threads: what `smoke.cjs` gives them to do, for modules of both kinds.
import { key, normal } from '@neuronseek/tensor/random';

/**
 * Draws that depend on the item alone.
 *
 * @param {{ seed: number, length: number }} item
 */
export async function draw({ seed, length }) {
  return normal(key(seed), length);
}

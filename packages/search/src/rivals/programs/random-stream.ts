import { fold, type Key, uniform } from '@neuronseek/tensor/random';

/** Numbers drawn one after another from a key. */
export interface RandomStream {
  /** Even on [0, 1). */
  next(): number;
  /** An integer, even on 0 … count − 1. */
  below(count: number): number;
}

const BLOCK = 1024;

/** The stream of a key: draw i depends on the key and i alone. */
export function randomStream(key: Key): RandomStream {
  let block = 0;
  let at = BLOCK;
  let values: Float64Array = new Float64Array(0);
  const next = (): number => {
    if (at === BLOCK) {
      values = uniform(fold(key, block), BLOCK);
      block++;
      at = 0;
    }
    return values[at++];
  };
  return { next, below: (count) => Math.floor(next() * count) };
}

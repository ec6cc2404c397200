import type { CpTensor } from '../cp/cp-tensor.js';
import { congruence } from './congruence.js';

/** The two components of a CP tensor that oppose each other most. */
export interface Degeneracy {
  /** Their cosine as tensors, from -1 to 1: towards -1 they cancel. 1 where there is one component only. */
  readonly cosine: number;
  /** Their indices; both 0 where there is one component only. */
  readonly components: readonly [number, number];
}

/**
 * How nearly two components cancel: the smallest congruence ("triple cosine") between different components of one CP tensor.
 *
 * Below about -0.95 with components that keep growing, a fit has no minimum: the data are closer to a tensor of lower border rank
 * than to any of that rank. (Krijnen, Dijkstra & Stegeman 2008)
 */
export function degeneracy(cp: CpTensor): Degeneracy {
  const cosines = congruence(cp, cp);
  const rank = cosines.shape[0];
  let cosine = 1;
  let components: readonly [number, number] = [0, 0];
  cosines.toTypedArray().forEach((value, q) => {
    const [r, s] = [Math.floor(q / rank), q % rank];
    if (r < s && value < cosine) {
      cosine = value;
      components = [r, s];
    }
  });
  return { cosine, components };
}

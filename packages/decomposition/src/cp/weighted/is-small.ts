import type { WeightedData } from './weighted-data.js';

/** Variables up to which the normal matrix is formed, and flops that forming it may take. */
const MOST_DENSE = 500;
const MOST_FLOPS = 2 ** 26;

/** Whether a fit with so many variables is made by the normal matrix of what is observed. */
export function isSmall({ observed, shape }: WeightedData, rank: number, variables: number): boolean {
  const row = shape.length * rank;
  return variables <= MOST_DENSE && observed * row * row <= MOST_FLOPS;
}

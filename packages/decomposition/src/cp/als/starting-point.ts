import { ones, tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import type { NormalizedData } from '../../normalized-data.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';
import { randomFactors, svdFactors } from '../starting-factors.js';
import { unitColumns } from '../unit-columns.js';

/** Share of random directions in a start of singular vectors. */
const STIR = 0.01;

/**
 * The start as a CP tensor: what was given, or factors made from the data, with weights of 1. Singular vectors inherit every
 * symmetry of the data, and exact sweeps never leave it (a sum of two equal terms stays at the error of one): they are stirred.
 */
export function startingPoint(
  name: string,
  init: CpInitMethod | CpTensor,
  { elements, shape }: NormalizedData,
  rank: number,
  key: Key,
): CpTensor {
  if (typeof init === 'object') return init;
  if (init !== 'random' && init !== 'svd') {
    throw new RangeError(`${name}: init is not 'random', 'svd' or a CP tensor: ${String(init)}`);
  }
  const factors = init === 'svd' ? stirredFactors(elements, shape, rank, key) : randomFactors(shape, rank, key);
  return { weights: ones([rank]), factors: factors.map((data, n) => tensor(data, [shape[n], rank])) };
}

/** Singular vectors of the unfoldings with their share of random directions. */
export function stirredFactors(
  elements: Float64Array,
  shape: readonly number[],
  rank: number,
  key: Key,
): Float64Array[] {
  const stir = randomFactors(shape, rank, key).map((factor) => unitColumns(factor, rank).unit);
  return svdFactors(elements, shape, rank, key).map((factor, n) => factor.map((v, q) => v + STIR * stir[n][q]));
}

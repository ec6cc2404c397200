import { fc } from '@fast-check/vitest';
import type { Tensor } from '@neuronseek/tensor';
import {
  type AnyTensor,
  type CpTensor,
  cpToTensor,
  type StructuredTensor,
  type TtTensor,
  type TuckerTensor,
  ttToTensor,
  tuckerToTensor,
} from '../src/index.js';
import { tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { irregularTt, ttOf } from './tt-support.js';

const rank = fc.integer({ min: 1, max: 3 });

/** CP tensors of one shape. */
export function cpOf(shape: readonly number[]): fc.Arbitrary<CpTensor> {
  return rank.chain((r) =>
    fc.record({ weights: tensorOf([r]), factors: fc.tuple(...shape.map((n) => tensorOf([n, r]))) }),
  );
}

/** Tucker tensors of one shape, with cores that may be larger than it. */
export function tuckerOf(shape: readonly number[]): fc.Arbitrary<TuckerTensor> {
  return fc
    .tuple(...shape.map(() => rank))
    .chain((ranks) =>
      fc.record({ core: tensorOf(ranks), factors: fc.tuple(...shape.map((n, m) => tensorOf([n, ranks[m]]))) }),
    );
}

/** Tensors of one shape in any structured format. */
export function structuredOf(shape: readonly number[]): fc.Arbitrary<StructuredTensor> {
  return fc.oneof<fc.Arbitrary<StructuredTensor>[]>(cpOf(shape), tuckerOf(shape), ttOf(shape));
}

/** The tensors that a structured tensor is made of, and the tensor that they make. */
export interface Parts {
  readonly parts: readonly Tensor[];
  readonly make: (parts: readonly Tensor[]) => StructuredTensor;
}

export function partsOf(x: StructuredTensor): Parts {
  if ('weights' in x) {
    return { parts: [x.weights, ...x.factors], make: ([weights, ...factors]) => ({ weights, factors }) };
  }
  if ('core' in x) return { parts: [x.core, ...x.factors], make: ([core, ...factors]) => ({ core, factors }) };
  return { parts: x.cores, make: (cores) => ({ cores }) };
}

/** The dense tensor, by the functions of each format. */
export function denseOf(x: AnyTensor): Tensor {
  if ('weights' in x) return cpToTensor(x);
  if ('core' in x) return tuckerToTensor(x);
  return 'cores' in x ? ttToTensor(x) : x;
}

/** One of each format with fixed irregular entries. */
export function irregularOf(shape: readonly number[], seed = 1): Record<'cp' | 'tucker' | 'tt', StructuredTensor> {
  const ranks = shape.map((_, m) => 2 + (m % 2));
  const cp: CpTensor = {
    weights: irregular([3], seed + 5),
    factors: shape.map((n, m) => irregular([n, 3], seed + 7 * m)),
  };
  const tucker: TuckerTensor = {
    core: irregular(ranks, seed + 3),
    factors: shape.map((n, m) => irregular([n, ranks[m]], seed + 11 * m)),
  };
  const tt: TtTensor = irregularTt(
    shape,
    shape.slice(1).map((_, k) => 2 + (k % 2)),
    seed,
  );
  return { cp, tucker, tt };
}

/** All indices of a shape in row-major order. */
export function allIndices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );
}

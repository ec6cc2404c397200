import {
  collinearFactors,
  cp,
  cpAls,
  cpToTensor,
  cpWeighted,
  tensorTrain,
  ttCross,
  ttToTensor,
  tucker,
} from '@neuronseek/decomposition';
import { ones, type Tensor, tensor } from '@neuronseek/tensor';
import { key, uniform } from '@neuronseek/tensor/random';
import type { Peer } from './peer.js';

/** What one of our calls took and came to. */
export interface Outcome {
  readonly relativeError: number;
  /** What else is to be shown. */
  readonly note?: string;
}

/** A job that NumPy does too, or that has a bound of its own. */
export interface Case {
  readonly name: string;
  readonly ours: () => Outcome;
  /** The peer's call, and how its time counts: per sweep, say. */
  readonly peer?: { readonly call: string; readonly times?: number };
  /** How often our own time is counted, to match. */
  readonly times?: number;
  /** Our time over the peer's that was aimed at. */
  readonly ratio?: number;
  /** Our time in milliseconds that was aimed at. */
  readonly atMost?: number;
  /** The largest error, where it is not measured against the peer's. */
  readonly error?: number;
  /** A case of ours by its name, and how often its time ours may take. */
  readonly against?: { readonly name: string; readonly times: number };
  /** The largest ratio of our error to the peer's. */
  readonly errorRatio?: number;
}

/** 1.001 times the error of the peer counts as its error, as in the aims. */
const SAME_ERROR = 1.001;

/** Everything that is timed, in the order of the table. */
export async function allCases(peer: Peer): Promise<Case[]> {
  const x3 = await peer.input('x3', [100, 100, 100], 10);
  const x4 = await peer.input('x4', [200, 200, 200], 20);
  const x5 = await peer.input('x5', [50, 50, 50, 50], 10);
  const x6 = await peer.input('x6', [20, 20, 20, 20, 20], 10);
  const x7 = await peer.input(
    'x7',
    Array.from({ length: 20 }, () => 2),
    10,
  );
  return [
    ...cpCases(x3, x4, x5),
    ...truncationCases(x3, x6, x7),
    ...maskedCases(x3),
    ...collinearCases(),
    ...crossCases(),
  ];
}

function cpCases(x3: Tensor, x4: Tensor, x5: Tensor): Case[] {
  const driver = (name: string, x: Tensor, rank: number, call: string): Case => ({
    name,
    ours: () => cp(x, rank),
    peer: { call },
    ratio: 0.2,
    errorRatio: SAME_ERROR,
  });
  const sweeps = (name: string, x: Tensor, rank: number, call: string, ratio: number): Case => ({
    name,
    ours: () => cpAls(x, rank, { maxIterations: 20, tolerance: 0 }),
    times: 20,
    peer: { call, times: 20 },
    ratio,
  });
  return [
    driver('cp, 100³ R10, error of 50 sweeps', x3, 10, 'cp_als(x3, 10, 50)'),
    driver('cp, 200³ R20, error of 20 sweeps', x4, 20, 'cp_als(x4, 20, 20)'),
    driver('cp, 50⁴ R10, error of 20 sweeps', x5, 10, 'cp_als(x5, 10, 20)'),
    sweeps('cpAls, a sweep, 100³ R10', x3, 10, 'cp_als(x3, 10, 20)', 1),
    sweeps('cpAls, a sweep, 50⁴ R10', x5, 10, 'cp_als(x5, 10, 20)', 0.55),
  ];
}

function truncationCases(x3: Tensor, x6: Tensor, x7: Tensor): Case[] {
  return [
    {
      name: 'tucker, 100³ (10, 10, 10), error of HOOI',
      ours: () => tucker(x3, { ranks: [10, 10, 10] }),
      peer: { call: 'hooi(x3, (10, 10, 10), 20)' },
      ratio: 0.15,
      errorRatio: SAME_ERROR,
    },
    {
      name: 'tensorTrain, 20⁵ r10',
      ours: () => tensorTrain(x6, { ranks: 10 }),
      peer: { call: 'tt_svd(x6, 10)' },
      ratio: 0.35,
      errorRatio: SAME_ERROR,
    },
    {
      name: 'tensorTrain, 2²⁰ r10',
      ours: () => tensorTrain(x7, { ranks: 10 }),
      peer: { call: 'tt_svd(x7, 10)' },
      ratio: 0.7,
      errorRatio: SAME_ERROR,
    },
  ];
}

/** A tenth of the elements is missing; the best error is that of a long run from the start that the timed one has, and of others. */
function maskedCases(x: Tensor): Case[] {
  const seen = tensor(
    uniform(key(10), x.size).map((u) => (u < 0.1 ? 0 : 1)),
    x.shape,
  );
  const best = Math.min(...[1, 2].map((s) => cpWeighted(x, seen, 10, { key: key(s), tolerance: 1e-9 }).relativeError));
  return [
    {
      name: 'cpWeighted, 100³ R10, 10 % missing, tolerance 1e-4',
      ours: () => cpWeighted(x, seen, 10, { tolerance: 1e-4 }),
      atMost: 500,
      against: { name: 'cp, 100³ R10, error of 50 sweeps', times: 4 },
      error: SAME_ERROR * best,
    },
  ];
}

function collinearCases(): Case[] {
  return [0.9, 0.99, 0.999].map((cosine) => {
    const factors = collinearFactors({ shape: [8, 9, 10], rank: 3, collinearity: cosine, key: key(4) });
    const x = cpToTensor({ weights: ones([3]), factors });
    return {
      name: `cp, 8 × 9 × 10 R3, cosines of ${cosine}`,
      ours: () => cp(x, 3),
      atMost: 200,
      error: 1e-10,
    };
  });
}

/** 1 / (2 + Σ iₖ), its error on points that the cross did not ask for, or on all where they are few. */
function crossCases(): Case[] {
  const value = (sum: number): number => 1 / (2 + sum);
  const f = (indices: Int32Array, count: number): Float64Array => {
    const order = indices.length / count;
    return Float64Array.from({ length: count }, (_, s) => {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += indices[s * order + k];
      return value(sum);
    });
  };
  return [
    [20, 4],
    [50, 8],
  ].map(([size, order]) => {
    const shape = Array.from({ length: order }, () => size);
    return {
      name: `ttCross, 1/(2 + Σi) on ${size}${order === 4 ? '⁴' : '⁸'}, eps 1e-7`,
      ours: () => {
        const train = ttCross(f, shape, { eps: 1e-7 });
        const share = train.evaluations / size ** order;
        return {
          relativeError: order === 4 ? denseError(train, size, order, value) : (train.validationError ?? Number.NaN),
          note: `${train.evaluations} evaluations, ${(100 * share).toPrecision(2)} %`,
        };
      },
      error: 1e-6,
    };
  });
}

function denseError(
  train: Parameters<typeof ttToTensor>[0],
  size: number,
  order: number,
  value: (sum: number) => number,
): number {
  let [missed, squares] = [0, 0];
  ttToTensor(train)
    .toTypedArray()
    .forEach((found, q) => {
      let sum = 0;
      for (let k = 0, rest = q; k < order; k++, rest = Math.floor(rest / size)) sum += rest % size;
      missed += (found - value(sum)) ** 2;
      squares += value(sum) ** 2;
    });
  return Math.sqrt(missed / squares);
}

import { branchAndBound, type Found } from '../certificates/boxes/branch-and-bound.js';
import { type Cell, splitsOf } from '../certificates/boxes/cell.js';
import { intervalJudge } from '../certificates/interval-judge.js';
import { fromPlainFunction, type PlainFunction } from './travel.js';

/** Boxes of a certificate as they travel to a thread. */
export interface CertifyJob {
  readonly f: PlainFunction;
  readonly h: PlainFunction;
  readonly widths: Float64Array;
  readonly boxes: readonly { readonly lower: Float64Array; readonly upper: Float64Array; readonly bound: number }[];
  readonly lower: number;
  readonly witness: readonly number[];
  readonly tolerance: number;
  readonly maxEvaluations: number;
}

/** What a thread found on its boxes. */
export interface CertifyAnswer {
  readonly lower: number;
  readonly witness: readonly number[];
  readonly bound: number;
  readonly evaluations: number;
  /** The tree of halvings of each box. */
  readonly splits: readonly string[];
  readonly status: 'converged' | 'max-evaluations';
}

/** What a thread does for `certifySupNormInThreads`. */
export function certifyTask(job: CertifyJob): CertifyAnswer {
  const judge = intervalJudge(fromPlainFunction(job.f), fromPlainFunction(job.h));
  const cells: Cell[] = job.boxes.map((box) => ({ ...box }));
  const found: Found = { lower: job.lower, witness: job.witness, evaluations: 0 };
  const { status, bound } = branchAndBound(cells, job.widths, judge, found, job);
  return {
    ...found,
    bound,
    splits: cells.map(splitsOf),
    status: status === 'converged' ? 'converged' : 'max-evaluations',
  };
}

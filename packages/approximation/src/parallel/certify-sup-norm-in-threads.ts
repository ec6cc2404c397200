import { mapTasks } from '@neuronseek/tensor/parallel';
import { branchAndBound, cellOf, type Found } from '../certificates/boxes/branch-and-bound.js';
import { splitsOf } from '../certificates/boxes/cell.js';
import { checkBox } from '../certificates/boxes/check-box.js';
import { intervalCertificate, searchShare } from '../certificates/certify-by-intervals.js';
import { type CertifySupNormOptions, certifySupNormDefaults } from '../certificates/certify-sup-norm.js';
import { intervalJudge } from '../certificates/interval-judge.js';
import type { SupNormCertificate } from '../certificates/sup-norm-certificate.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';
import type { CertifyAnswer, CertifyJob } from './certify-task.js';
import { addressForThreads } from './here.js';
import { toPlainFunction } from './travel.js';

/** Options of {@link certifySupNormInThreads}. */
export interface CertifyInThreadsOptions extends Omit<CertifySupNormOptions, 'method'> {
  /** Threads at most; what `configure` of `@neuronseek/tensor/parallel` allows where it is not given. */
  readonly threads?: number;
}

/** Boxes that are open before threads are asked, and jobs they are dealt out to: the same for any number of threads, so that results are. */
const openBoxes = 64;
const jobCount = 16;

/**
 * The certificate of `certifySupNorm` with method 'interval', with the boxes that are open after a first round dealt out to threads.
 *
 * Same certificate for any number of threads, also one; it differs from that of `certifySupNorm`, which opens boxes in another sequence. An easy certificate
 * ends in the first round and asks for no thread. Aborted, it has the bounds of what was finished. `maxEvaluations` bounds each job by its
 * share. Rejects with the errors of `certifySupNorm`. Cost: that of `certifySupNorm` divided by the threads, and 30 to 60 ms for a thread that has to start.
 */
export async function certifySupNormInThreads(
  f: TargetFunction,
  h: Approximant,
  options: CertifyInThreadsOptions = {},
): Promise<SupNormCertificate> {
  const name = 'certifySupNormInThreads';
  const { tolerance = certifySupNormDefaults.tolerance, maxEvaluations = certifySupNormDefaults.maxEvaluations } =
    options;
  const { signal, onProgress, threads } = options;
  if (!(tolerance > 0)) throw new RangeError(`${name}: tolerance must be positive: got ${tolerance}`);
  if (!(Number.isSafeInteger(maxEvaluations) && maxEvaluations >= 2)) {
    throw new RangeError(`${name}: maxEvaluations must be an integer of at least 2: got ${maxEvaluations}`);
  }
  if (f.dimension !== h.dimension) {
    throw new RangeError(`${name}: dimensions differ: f has ${f.dimension}, h has ${h.dimension}`);
  }
  const { lower, upper, widths } = checkBox(name, f);
  const judge = intervalJudge(f, h);
  const found: Found = { lower: 0, witness: Array.from(lower), evaluations: 0 };
  const root = cellOf(lower, upper, judge, found);
  const limits = { tolerance: tolerance * searchShare, maxEvaluations, signal, onProgress };
  const first = branchAndBound([root], widths, judge, found, limits, openBoxes);
  if (first.status !== 'open') return intervalCertificate(found, first.bound, splitsOf(root), first.status);
  const open = [...first.open].sort((p, q) => q.bound - p.bound);
  const groups = Array.from({ length: jobCount }, (_, j) => open.filter((_cell, i) => i % jobCount === j));
  const share = Math.max(2, Math.floor((maxEvaluations - found.evaluations) / jobCount));
  const [plainF, plainH] = [toPlainFunction(name, 'f', f), toPlainFunction(name, 'h', h)];
  const jobs = groups.map(
    (cells): CertifyJob => ({
      f: plainF,
      h: plainH,
      widths,
      boxes: cells.map((cell) => ({ lower: cell.lower, upper: cell.upper, bound: cell.bound })),
      lower: found.lower,
      witness: found.witness,
      tolerance: limits.tolerance,
      maxEvaluations: share,
    }),
  );
  const answers: (CertifyAnswer | undefined)[] = jobs.map(() => undefined);
  try {
    await mapTasks<CertifyJob, CertifyAnswer>({ module: addressForThreads(), name: 'certifyTask' }, jobs, {
      ...(threads === undefined ? {} : { threads }),
      ...(signal ? { signal } : {}),
      onProgress: ({ index, result }) => {
        answers[index] = result;
        const evaluations = answers.reduce((sum, answer) => sum + (answer?.evaluations ?? 0), found.evaluations);
        onProgress?.({ evaluations, lower: Math.max(found.lower, result.lower), upper: first.bound });
      },
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  // In the order of the jobs, not of their ends.
  let bound = found.lower;
  let status: SupNormCertificate['status'] = 'converged';
  answers.forEach((answer, j) => {
    if (!answer) {
      status = 'aborted';
      for (const cell of groups[j]) bound = Math.max(bound, cell.bound);
      return;
    }
    if (answer.status !== 'converged' && status === 'converged') status = 'max-evaluations';
    bound = Math.max(bound, answer.bound);
    found.evaluations += answer.evaluations;
    if (answer.lower > found.lower) [found.lower, found.witness] = [answer.lower, answer.witness];
    groups[j].forEach((cell, i) => {
      cell.text = answer.splits[i];
    });
  });
  return intervalCertificate(found, Math.max(bound, found.lower), splitsOf(root), status);
}

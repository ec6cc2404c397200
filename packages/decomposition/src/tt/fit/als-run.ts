import { fold } from '@neuronseek/tensor/random';
import type { FitStatus } from '../../fit/fit.js';
import { trainAt } from '../cross/train-at.js';
import type { TtNumbers } from '../tt-numbers.js';
import { type CentredTrain, enlarged, moveBackward, moveForward } from './centred-train.js';
import { extendLeft, extendRight, type Frames, startFrames } from './frames.js';
import type { TtAlsOptions, ttAlsDefaults } from './options.js';
import { type Samples, type SplitSamples, sampleError } from './samples.js';
import { solveCore } from './solve-core.js';

/** A train and its errors. */
export interface JudgedTrain {
  readonly numbers: TtNumbers;
  readonly error: number;
  readonly heldOutError: number | undefined;
  /** The one by which trains are compared: at the held-out samples where there are any. */
  readonly score: number;
}

/** Alternating least squares under way. */
export interface AlsRun {
  readonly trace: number[];
  readonly ranks: () => readonly number[];
  readonly current: () => TtNumbers;
  readonly best: () => JudgedTrain;
  readonly status: () => FitStatus;
  /** Sweeps until one gains no more than a share of the error; false where the run ended before. */
  readonly stage: (tolerance: number) => boolean;
  /** Goes on from a train; with caps, with every rank one larger where they allow it. */
  readonly restart: (numbers: TtNumbers, caps?: readonly number[]) => void;
}

type AlsRunOptions = typeof ttAlsDefaults & Pick<TtAlsOptions, 'signal' | 'onProgress'>;

export function startAls(samples: SplitSamples, start: TtNumbers, options: AlsRunOptions): AlsRun {
  const { train: fitted, held } = samples;
  const { ridge, key, maxIterations, signal } = options;
  const trace: number[] = [];
  const judge = ({ shape, ranks, cores }: CentredTrain): JudgedTrain => {
    const numbers = { shape, ranks: [...ranks], cores: [...cores] };
    const error = sampleError(fitted, trainAt(numbers, fitted.points));
    if (held.values.length === 0) return { numbers, error, heldOutError: undefined, score: error };
    const heldOutError = sampleError(held, trainAt(numbers, held.points));
    return { numbers, error, heldOutError, score: heldOutError };
  };
  let train = enlarged(start, start.ranks, key);
  let frames = startFrames(train, fitted);
  let forward = true;
  let fresh = true;
  let status: FitStatus = 'converged';
  let best = judge(train);
  return {
    trace,
    ranks: () => train.ranks,
    current: () => train,
    best: () => best,
    status: () => status,
    restart: (numbers, caps) => {
      const target = caps ? numbers.ranks.map((rank, k) => Math.min(rank + 1, Math.max(rank, caps[k]))) : numbers.ranks;
      train = enlarged(numbers, target, fold(fold(key, 1), trace.length));
      frames = startFrames(train, fitted);
      [forward, fresh] = [true, true];
    },
    stage: (tolerance) => {
      let previous = Infinity;
      while (true) {
        if (signal?.aborted) status = 'aborted';
        else if (trace.length >= maxIterations) status = 'max-iterations';
        if (status !== 'converged') return false;
        sweep(train, frames, fitted, ridge, forward, fresh);
        [forward, fresh] = [!forward, false];
        const now = judge(train);
        const { numbers, error, heldOutError } = now;
        trace.push(error);
        if (now.score <= best.score || held.values.length === 0) best = now;
        options.onProgress?.({
          iteration: trace.length,
          relativeError: error,
          heldOutError,
          ranks: numbers.ranks,
        });
        if (tolerance > 0 && (error === 0 || (previous < Infinity && previous - error <= tolerance * previous)))
          return true;
        previous = error;
      }
    },
  };
}

/** One sweep: each core is solved for, then the centre moves on. The first one is that which the last sweep ended with. */
function sweep(
  train: CentredTrain,
  frames: Frames,
  samples: Samples,
  ridge: number,
  forward: boolean,
  fresh: boolean,
): void {
  const order = train.shape.length;
  for (let step = 0; step < order; step++) {
    const k = forward ? step : order - 1 - step;
    if (step > 0 || fresh || order === 1) solveCore(train, frames, samples, k, ridge);
    if (step === order - 1) return;
    if (forward) {
      moveForward(train, k);
      extendLeft(frames, train, samples, k);
    } else {
      moveBackward(train, k);
      extendRight(frames, train, samples, k);
    }
  }
}

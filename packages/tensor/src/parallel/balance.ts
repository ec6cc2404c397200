/** The part of the time spent alone that the losses which led to it may make, at most: 1/16. */
const PRICE = 16;
/** Milliseconds of gain that are remembered, so that many good jobs do not hide that times have changed. */
const CREDIT = 2;

/** Chunks by which a gain is believed. */
const LEAST_SAMPLES = 3;

/** Milliseconds after which it is tried again at the latest. */
const LONGEST = 1000;

/** What working together has gained and lost, by which it is decided whether it is worth trying. */
export interface Balance {
  /** Whether the next job should be shared. */
  readonly worthwhile: () => boolean;
  /** A job of `chunks` was shared and took so many ms; `samples`, which are put in order, are the ms that chunks took in this thread. */
  readonly together: (chunks: number, samples: Float64Array, elapsed: number) => void;
  /** A job was done alone in so many ms. */
  readonly alone: (working: number) => void;
  readonly reset: () => void;
}

/**
 * Where other programs keep the cores busy, a helper may lose its core in the middle of a chunk, and this thread then waits for milliseconds, longer than it
 * would have taken for the whole job. So every shared job is compared with what it would have cost alone, by the median chunk of this thread. Once more was
 * lost than gained, jobs are done alone for sixteen times the loss, and then it is tried again: losses are bounded by 1/16 of the time.
 */
export function createBalance(): Balance {
  let credit = 0;
  return {
    worthwhile: () => credit >= 0,
    together: (chunks, samples, elapsed) => {
      // A thread that took nothing knows no pace.
      if (samples.length === 0) return;
      const gain = samples.sort()[(samples.length - 1) >> 1] * chunks - elapsed;
      // One or two chunks, in which this thread may have lost its core, would make any job look long.
      credit = Math.min(CREDIT, credit + (samples.length < LEAST_SAMPLES ? Math.min(gain, 0) : gain));
      if (credit < 0) credit = Math.max(-LONGEST, credit * PRICE);
    },
    alone: (working) => {
      if (credit < 0) credit = Math.min(0, credit + working);
    },
    reset: () => {
      credit = 0;
    },
  };
}

/** The balance of the one pool. */
export const balance: Balance = /* @__PURE__ */ createBalance();

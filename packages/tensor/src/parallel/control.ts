/**
 * The block of shared memory by which the threads agree, as places in an array of 32-bit words. What several threads write at the same time
 * stands on cache lines of its own.
 */

/** Number of the job, twice: even while the job is open, odd while none is, and only then may the words below be written. */
export const EPOCH = 0;
/** The next chunk that nobody has claimed. */
export const NEXT = 16;
/** Of the open job: how many chunks, which kernel, how many arguments, and how many threads besides the calling one may join. */
export const CHUNKS = 32;
export const KERNEL = 33;
export const ARGUMENTS = 34;
export const HELPERS = 35;
/** Not 0 while the calling thread sleeps, or is about to, until others have left the job. */
export const WAITING = 48;
/** Not 0 after a chunk has thrown in another thread. */
export const FAILED = 49;

/** Arguments of the open job, as float64 numbers from this byte on. */
export const VALUES_BYTE = 256;
/** The most arguments of a kernel. */
export const MOST_ARGUMENTS = 24;

/** Bytes of the block. */
export const CONTROL_BYTES: number = VALUES_BYTE + 8 * MOST_ARGUMENTS;

/**
 * Words of a block that every helper has of its own, so that one which was stopped, and may run on for a moment, disturbs nobody who took its
 * place. Signal: changes whenever there is something to look at.
 */
export const SIGNAL = 0;
/** 0 outside of jobs, 1 inside of one, c + 2 from the claim of chunk c on. */
export const STATE = 1;
/** Not 0 while the helper sleeps, or is about to, until its signal changes. */
export const ASLEEP = 2;
/** Not 0 while there are messages to read. */
export const MAIL = 3;
/** Not 0 once the helper runs. */
export const READY = 4;
/** Not 0 once the helper is to join no more jobs. */
export const STOPPED = 5;

/** Bytes of the block of a helper: a cache line. */
export const OWN_BYTES = 64;

/** Polls before a thread goes to sleep: about 50 us. To wake a thread takes as long. */
export const SPIN = 20000;

/** Sweeps of rotations that wait to be applied at once, in the layout of contract.ts. */
export interface RotationLog {
  /** One list of pairs (c, s) for every matrix that the sweeps turn. */
  readonly rotations: readonly Float64Array[];
  readonly sweeps: Int32Array;
  /** Sweeps and rotations that wait. */
  count: number;
  used: number;
  /** Applies everything that waits to the matrices. */
  readonly apply: (count: number) => void;
}

const MOST_SWEEPS = 64;
const SWEEP = 3;

/** Elements of a table of sweeps over n rows. */
export function sweepsLength(n: number): number {
  return SWEEP * Math.max(1, Math.min(MOST_SWEEPS, n));
}

/** Elements of a list with room for as many full sweeps, at most 512 KiB; for one sweep at least. */
export function rotationsLength(n: number): number {
  return 2 * Math.max(n, Math.min(MOST_SWEEPS * n, n * n, 2 ** 15));
}

export function rotationLog(
  rotations: readonly Float64Array[],
  sweeps: Int32Array,
  apply: (count: number) => void,
): RotationLog {
  return { rotations, sweeps, count: 0, used: 0, apply };
}

/** Makes room for a sweep of `length` rotations and returns at which element of the lists its pairs start. */
export function beginSweep(log: RotationLog, first: number, step: number, length: number): number {
  if (SWEEP * log.count === log.sweeps.length || 2 * (log.used + length) > log.rotations[0].length) flushSweeps(log);
  const at = log.used;
  const entry = SWEEP * log.count;
  log.sweeps[entry] = first;
  log.sweeps[entry + 1] = step;
  log.sweeps[entry + 2] = length;
  log.count++;
  log.used += length;
  return 2 * at;
}

/** Applies everything that waits. */
export function flushSweeps(log: RotationLog): void {
  log.apply(log.count);
  log.count = 0;
  log.used = 0;
}

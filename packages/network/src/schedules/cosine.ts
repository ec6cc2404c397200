/** Learning rate of a step, from 0. */
export type Schedule = (step: number) => number;

/** Options of {@link cosine}. */
export interface CosineOptions {
  /** Rate at the last step. Default: 0. */
  readonly end?: number;
}

export const cosineDefaults: Required<CosineOptions> = { end: 0 };

/** Half a cosine wave from `start` at step 0 to `end` at `steps` (Loshchilov, Hutter, ICLR 2017, without restarts). */
export function cosine(start: number, steps: number, { end = cosineDefaults.end }: CosineOptions = {}): Schedule {
  if (!(steps > 0)) throw new RangeError(`cosine: steps must be positive, got ${steps}`);
  return (step) => end + 0.5 * (start - end) * (1 + Math.cos(Math.PI * Math.min(1, step / steps)));
}

import { cos } from '@neuronseek/tensor/math';

/** Learning rate of a step, from 0. */
export type Schedule = (step: number) => number;

/** Options of {@link cosine}. */
export interface CosineOptions {
  /** Rate at `steps` and after. Default: 0. */
  readonly end?: number;
}

export const cosineDefaults: Required<CosineOptions> = { end: 0 };

/**
 * Half a cosine wave from `start` at step 0 to `end` (default 0) at `steps`, both exactly: end + (start − end)·(1 + cos(π·step/steps))/2
 * (Loshchilov, Hutter, ICLR 2017, without restarts). Throws a RangeError unless the rates are finite and `steps` is positive.
 */
export function cosine(start: number, steps: number, { end = cosineDefaults.end }: CosineOptions = {}): Schedule {
  if (!Number.isFinite(start)) throw new RangeError(`cosine: start must be finite, got ${start}`);
  if (!Number.isFinite(end)) throw new RangeError(`cosine: end must be finite, got ${end}`);
  if (!(steps > 0)) throw new RangeError(`cosine: steps must be positive, got ${steps}`);
  return (step) => {
    const share = 0.5 * (1 + cos(Math.PI * Math.min(1, step / steps)));
    return share * start + (1 - share) * end;
  };
}

import { median } from '../median.js';
import type { Timer } from './row.js';

/** Compiled code is in place after so many milliseconds of calls. */
const WARM = 120;
/** Shortest stretch between two looks at the clock. */
const SAMPLE = 12;
/** Stretches a round, of which the median counts. A call that takes longer than SLOW is timed once. */
const SAMPLES = 3;
const SLOW = 60;

/** Times a function by calling it; `perCall` units of work are done by each call. */
export function calls(f: () => unknown, perCall = 1): Timer {
  let count = 1;
  let samples = SAMPLES;
  const stretch = (): number => {
    const begun = performance.now();
    for (let i = 0; i < count; i++) f();
    return (performance.now() - begun) / count;
  };
  return (round) => {
    if (round < 0) {
      const begun = performance.now();
      let fastest = Infinity;
      while (performance.now() - begun < WARM) {
        fastest = Math.min(fastest, stretch());
        if (fastest * count < 1) count *= 2;
      }
      count = Math.max(1, Math.round(SAMPLE / fastest));
      if (fastest > SLOW) samples = 1;
      return fastest / perCall;
    }
    // The first call of a round finds the caches full of what others left there.
    if (samples > 1) f();
    return median(Array.from({ length: samples }, stretch)) / perCall;
  };
}

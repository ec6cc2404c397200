import { fold } from '@neuronseek/tensor/random';
import type { CaseResult, TheoremCase } from './case-result.js';
import { drawInteger } from './draw-target.js';

/** Draws an integer in min … max; the first end is the simpler one. */
export type Draw = (min: number, max: number) => number;

/** Cases looked at while a counterexample is made simpler. */
const attempts = 300;

/**
 * A case that is a function of the integers it draws. At a fault they are made simpler, one at a time, as long as the case stays at fault:
 * each is tried at its lower end, then by halving its distance to it, so the case that is described is a local minimum.
 */
export function shrinkingCase(look: (draw: Draw) => CaseResult): TheoremCase {
  return (key) => {
    const taken: number[] = [];
    const first = look((min, max) => {
      const value = drawInteger(fold(key, taken.length), min, max);
      taken.push(value);
      return value;
    });
    return first.fault === undefined ? first : shrink(look, taken, first);
  };
}

function shrink(look: (draw: Draw) => CaseResult, start: readonly number[], found: CaseResult): CaseResult {
  let [best, result] = [[...start], found];
  let left = attempts;
  const replay = (choices: readonly number[]): { taken: number[]; lows: number[]; outcome: CaseResult } => {
    const taken: number[] = [];
    const lows: number[] = [];
    const outcome = look((min, max) => {
      const value = Math.min(max, Math.max(min, choices[taken.length] ?? min));
      taken.push(value);
      lows.push(min);
      return value;
    });
    return { taken, lows, outcome };
  };
  let { lows } = replay(best);
  for (let changed = true; changed && left > 0; ) {
    changed = false;
    for (let i = 0; i < best.length && left > 0; i++) {
      for (let step = best[i] - lows[i]; step >= 1 && left > 0; step = Math.floor(step / 2)) {
        left--;
        const tried = replay(best.map((value, j) => (j === i ? value - step : value)));
        if (tried.outcome.fault === undefined) continue;
        ({ taken: best, lows, outcome: result } = tried);
        changed = true;
        break;
      }
    }
  }
  return result;
}

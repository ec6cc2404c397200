import type { Approximant } from '../targets/approximant.js';
import { bottom, difference, type Form, top } from './affine/form.js';
import { boxFormOf } from './affine/of-function.js';
import type { Judge } from './boxes/cell.js';

/**
 * Bounds of |f − h| on a box from the affine form of f − h, and at one point of it: the corner, or the middle, to which the affine part points.
 */
export function intervalJudge(f: Approximant, h: Approximant): Judge {
  const [formF, formH] = [boxFormOf('f', f), boxFormOf('h', h)];
  const on = (lower: ArrayLike<number>, upper: ArrayLike<number>): Form =>
    difference(formF(lower, upper), formH(lower, upper));
  return (lower, upper) => {
    const whole = on(lower, upper);
    const [low, high] = [bottom(whole), top(whole)];
    const bound = Math.max(-low, high);
    const sign = high >= -low ? 1 : -1;
    const at = Array.from(lower, (l, i) => {
      const slope = whole[i + 1] * sign;
      return slope > 0 ? upper[i] : slope < 0 ? l : Math.min(upper[i], l + (upper[i] - l) / 2);
    });
    const there = on(at, at);
    return { bound, at, error: Math.max(0, bottom(there), -top(there)) };
  };
}

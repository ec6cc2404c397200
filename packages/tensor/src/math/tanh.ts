import { EXP_HIGH, EXP_LOW, STEP_HIGH, STEP_LOW, STEPS } from './exp-table.js';
import { POWERS, ROUND } from './tables.js';

/** Hyperbolic tangent: a polynomial of our own up to 5/8, then 1 − 2/(e²ˣ + 1). Error below 1 unit in the last place. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.625) {
    if (a < 1e-8) return x;
    const z = x * x;
    const p =
      0.0035921217511549622 +
      z *
        (-0.0014557754120478055 +
          z *
            (0.0005896606577757043 +
              z *
                (-0.0002375906496055562 +
                  z * (9.257116129556769e-5 + z * (-3.12011014257974e-5 + z * 6.485163482793113e-6)))));
    const q =
      0.13333333333333042 +
      z * (-0.05396825396789699 + z * (0.021869488519008305 + z * (-0.008863235103240878 + z * p)));
    return x + x * z * (-0.3333333333333333 + z * q);
  }
  if (!(a < 22)) return x > 0 ? 1 : x < 0 ? -1 : x;
  // As `exp`, of 2a.
  const n = 2 * a * STEPS + ROUND - ROUND;
  const k = n | 0;
  const r = 2 * a - n * STEP_HIGH - n * STEP_LOW;
  const p = r + r * r * (0.5 + r * (0.16666666666666666 + r * (0.041666674304789805 + r * 0.008333334424493757)));
  const power = POWERS[(k >> 7) + 1074];
  const t = EXP_HIGH[k & 127];
  const l = EXP_LOW[k & 127] + t * p;
  const h = t + l;
  const e = h * power;
  const d = e + 1;
  const q = 2 / d;
  const y = 1 - (q - 0.5 * q * q * (e - d + 1 + (t - h + l) * power));
  return x < 0 ? -y : y;
}

import { sumTail, tail } from './double-double.js';
import { exp } from './exp.js';
import { expParts } from './exp-parts.js';
import { POWERS } from './tables.js';

/** eˣ − 1, accurate near 0. Error below 0.7 units in the last place. */
export function expm1(x: number): number {
  if (x > -0.1 && x < 0.1) {
    if (x === 0) return x;
    const p =
      0.008333333333336074 +
      x * (0.001388888864773266 + x * (0.00019841269622041058 + x * (2.480641028915816e-5 + x * 2.756170369426333e-6)));
    return x + x * x * (0.5 + x * (0.16666666666666666 + x * (0.041666666666696814 + x * p)));
  }
  if (!(x < 40)) return exp(x);
  if (x < -40) return -1;
  const v = expParts(x, 0);
  const power = POWERS[tail[1] + 1074];
  const low = tail[0] * power;
  const h = v * power - 1;
  return h + (sumTail(v * power, -1, h) + low);
}

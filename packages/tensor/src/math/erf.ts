import { productTail, sumTail, tail } from './double-double.js';
import { expParts, expSum, scale } from './exp-parts.js';

/** Error function 2/√π·∫₀ˣ e^(−t²) dt. Error below 0.9 units in the last place. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 0.75) return x + x * series(x * x);
  if (!(a < 6)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const y = 1 - upper(a);
  return x < 0 ? -y : y;
}

/** 1 − erf x without cancellation. Error below 1.8 units in the last place. */
export function erfc(x: number): number {
  if (x > -0.75 && x < 0.75) {
    const h = 1 - x;
    return h + (sumTail(1, -x, h) - x * series(x * x));
  }
  if (x > 0) return x < 27.3 ? upper(x) : 0;
  return x > -6 ? 2 - upper(-x) : x < 0 ? 2 : x;
}

/** x·Φ(x), Φ the distribution function of the normal distribution: the activation GELU, exactly. Error below 1.7 units in the last place. */
export function gelu(x: number): number {
  const a = Math.abs(x) * Math.SQRT1_2;
  if (a < 0.75) {
    // 1 + erf(x/√2), with x/√2 as a sum of two doubles: near −1 the 1 takes away leading digits.
    const t = x * Math.SQRT1_2;
    const h = 1 + t;
    const z = t * t;
    // What x/√2 has beyond t, times the derivative of erf, of which a few digits will do.
    const l =
      (productTail(x, Math.SQRT1_2, t) - 4.833646656726457e-17 * x) * (1.128 - z * (1.128 - z * (0.564 - z * 0.188)));
    return 0.5 * x * (h + (sumTail(1, t, h) + (l + t * series(z))));
  }
  if (!(a < 27.5)) return x > 0 ? x : x < 0 ? -0 : x;
  const square = 0.5 * x * x;
  const h = exponent(square, 0.5 * productTail(x, x, 2 * square), a, -1.196179100213221, 3.277070252638699e-17);
  const rest = expSum(h, tail[0], 0);
  return x < 0 ? -rest : x - rest;
}

/** erf(√z)/√z − 1 on [0, 9/16]: a polynomial of our own. */
function series(z: number): number {
  const p =
    0.00012055331543818947 +
    z *
      (-1.4925589331989037e-5 +
        z *
          (1.646038204353174e-6 +
            z * (-1.6333213091801684e-7 + z * (1.4413751635274794e-8 + z * -9.502408872183395e-10))));
  const q = -0.026866170645118426 + z * (0.005223977625221888 + z * (-0.0008548327001109076 + z * p));
  return 0.1283791670955126 + z * (-0.37612638903183754 + z * (0.11283791670955087 + z * q));
}

/** erfc on [0.75, 27.3]. */
function upper(x: number): number {
  const square = x * x;
  const v = expParts(
    exponent(square, productTail(x, x, square), x, -0.8496055099332482, -1.1145214635639343e-17),
    tail[0],
  );
  const low = tail[0];
  const q = v / x;
  const p = q * x;
  return scale(q + (v - p - productTail(q, x, p) + low) / x, tail[1]);
}

/**
 * ln(x·erfc x), shifted by a constant c + cl instead of its own, as returned + tail[0]: −x² is exact, and of the rest,
 * ln(x·erfc x·e^(x²)), little varies; it is a polynomial of our own in (x − 1)/(x + 1).
 */
function exponent(square: number, squareTail: number, x: number, c: number, cl: number): number {
  const t = (x - 1) / (x + 1);
  let p = -0.0017014897068872914;
  for (let i = 0; i < RATIO.length; i++) p = p * t + RATIO[i];
  const h = c - square;
  const l = sumTail(c, -square, h) + (cl - squareTail + t * p);
  const sum = h + l;
  tail[0] = h - sum + l;
  return sum;
}

/** Coefficients of {@link exponent} from the last but one down to the first. */
const RATIO: Float64Array = /* @__PURE__ */ Float64Array.of(
  0.01519471837545931,
  -0.060861623571794574,
  0.14481903296641802,
  -0.22805472622471298,
  0.24849724384160238,
  -0.1857535186922792,
  0.08297680871464591,
  0.0022504826721203176,
  -0.04817239292165705,
  0.06537218600774869,
  -0.07181567122170301,
  0.07753259978064433,
  -0.08281753181919765,
  0.09117703758985149,
  -0.10065675806183742,
  0.10901720989140772,
  -0.12795729754182092,
  0.14179932445944302,
  -0.16083163184010302,
  0.2162880946690989,
  -0.2321472509395463,
  0.3113848029570468,
  -0.6503640539035237,
  0.7220649715304175,
);

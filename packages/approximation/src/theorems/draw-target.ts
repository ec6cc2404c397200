import { type Key, permutation, randint, split } from '@neuronseek/tensor/random';
import { hoelderTarget } from '../targets/hoelder-target.js';
import { piecewiseLinearTarget } from '../targets/piecewise-linear-target.js';
import { polynomialTarget } from '../targets/polynomial-target.js';
import { takagiTarget } from '../targets/takagi-target.js';
import type { TargetFunction } from '../targets/target-function.js';

/** A target and the call that makes it. */
export interface DrawnTarget {
  readonly f: TargetFunction<1>;
  readonly text: string;
}

/** One integer in min … max. */
export function drawInteger(key: Key, min: number, max: number): number {
  return randint(key, 1, { min, max: max + 1 })[0];
}

/** A target of one of the four kinds. */
export function drawTarget(key: Key): DrawnTarget {
  const [kind, rest] = split(key, 2);
  switch (drawInteger(kind, 0, 3)) {
    case 0:
      return drawPiecewiseLinear(rest);
    case 1:
      return drawTakagi(rest);
    case 2:
      return drawHoelder(rest);
    default:
      return drawPolynomial(rest);
  }
}

/** A piecewise linear function with up to 14 knots. */
export function drawPiecewiseLinear(key: Key): DrawnTarget {
  const [countKey, knotKey, valueKey] = split(key, 3);
  const inner = Array.from(permutation(knotKey, 63), (i) => (i + 1) / 64).slice(0, drawInteger(countKey, 0, 12));
  const knots = [0, ...inner.sort((a, b) => a - b), 1];
  const values = Array.from(randint(valueKey, knots.length, { min: -512, max: 513 }), (i) => i / 256);
  return { f: piecewiseLinearTarget(knots, values), text: `piecewiseLinearTarget([${knots}], [${values}])` };
}

/** A partial sum of up to 6 terms. */
export function drawTakagi(key: Key): DrawnTarget {
  const terms = drawInteger(key, 1, 6);
  return { f: takagiTarget(terms), text: `takagiTarget(${terms})` };
}

function drawHoelder(key: Key): DrawnTarget {
  const [centerKey, exponentKey, scaleKey] = split(key, 3);
  const center = drawInteger(centerKey, 0, 1024) / 1024;
  const exponent = drawInteger(exponentKey, 2, 8) / 8;
  const scale = drawInteger(scaleKey, 1, 64) / 16;
  const text = `hoelderTarget({ center: ${center}, exponent: ${exponent}, scale: ${scale} })`;
  return { f: hoelderTarget({ center, exponent, scale }), text };
}

function drawPolynomial(key: Key): DrawnTarget {
  const [degreeKey, coefficientKey, domainKey] = split(key, 3);
  const degree = drawInteger(degreeKey, 0, 5);
  const coefficients = Array.from(randint(coefficientKey, degree + 1, { min: -8, max: 9 }));
  const [left, width] = randint(domainKey, 2, { min: 1, max: 9 });
  const domain: readonly [number, number] = [-left / 4, (width - left) / 4];
  const text = `polynomialTarget([${coefficients}], { domain: [${domain}] })`;
  return { f: polynomialTarget(coefficients, { domain }), text };
}

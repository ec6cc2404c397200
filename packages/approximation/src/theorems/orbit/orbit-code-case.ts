import { permutation, randint, split } from '@neuronseek/tensor/random';
import { certificateFault } from '../../certificates/certificate-fault.js';
import { certifySupNorm } from '../../certificates/certify-sup-norm.js';
import { encodeOrbit, orbitBound } from '../../superexpressive/orbit-code.js';
import { orbitFunction } from '../../superexpressive/orbit-function.js';
import { piecewiseLinearTarget } from '../../targets/piecewise-linear-target.js';
import type { CaseResult, TheoremCase } from '../case-result.js';
import { drawInteger } from '../draw-target.js';

/**
 * sup |f − h| ≤ orbitBound(f, K) for h the function of `encodeOrbit(f, K)`: drawn piecewise linear f, K = 1 … 64, m = 3 … 6, with the exact error over all of
 * [0, 1] and its certificate checked.
 */
export const orbitCodeCase: TheoremCase = (key): CaseResult => {
  const [knotKey, valueKey, sizeKey, stepKey, countKey] = split(key, 5);
  const inner = Array.from(permutation(knotKey, 63), (i) => (i + 1) / 64).slice(0, drawInteger(countKey, 0, 12));
  const knots = [0, ...inner.sort((a, b) => a - b), 1];
  const values = Array.from(randint(valueKey, knots.length, { min: -512, max: 513 }), (i) => i / 256);
  const f = piecewiseLinearTarget(knots, values);
  const cells = 2 ** drawInteger(sizeKey, 0, 6);
  const stepsPerCell = drawInteger(stepKey, 3, 6);
  const text = `piecewiseLinearTarget([${knots}], [${values}]), ${cells} cells, ${stepsPerCell} steps a cell`;
  const h = orbitFunction(encodeOrbit(f, cells, { stepsPerCell }));
  const bound = orbitBound(f, cells, { stepsPerCell });
  const certificate = certifySupNorm(f, h);
  const margin = bound > 0 ? (bound - certificate.upper) / bound : 0;
  const fault = certificateFault(f, h, certificate);
  if (fault) return { margin, fault: `${text}: the certificate was refused: ${fault}` };
  if (certificate.upper <= bound) return { margin };
  return { margin, fault: `${text}: the error is ${certificate.upper}, the bound is ${bound}` };
};

/**
 * The code cut off after 53 bits, as a float64 keeps it, must break the bound: |x − c| for c in the middle half, K = 32 … 128 cells of 4 bits. The orbit
 * then ends in 0 after 53 steps, and with it h goes down at its steepest on all cells behind.
 */
export const orbitInFloat64: TheoremCase = (key): CaseResult => {
  const [centerKey, sizeKey] = split(key, 2);
  const center = drawInteger(centerKey, 256, 768) / 1024;
  const cells = 2 ** drawInteger(sizeKey, 5, 7);
  const f = piecewiseLinearTarget([0, center, 1], [center, 0, 1 - center]);
  const code = encodeOrbit(f, cells);
  const lost = BigInt(code.bits - 53);
  const h = orbitFunction({ ...code, w: (code.w >> lost) << lost });
  const bound = orbitBound(f, cells);
  const { lower } = certifySupNorm(f, h);
  const margin = (lower - bound) / bound;
  if (margin > 0) return { margin };
  return { margin, fault: `|x − ${center}|, ${cells} cells: 53 bits are enough, the error is ${lower}` };
};

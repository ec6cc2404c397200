import { split } from '@neuronseek/tensor/random';
import { certificateFault } from '../certificates/certificate-fault.js';
import { piecewiseLinearBound } from '../constructions/piecewise-linear-bound.js';
import { piecewiseLinearNetwork } from '../constructions/piecewise-linear-network.js';
import { checkModulus } from '../targets/check-modulus.js';
import { falseModulus } from '../targets/require-modulus.js';
import type { CaseResult, TheoremCase } from './case-result.js';
import { certifyAgainst } from './certify-against.js';
import { drawInteger, drawTarget } from './draw-target.js';

/** A certificate on a grid cannot meet a bound that is attained: its gap may be this part of the bound. */
const resolution = 1 / 64;

/**
 * sup |f − piecewiseLinearNetwork(f, n)| ≤ piecewiseLinearBound(f, n), for a drawn target and n in 1 … 24.
 *
 * Looks first for a false modulus; then makes the certificate and has it checked. The case is as stated when the bound is not below
 * `lower` and `upper` is within the bound: exactly for piecewise linear targets, and up to 1/64 of it for the others.
 */
export const piecewiseLinearInterpolation: TheoremCase = (key): CaseResult => {
  const [targetKey, sizeKey] = split(key, 2);
  const { f, text } = drawTarget(targetKey);
  const n = drawInteger(sizeKey, 1, 24);
  const { witness } = checkModulus(f, { points: 65 });
  if (witness) return { margin: -1, fault: `${text}: ${falseModulus(witness)}` };
  const h = piecewiseLinearNetwork(f, n);
  const bound = piecewiseLinearBound(f, n);
  const certificate = certifyAgainst(f, h, bound, bound * resolution);
  const { lower, upper, method } = certificate;
  const margin = (bound - upper) / bound;
  const fault = certificateFault(f, h, certificate);
  if (fault) return { margin, fault: `${text}, n = ${n}: the certificate was refused: ${fault}` };
  const allowed = method === 'breakpoints' ? bound : bound * (1 + resolution);
  if (lower <= bound && upper <= allowed) return { margin };
  return { margin, fault: `${text}, n = ${n}: the error is in [${lower}, ${upper}], the bound is ${bound}` };
};

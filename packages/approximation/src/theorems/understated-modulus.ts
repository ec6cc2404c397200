import { split } from '@neuronseek/tensor/random';
import { certificateFault } from '../certificates/certificate-fault.js';
import { certifySupNorm } from '../certificates/certify-sup-norm.js';
import { piecewiseLinearBound } from '../constructions/piecewise-linear-bound.js';
import { piecewiseLinearNetwork } from '../constructions/piecewise-linear-network.js';
import { checkModulus } from '../targets/check-modulus.js';
import { lipschitzModulus } from '../targets/lipschitz-modulus.js';
import { piecewiseLinearTarget } from '../targets/piecewise-linear-target.js';
import type { TargetFunction } from '../targets/target-function.js';
import type { CaseResult, TheoremCase } from './case-result.js';
import { drawInteger } from './draw-target.js';

/**
 * A zigzag of slopes ±L that declares L/2 must be refuted with a witness, and the theorem of `piecewiseLinearNetwork` must break on it:
 * the zigzag turns between the nodes, so all n + 1 node values are equal and the error is L/(2n), twice what L/2 promises.
 */
export const understatedModulus: TheoremCase = (key): CaseResult => {
  const [sizeKey, slopeKey] = split(key, 2);
  const n = 2 ** drawInteger(sizeKey, 0, 5);
  const slope = drawInteger(slopeKey, 1, 64) / 8;
  const knots = Array.from({ length: 2 * n + 1 }, (_, i) => i / (2 * n));
  const honest = piecewiseLinearTarget(
    knots,
    knots.map((_, i) => (i % 2) * (slope / (2 * n))),
  );
  const f: TargetFunction<1> = { ...honest, modulus: lipschitzModulus(slope / 2) };
  const text = `zigzag of slope ${slope} with ${n} teeth, declared ${slope / 2}`;
  const { status } = checkModulus(f);
  if (status !== 'refuted') return { margin: -1, fault: `${text}: the false modulus is ${status}` };
  const h = piecewiseLinearNetwork(f, n);
  const certificate = certifySupNorm(f, h);
  const bound = piecewiseLinearBound(f, n);
  const margin = (certificate.lower - bound) / bound;
  const fault = certificateFault(f, h, certificate);
  if (fault) return { margin, fault: `${text}: the certificate was refused: ${fault}` };
  if (margin > 0) return { margin };
  return { margin, fault: `${text}: the bound ${bound} held, the error is only ${certificate.lower} for sure` };
};

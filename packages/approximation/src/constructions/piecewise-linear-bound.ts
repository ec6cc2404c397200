import { nextUp } from '../exact/next-double.js';
import { intervalOf } from '../targets/interval-of.js';
import type { TargetFunction } from '../targets/target-function.js';
import { equidistantNodes } from './equidistant-nodes.js';

/**
 * What the theorem of `piecewiseLinearNetwork` promises for sup |f − h|: omega(g/2) for a concave modulus, omega(g) for any other, g the
 * widest step, and for float64 weights 2^−50·max|f| on top, and f.evaluationError where f has no `evaluateRational`; rounded up.
 *
 * Why 2^−50: bend i is rounded once, by u·|c_i| (u = 2^−53), and |c_i|·step ≤ |Δf_i| + 3/2·|Δf_(i−1)| up to such roundings, at most
 * 5·max|f|. Throws as `piecewiseLinearNetwork` does for n.
 */
export function piecewiseLinearBound(f: TargetFunction<1>, n: number): number {
  const nodes = equidistantNodes('piecewiseLinearBound', intervalOf('piecewiseLinearBound', f.domain), n);
  const widest = nextUp(nodes.slice(1).reduce((widest, node, i) => Math.max(widest, node - nodes[i]), 0));
  const omega = f.modulus.omega(f.modulus.concave ? nextUp(widest / 2) : widest);
  const magnitude = Math.max(Math.abs(f.range[0]), Math.abs(f.range[1]));
  const rounding = nextUp(nextUp(magnitude * 2 ** -50) + (f.evaluateRational ? 0 : f.evaluationError));
  return nextUp(omega + rounding);
}

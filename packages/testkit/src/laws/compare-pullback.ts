import type { Data } from '../data.js';
import { expectShape } from '../expect-shape.js';
import { largestMagnitude } from '../tolerance.js';

/** Options of the vjp laws. */
export interface PullbackOptions {
  /** Largest change of an input element, default 2^-10. The function must be smooth that far around the inputs. */
  readonly step?: number;
  /** Allowed error relative to the size of the summands, default 1e-7. */
  readonly tolerance?: number;
}

/** Defaults of the vjp laws. */
export const pullbackDefaults: Required<PullbackOptions> = { step: 2 ** -10, tolerance: 1e-7 };

interface PullbackCase extends PullbackOptions {
  readonly apply: (xs: Data[]) => Data[];
  readonly pullback: (xs: Data[], gs: Data[]) => Data[];
  readonly inputs: readonly Data[];
  readonly direction: readonly Data[];
  readonly cotangents: readonly Data[];
}

/** Calls visit(a, b) for all elements that stand at the same place; fails where counts or shapes differ. */
function pairUp(
  name: string,
  what: string,
  as: readonly Data[],
  bs: readonly Data[],
  visit: (a: number, b: number) => void,
): void {
  if (as.length !== bs.length) throw new Error(`${name}: number of ${what} is ${as.length}, expected ${bs.length}`);
  for (let k = 0; k < as.length; k++) {
    expectShape(`${name}: ${what} ${k}`, as[k], bs[k].shape);
    for (let i = 0; i < bs[k].data.length; i++) visit(as[k].data[i], bs[k].data[i]);
  }
}

/**
 * Compares sum_k <g_k, (J v)_k> with sum_j <pullback(g)_j, v_j>.
 *
 * J v by Richardson's extrapolation (4 D(h/2) - D(h)) / 3 of central differences D, whose error is of order h^4: with steps of
 * 2^-10 about 1e-13 relative for functions that vary over lengths of 1. The bound is tolerance * (sum of |g| |J v| and |p| |v|)
 * plus the noise that rounding of f and of x + t v puts into the quotient, 64 eps (sum of |g| |f| and |p| |x|) / h, plus what
 * the extrapolation leaves where the derivative itself is 0: 2^-16 of the change |D(h/2) - D(h)| that it removes, which is of
 * order (h/L)^2 for functions that vary over lengths L and so covers L from 1/4 on.
 */
export function comparePullback(name: string, c: PullbackCase): void {
  const { step = pullbackDefaults.step, tolerance = pullbackDefaults.tolerance } = c;
  if (!(step > 0 && step < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: step is not positive: ${step}`);
  if (!(tolerance >= 0)) throw new RangeError(`${name}: tolerance is negative: ${tolerance}`);
  pairUp(name, 'directions', c.direction, c.inputs, () => undefined);
  const { cotangents } = c;
  const longest = Math.max(0, ...c.direction.map((v) => largestMagnitude(v.data)));
  const h = longest === 0 ? step : step / longest;
  const along = (t: number): Data[] =>
    c.apply(c.inputs.map((x, k) => ({ shape: x.shape, data: x.data.map((xi, i) => xi + t * c.direction[k].data[i]) })));
  const [far, near, nearBack, farBack] = [h, h / 2, -h / 2, -h].map((t) => {
    const ys = along(t);
    pairUp(name, 'outputs', ys, cotangents, () => undefined);
    return ys;
  });
  // Copies, so that a function that writes to its arguments does not move the point of comparison.
  const copy = (x: Data): Data => ({ shape: x.shape, data: x.data.slice() });
  let dual = 0;
  let size = 0;
  let noise = 0;
  let change = 0;
  const pulled = c.pullback(c.inputs.map(copy), cotangents.map(copy));
  pairUp(name, 'pulled cotangents', pulled, c.direction, (p, v) => {
    dual += p * v;
    size += Math.abs(p * v);
  });
  pairUp(name, 'pulled cotangents', pulled, c.inputs, (p, x) => {
    noise += Math.abs(p * x);
  });
  let primal = 0;
  for (let k = 0; k < cotangents.length; k++) {
    for (let i = 0; i < cotangents[k].data.length; i++) {
      const g = cotangents[k].data[i];
      const wide = (far[k].data[i] - farBack[k].data[i]) / (2 * h);
      const narrow = (near[k].data[i] - nearBack[k].data[i]) / h;
      const derivative = (4 * narrow - wide) / 3;
      primal += g * derivative;
      size += Math.abs(g * derivative);
      change += Math.abs(g * (narrow - wide));
      noise += Math.abs(g * near[k].data[i]);
    }
  }
  const bound = tolerance * size + (64 * 2 ** -52 * noise) / h + 2 ** -16 * change;
  const difference = Math.abs(primal - dual);
  // Written so that NaN on either side fails.
  if (difference <= bound && bound < Number.POSITIVE_INFINITY) return;
  throw new Error(
    `${name}: <g, J v> is ${primal} by differences, <pullback(g), v> is ${dual}: difference ${difference}, bound ${bound}`,
  );
}

import { dot, type Point } from './point.js';

/** The last steps s and changes of gradient y, and the product of the inverse Hessian that they make with a vector. */
export interface LbfgsMemory {
  readonly isEmpty: () => boolean;
  readonly remember: (before: Point, after: Point) => void;
  readonly clear: () => void;
  /**
   * Turns a vector q into H·q in place; false, and q as it was, where no pair is of use. With `free`, H is that of the variables marked with 1: pairs
   * are restricted to them, and q must be zero elsewhere (so H is diagonal with respect to the others, as Bertsekas 1982 demands). With `middle`, which turns
   * a vector into its product with a positive definite matrix, that matrix is what the pairs correct, in place of a multiple of the identity.
   */
  readonly multiply: (q: Float64Array, free: Uint8Array | undefined, middle?: (q: Float64Array) => void) => boolean;
}

/** A pair is of use where its curvature sᵀy exceeds this times ‖y‖²·‖s‖/‖y‖: with less of it, it is mostly rounding. */
const CURVATURE = 1e-10;

/** Room for `size` pairs of vectors. */
export function createMemory(length: number, size: number): LbfgsMemory {
  const steps = Array.from({ length: size }, () => new Float64Array(length));
  const changes = Array.from({ length: size }, () => new Float64Array(length));
  const inverse = new Float64Array(size);
  const share = new Float64Array(size);
  let made = 0;

  /** Sets 1/sᵀy of a pair, 0 where it is of no use; returns sᵀy/yᵀy. */
  const weigh = (slot: number, free: Uint8Array | undefined): number => {
    const [s, y] = [steps[slot], changes[slot]];
    const sy = maskedDot(s, y, free);
    const yy = maskedDot(y, y, free);
    const useful = sy > CURVATURE * Math.sqrt(maskedDot(s, s, free) * yy) && Number.isFinite(1 / sy);
    inverse[slot] = useful ? 1 / sy : 0;
    return useful ? sy / yy : 0;
  };

  return {
    isEmpty: () => made === 0,
    remember: (before, after) => {
      const slot = made % size;
      const [s, y] = [steps[slot], changes[slot]];
      for (let i = 0; i < length; i++) {
        s[i] = after.x[i] - before.x[i];
        y[i] = after.gradient[i] - before.gradient[i];
      }
      if (weigh(slot, undefined) > 0) made++;
    },
    clear: () => {
      made = 0;
    },
    multiply: (q, free, middle) => {
      const oldest = Math.max(0, made - size);
      let scale = 0;
      for (let k = made - 1; k >= oldest; k--) {
        const slot = k % size;
        const ratio = free === undefined && scale > 0 ? scale : weigh(slot, free);
        if (scale === 0) scale = ratio;
        share[slot] = inverse[slot] * dot(steps[slot], q);
        subtract(q, share[slot], changes[slot], free);
      }
      if (middle !== undefined) middle(q);
      else if (scale === 0) return false;
      else for (let i = 0; i < length; i++) q[i] *= scale;
      for (let k = oldest; k < made; k++) {
        const slot = k % size;
        const rest = share[slot] - inverse[slot] * dot(changes[slot], q);
        subtract(q, -rest, steps[slot], free);
      }
      return true;
    },
  };
}

function maskedDot(a: Float64Array, b: Float64Array, free: Uint8Array | undefined): number {
  if (free === undefined) return dot(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += free[i] * a[i] * b[i];
  return sum;
}

/** q -= c·v, where free. */
function subtract(q: Float64Array, c: number, v: Float64Array, free: Uint8Array | undefined): void {
  if (c === 0) return;
  if (free === undefined) for (let i = 0; i < q.length; i++) q[i] -= c * v[i];
  else for (let i = 0; i < q.length; i++) q[i] -= free[i] * c * v[i];
}

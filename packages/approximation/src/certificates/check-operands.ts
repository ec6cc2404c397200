import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';

/** Throws a RangeError unless f and h have one dimension and each states how far `evaluate` may be off. */
export function checkOperands(name: string, f: TargetFunction, h: Approximant): void {
  if (f.dimension !== h.dimension) {
    throw new RangeError(`${name}: dimensions differ: f has ${f.dimension}, h has ${h.dimension}`);
  }
  for (const [label, g] of [['f', f] as const, ['h', h] as const]) {
    if (!(Number.isFinite(g.evaluationError) && g.evaluationError >= 0)) {
      throw new RangeError(
        `${name}: ${label}.evaluationError must be finite and not negative: got ${String(g.evaluationError)}`,
      );
    }
  }
}

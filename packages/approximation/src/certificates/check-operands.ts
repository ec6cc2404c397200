import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';

/** Throws a RangeError unless f and h have one dimension and each states how far `evaluate` may be off, where the method evaluates them. */
export function checkOperands(name: string, f: TargetFunction, h: Approximant, method?: string): void {
  if (f.dimension !== h.dimension) {
    throw new RangeError(`${name}: dimensions differ: f has ${f.dimension}, h has ${h.dimension}`);
  }
  // Formulas and layers are read; nothing is evaluated in float64.
  if (method === 'interval' || method === 'bernstein-coefficients') return;
  for (const [label, g] of [['f', f] as const, ['h', h] as const]) {
    if (!(Number.isFinite(g.evaluationError) && g.evaluationError >= 0)) {
      throw new RangeError(
        `${name}: ${label}.evaluationError must be finite and not negative: got ${String(g.evaluationError)}`,
      );
    }
  }
}

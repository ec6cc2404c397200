import { nextDown, nextUp } from '../exact/next-double.js';
import { enclose } from '../targets/enclose.js';
import { falseModulus } from '../targets/require-modulus.js';
import type { TargetFunction } from '../targets/target-function.js';

/** Throws a RangeError by `name` where neighbouring nodes contradict the modulus of f: a guard at no cost, and no proof. */
export function refuseSteepNodes(name: string, f: TargetFunction<1>, nodes: readonly number[]): void {
  const values = nodes.map((t) => enclose(f, t));
  for (let i = 1; i < nodes.length; i++) {
    const [p, q] = [values[i - 1], values[i]];
    const difference = nextDown(Math.max(p[0] - q[1], q[0] - p[1]));
    const allowed = f.modulus.omega(nextUp(nodes[i] - nodes[i - 1]));
    if (difference > allowed) {
      throw new RangeError(`${name}: ${falseModulus({ x: [nodes[i - 1]], y: [nodes[i]], difference, allowed })}`);
    }
  }
}

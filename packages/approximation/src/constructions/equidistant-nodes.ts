/**
 * a, …, b in n steps of equal width up to rounding. Throws a RangeError by `name` unless n is a positive integer and the steps are
 * within a factor 3/2 of each other, which rounding breaks when they come near the spacing of doubles.
 */
export function equidistantNodes(name: string, [a, b]: readonly [number, number], n: number): number[] {
  if (!(Number.isSafeInteger(n) && n >= 1)) throw new RangeError(`${name}: n must be a positive integer: got ${n}`);
  // Both ends are met, and nodes of dyadic intervals are exact for n a power of two.
  const nodes = Array.from({ length: n + 1 }, (_, i) => (i === n ? b : a + (i * (b - a)) / n));
  const gaps = nodes.slice(1).map((node, i) => node - nodes[i]);
  const [narrow, wide] = [gaps.reduce((s, t) => Math.min(s, t)), gaps.reduce((s, t) => Math.max(s, t))];
  if (!(narrow > 0 && wide <= 1.5 * narrow)) {
    throw new RangeError(`${name}: n is too large for float64 nodes in [${a}, ${b}]: got ${n}`);
  }
  return nodes;
}

/** The coordinate of a point in [a, b]. Throws a RangeError for any other argument. */
export function coordinate(x: readonly number[], [a, b]: readonly [number, number]): number {
  const [t] = x;
  if (x.length !== 1) throw new RangeError(`evaluate: x must have 1 coordinate: got ${x.length}`);
  if (!(t >= a && t <= b)) throw new RangeError(`evaluate: x is outside of the domain [${a}, ${b}]: got ${t}`);
  return t;
}

/** Whether a chart can show a point: what is not finite leaves a gap, and so does what no axis reaches (beyond 1e300). */
export function drawable([x, y]: readonly [number, number]): boolean {
  return Math.abs(x) <= 1e300 && Math.abs(y) <= 1e300;
}

/** Throws a RangeError by `name` unless m is an integer in 1 … most. */
export function checkSteps(name: string, m: number, most: number): void {
  if (!(Number.isInteger(m) && m >= 1 && m <= most)) {
    throw new RangeError(`${name}: m must be an integer in 1 … ${most}: got ${m}`);
  }
}

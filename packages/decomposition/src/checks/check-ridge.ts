/** Refuses a ridge that is negative or not finite. */
export function checkRidge(name: string, ridge: number): void {
  if (!(ridge >= 0 && ridge < Infinity)) throw new RangeError(`${name}: ridge is not a finite number from 0: ${ridge}`);
}

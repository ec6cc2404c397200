import type { Numbers } from './numbers.js';

/** a^n for an integer n ≥ 0, by squaring. */
export function integerPower<T>({ from, multiply }: Numbers<T>, a: T, n: number): T {
  let result = from(1);
  let square = a;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result;
}

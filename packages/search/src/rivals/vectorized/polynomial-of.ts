import { ADD, NUMBER, SUB } from '../programs/opcodes.js';
import type { Program } from '../programs/program.js';

/**
 * Coefficients of 1, x, x², … of a tree of sums, differences and products of the vector symbol and constants, expanded; undefined where a power
 * above `maxOrder` is left. Cost: maxOrder² a product.
 */
export function polynomialOf({ code, constants }: Program, maxOrder: number): Float64Array | undefined {
  const stack: Float64Array[] = [];
  for (let i = 0; i < code.length; i++) {
    const op = code[i];
    if (op >= NUMBER) {
      stack.push(op === NUMBER ? Float64Array.of(constants[i]) : Float64Array.of(0, 1));
      continue;
    }
    const [a, b] = stack.splice(stack.length - 2, 2);
    const result = op === ADD || op === SUB ? sum(a, b, op === ADD ? 1 : -1) : product(a, b);
    if (result.length > maxOrder + 1) return undefined;
    stack.push(result);
  }
  return stack[0];
}

function sum(a: Float64Array, b: Float64Array, sign: number): Float64Array {
  const out = new Float64Array(Math.max(a.length, b.length));
  out.set(a);
  let largest = 0;
  for (let k = 0; k < b.length; k++) out[k] += sign * b[k];
  for (const v of a) largest = Math.max(largest, Math.abs(v));
  for (const v of b) largest = Math.max(largest, Math.abs(v));
  return trimmed(out, largest);
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      out[i + j] += a[i] * b[j];
      largest = Math.max(largest, Math.abs(a[i] * b[j]));
    }
  }
  return trimmed(out, largest);
}

/** What cancels but for rounding is 0, and leading zeros go: x³ − x³ has no cube. */
function trimmed(p: Float64Array, largest: number): Float64Array {
  let length = 1;
  for (let k = 0; k < p.length; k++) {
    if (Math.abs(p[k]) <= 1e-13 * largest) p[k] = 0;
    else length = k + 1;
  }
  return p.slice(0, length);
}

/** The powers that a polynomial has, ascending, without the constant. */
export function powersOf(coefficients: Float64Array): number[] {
  const powers: number[] = [];
  for (let k = 1; k < coefficients.length; k++) if (coefficients[k] !== 0) powers.push(k);
  return powers;
}

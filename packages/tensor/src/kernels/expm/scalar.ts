import { exp2 } from '../../math/exp2.js';
import { log2 } from '../../math/log2.js';
import { gemm } from '../gemm/index.js';
import { lu, luSolve } from '../lu/index.js';

/** Numerators of the diagonal Padé approximants, lowest power first, and the 1-norm up to which each has full accuracy (Higham 2005, table 2.3). */
const approximants: readonly { readonly bound: number; readonly b: readonly number[] }[] = [
  { bound: 1.495585217958292e-2, b: [120, 60, 12, 1] },
  { bound: 2.53939833006323e-1, b: [30240, 15120, 3360, 420, 30, 1] },
  { bound: 9.504178996162932e-1, b: [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1] },
  {
    bound: 2.097847961257068,
    b: [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1],
  },
];
const BOUND_13 = 5.371920351148152;
const B_13: readonly number[] = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];

/** exp(A) by scaling and squaring, see contract.ts. */
export function expmScalar(n: number, a: Float64Array, aOffset: number, e: Float64Array, eOffset: number): void {
  const x = a.slice(aOffset, aOffset + n * n);
  const norm = norm1(n, x);
  const small = approximants.find(({ bound }) => norm <= bound);
  // A norm that overflows is at most n times the largest number; past 1100 halvings nothing is left to scale.
  const squarings = small ? 0 : Math.min(1100, Math.max(0, Math.ceil(log2(norm / BOUND_13))));
  // In two steps, because 2^-1100 is 0.
  const half = exp2(-Math.floor(squarings / 2));
  const rest = exp2(-Math.ceil(squarings / 2));
  for (let i = 0; i < n * n; i++) x[i] = x[i] * half * rest;
  let result: Float64Array = small ? pade(n, x, small.b) : pade13(n, x);
  let spare: Float64Array = x;
  for (let q = 0; q < squarings; q++) {
    multiply(n, result, result, spare);
    [result, spare] = [spare, result];
  }
  e.set(result, eOffset);
}

function norm1(n: number, a: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(a[i * n + j]);
    largest = Math.max(largest, sum);
  }
  return largest;
}

function multiply(n: number, a: Float64Array, b: Float64Array, c: Float64Array): void {
  gemm(n, n, n, a, 0, n, 1, b, 0, n, 1, c, 0, n, false);
}

/** target += weight·a + diagonal·I. */
function accumulate(n: number, target: Float64Array, weight: number, a: Float64Array, diagonal: number): void {
  for (let i = 0; i < n * n; i++) target[i] += weight * a[i];
  for (let i = 0; i < n; i++) target[i * (n + 1)] += diagonal;
}

/** Odd powers U = x·(b1 + b3·x² + …) and even powers V = b0 + b2·x² + …, for degrees up to 9. */
function pade(n: number, x: Float64Array, b: readonly number[]): Float64Array {
  const odd = new Float64Array(n * n);
  const even = new Float64Array(n * n);
  accumulate(n, odd, 0, odd, b[1]);
  accumulate(n, even, 0, even, b[0]);
  const x2 = new Float64Array(n * n);
  multiply(n, x, x, x2);
  let power = x2;
  for (let k = 2; k < b.length; k += 2) {
    if (k > 2) {
      const next = new Float64Array(n * n);
      multiply(n, power, x2, next);
      power = next;
    }
    accumulate(n, even, b[k], power, 0);
    accumulate(n, odd, b[k + 1], power, 0);
  }
  return quotient(n, x, odd, even);
}

/** The same for degree 13, with x⁶ taken out: six products instead of eight. */
function pade13(n: number, x: Float64Array): Float64Array {
  const b = B_13;
  const x2 = new Float64Array(n * n);
  const x4 = new Float64Array(n * n);
  const x6 = new Float64Array(n * n);
  multiply(n, x, x, x2);
  multiply(n, x2, x2, x4);
  multiply(n, x4, x2, x6);
  const polynomial = (low: number): Float64Array => {
    const high = new Float64Array(n * n);
    accumulate(n, high, b[low + 8], x2, 0);
    accumulate(n, high, b[low + 10], x4, 0);
    accumulate(n, high, b[low + 12], x6, 0);
    const sum = new Float64Array(n * n);
    multiply(n, x6, high, sum);
    accumulate(n, sum, b[low + 6], x6, 0);
    accumulate(n, sum, b[low + 4], x4, 0);
    accumulate(n, sum, b[low + 2], x2, b[low]);
    return sum;
  };
  return quotient(n, x, polynomial(1), polynomial(0));
}

/** (V − U)⁻¹·(V + U) with U = x·odd, V = even; the denominator is well conditioned within the bounds (Higham 2005, table 2.2). */
function quotient(n: number, x: Float64Array, odd: Float64Array, even: Float64Array): Float64Array {
  const u = new Float64Array(n * n);
  multiply(n, x, odd, u);
  const numerator = new Float64Array(n * n);
  for (let i = 0; i < n * n; i++) {
    numerator[i] = even[i] + u[i];
    even[i] -= u[i];
  }
  const pivots = new Int32Array(n);
  lu(n, even, 0, pivots, 0);
  luSolve(n, n, even, 0, pivots, 0, false, numerator, 0);
  return numerator;
}

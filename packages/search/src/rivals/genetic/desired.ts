import { asin, exp, log } from '@neuronseek/tensor/math';
import { ADD, arity, COS, DIV, EXP, LOG, MUL, SIN, SUB } from '../programs/opcodes.js';
import type { Program } from '../programs/program.js';
import type { Tape } from '../programs/tape.js';

const HALF_PI = 1.5707963267948966;

/**
 * What a node would have to give on every row for the whole formula to be `wanted`: functions between root and node inverted one by one
 * (semantic backpropagation, Pawlak, Wieloch, Krawiec 2015). False where some row has no such value.
 *
 * The tape holds the values of the program. sin and cos are inverted on the branch of the node's value now. `wanted` is overwritten with the result.
 */
export function desiredValues(tape: Tape, { code }: Program, node: number, wanted: Float64Array): boolean {
  const { rows, values, at, first, second } = tape;
  let i = code.length - 1;
  while (i !== node) {
    const op = code[i];
    if (arity(op) === 1) {
      if (!invertCall(op, wanted, values, at[i - 1], rows)) return false;
      i--;
      continue;
    }
    // The second argument holds all nodes behind the first.
    const inSecond = node > first[i];
    invertPair(op, inSecond, wanted, values, at[inSecond ? first[i] : second[i]], rows);
    i = inSecond ? second[i] : first[i];
  }
  for (let r = 0; r < rows; r++) if (!(Math.abs(wanted[r]) < 1e100)) return false;
  return true;
}

function invertPair(
  op: number,
  inSecond: boolean,
  t: Float64Array,
  v: Float64Array,
  other: number,
  rows: number,
): void {
  if (op === ADD) for (let r = 0; r < rows; r++) t[r] -= v[other + r];
  else if (op === SUB && inSecond) for (let r = 0; r < rows; r++) t[r] = v[other + r] - t[r];
  else if (op === SUB) for (let r = 0; r < rows; r++) t[r] += v[other + r];
  else if (op === MUL) for (let r = 0; r < rows; r++) t[r] /= v[other + r];
  else if (op === DIV && inSecond) for (let r = 0; r < rows; r++) t[r] = v[other + r] / t[r];
  else for (let r = 0; r < rows; r++) t[r] *= v[other + r];
}

function invertCall(op: number, t: Float64Array, v: Float64Array, argument: number, rows: number): boolean {
  for (let r = 0; r < rows; r++) {
    const w = t[r];
    if (op === EXP) {
      if (!(w > 0)) return false;
      t[r] = log(w);
    } else if (op === LOG) t[r] = exp(w);
    else if (op === SIN || op === COS) {
      if (!(Math.abs(w) <= 1)) return false;
      // cos(u) = sin(u + π/2); of the solutions α + 2πk and π − α + 2πk the one next to the value now.
      const turn = op === COS ? HALF_PI : 0;
      const alpha = asin(w);
      const now = v[argument + r] + turn;
      t[r] = closer(now, alpha, 2 * HALF_PI - alpha) - turn;
    } else {
      if (!(w >= 0)) return false;
      t[r] = w * w;
    }
  }
  return true;
}

function closer(now: number, a: number, b: number): number {
  const whole = 4 * HALF_PI;
  const near = a + whole * Math.round((now - a) / whole);
  const other = b + whole * Math.round((now - b) / whole);
  return Math.abs(near - now) <= Math.abs(other - now) ? near : other;
}

import { ADD, DIV, MUL, SUB } from '../programs/opcodes.js';
import type { Target } from '../programs/scaled-error.js';
import type { Library } from './library.js';

/**
 * The formula g of the library for which op(f, g), up to slope and intercept, explains the target best; -1 if none does. Every partner is tried, at
 * a fraction of the cost of as many children.
 *
 * Cost: 4 flops a row and entry.
 */
export function bestPartner(
  { programs, values }: Library,
  op: number,
  own: Float64Array,
  { values: y, mean }: Target,
  admit: (index: number) => boolean,
): number {
  const rows = own.length;
  const joined = new Float64Array(rows);
  const centred = y.map((v) => v - mean);
  let best = -1;
  let most = 0;
  for (let i = 0; i < programs.length; i++) {
    if (!admit(i)) continue;
    combine(op, own, values, i * rows, joined);
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += joined[r];
    const middle = sum / rows;
    let square = 0;
    let cross = 0;
    for (let r = 0; r < rows; r++) {
      const c = joined[r] - middle;
      square += c * c;
      cross += c * centred[r];
    }
    // A column without variance but for rounding explains nothing.
    if (!(square > 1e-20 * rows * middle * middle)) continue;
    const gain = (cross * cross) / square;
    if (gain > most) {
      best = i;
      most = gain;
    }
  }
  return best;
}

function combine(op: number, own: Float64Array, g: Float64Array, at: number, to: Float64Array): void {
  const rows = own.length;
  if (op === ADD) for (let r = 0; r < rows; r++) to[r] = own[r] + g[at + r];
  else if (op === SUB) for (let r = 0; r < rows; r++) to[r] = own[r] - g[at + r];
  else if (op === MUL) for (let r = 0; r < rows; r++) to[r] = own[r] * g[at + r];
  else if (op === DIV) for (let r = 0; r < rows; r++) to[r] = own[r] / g[at + r];
}

import { loopTable } from './loops.js';
import { BEGIN, END, LOAD, LOOP, type Program } from './program.js';

/** Rows at a time: a dozen registers of them stay in a first-level cache. */
export const BLOCK = 256;

/** The registers of a program for blocks of `width` rows, its constants in place. */
export function makeRegisters({ registers, constants }: Program, width: number): Float64Array {
  const r = new Float64Array(registers * width);
  constants.forEach((value, i) => {
    r.fill(value, i * width, (i + 1) * width);
  });
  return r;
}

/**
 * Rows `from` to `to` of x [rows, D], row-major, into the same rows of `out` [rows, C]. `r` are registers of `width` rows, which hold anything but
 * their constants afterwards. The result of a row does not depend on the rows beside it.
 */
export function runProgram(
  program: Program,
  r: Float64Array,
  width: number,
  x: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const { results } = program;
  const outputs = results.length;
  for (let row = from; row < to; row += width) {
    const n = Math.min(width, to - row);
    runBlock(program, r, width, x, row, n);
    for (let c = 0; c < outputs; c++) {
      const at = results[c] * width;
      for (let i = 0, o = row * outputs + c; i < n; i++, o += outputs) out[o] = r[at + i];
    }
  }
}

function runBlock(
  { code, inputs }: Program,
  r: Float64Array,
  width: number,
  x: Float64Array,
  row: number,
  n: number,
): void {
  let element = 0;
  let start = 0;
  for (let p = 0; p < code.length; p += 4) {
    const operation = code[p];
    const o = code[p + 1] * width;
    if (operation >= LOOP) {
      loopTable[operation - LOOP](r, o, code[p + 2] * width, code[p + 3] * width, n);
    } else if (operation === LOAD) {
      loadColumn(r, o, x, row * inputs + code[p + 2], inputs, n);
    } else if (operation === BEGIN) {
      r.fill(0, o, o + n);
      loadColumn(r, code[p + 2] * width, x, row * inputs, inputs, n);
      element = 0;
      start = p;
    } else if (operation === END) {
      addTo(r, o, code[p + 2] * width, n);
      element++;
      if (element < inputs) {
        loadColumn(r, code[p + 3] * width, x, row * inputs + element, inputs, n);
        p = start;
      }
    }
  }
}

function loadColumn(r: Float64Array, o: number, x: Float64Array, at: number, stride: number, n: number): void {
  for (let i = 0; i < n; i++, at += stride) r[o + i] = x[at];
}

function addTo(r: Float64Array, o: number, a: number, n: number): void {
  for (let i = 0; i < n; i++) r[o + i] += r[a + i];
}

import type { Buffer } from '../copy/contract.js';
import type { ScatterAdd } from './contract.js';
import { scatterWasm } from './scatter-wasm.js';

/** Implements {@link ScatterAdd}: by vectors over the elements of a row where those can run and pay, else, and for rows of one, by plain loops. */
export const scatterAdd: ScatterAdd = (out, x, outer, n, inner, indices) => {
  for (let o = 0; o < outer; o++) {
    const [to, at] = [o * n * inner, o * indices.length * inner];
    if (!scatterWasm(out, to, x, at, n, inner, indices)) addRows(out, to, x, at, inner, indices);
  }
};

/** Implements {@link ScatterAdd} element by element. */
export const scatterAddScalar: ScatterAdd = (out, x, outer, n, inner, indices) => {
  for (let o = 0; o < outer; o++) addRows(out, o * n * inner, x, o * indices.length * inner, inner, indices);
};

function addRows(out: Buffer, to: number, x: Buffer, at: number, inner: number, indices: Int32Array): void {
  if (inner === 1) {
    addNumbers(out, to, x, at, indices);
    return;
  }
  for (let i = 0; i < indices.length; i++, at += inner) addRow(out, to + indices[i] * inner, x, at, inner);
}

// A loop for float64 and one for all else, so that each sees one kind of array.

/**
 * Rows of one element. There is no instruction that adds to places named by the lanes of a vector, and indices may repeat; a loop in
 * WebAssembly takes as long (10⁶ in 2.3 and 2.5 ms): the memory is what it waits for.
 */
function addNumbers(out: Buffer, to: number, x: Buffer, at: number, indices: Int32Array): void {
  if (out instanceof Float64Array && x instanceof Float64Array) {
    for (let i = 0; i < indices.length; i++) out[to + indices[i]] += x[at + i];
  } else {
    for (let i = 0; i < indices.length; i++) out[to + indices[i]] += x[at + i];
  }
}

/** Four elements a turn take 1.3 instead of 2.6 ms for 10⁶. */
function addRow(out: Buffer, to: number, x: Buffer, at: number, length: number): void {
  const end = at + length;
  if (out instanceof Float64Array && x instanceof Float64Array) {
    for (; at + 4 <= end; at += 4, to += 4) {
      out[to] += x[at];
      out[to + 1] += x[at + 1];
      out[to + 2] += x[at + 2];
      out[to + 3] += x[at + 3];
    }
  } else {
    for (; at + 4 <= end; at += 4, to += 4) {
      out[to] += x[at];
      out[to + 1] += x[at + 1];
      out[to + 2] += x[at + 2];
      out[to + 3] += x[at + 3];
    }
  }
  for (; at < end; at++) out[to++] += x[at];
}

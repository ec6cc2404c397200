import { type Buffer, copyStrided } from '../copy/index.js';
import type { Take } from './contract.js';
import { gatherWasm } from './wasm.js';

/** From this many elements on a row is copied by the engine's own loop; below, its call costs more than the elements. */
const longRow = 48;

/** Implements {@link Take}: whole rows where the axes behind the indexed one are read with one stride. */
export const take: Take = (out, x, { offset, shape, strides, axis }, indices) => {
  const count = indices.length;
  const step = strides[axis];
  // The axes behind, as one where they have a common stride.
  const behind = shape.slice(axis + 1);
  const behindStrides = strides.slice(axis + 1);
  let inner = 1;
  let stride = 1;
  let uniform = true;
  for (let i = behind.length - 1; i >= 0; i--) {
    if (behind[i] === 1) continue;
    if (inner === 1) stride = behindStrides[i];
    else if (behindStrides[i] !== stride * inner) uniform = false;
    inner *= behind[i];
  }
  let outer = 1;
  for (let i = 0; i < axis; i++) outer *= shape[i];
  if (inner === 0) return;
  const index = new Int32Array(axis);
  let base = offset;
  for (let o = 0, at = 0; o < outer; o++) {
    if (!uniform) {
      for (let i = 0; i < count; i++, at += inner) {
        copyStrided(out, at, x, base + indices[i] * step, behindStrides, behind);
      }
    } else if (inner === 1) {
      for (let i = 0; i < count; i++) out[at++] = x[base + indices[i] * step];
    } else if (stride === 1) {
      if (!gatherWasm(out, at, x, base, step, inner, indices)) gatherRows(out, at, x, base, step, inner, indices);
      at += count * inner;
    } else {
      for (let i = 0; i < count; i++) {
        for (let q = 0, from = base + indices[i] * step; q < inner; q++, from += stride) out[at++] = x[from];
      }
    }
    for (let i = axis - 1; i >= 0; i--) {
      base += strides[i];
      if (++index[i] < shape[i]) break;
      base -= strides[i] * shape[i];
      index[i] = 0;
    }
  }
};

function gatherRows(
  out: Buffer,
  at: number,
  x: Buffer,
  base: number,
  step: number,
  inner: number,
  indices: Int32Array,
): void {
  for (let i = 0; i < indices.length; i++) {
    let from = base + indices[i] * step;
    const end = at + inner;
    if (inner >= longRow) {
      out.set(x.subarray(from, from + inner), at);
      at = end;
      continue;
    }
    while (at < end) out[at++] = x[from++];
  }
}

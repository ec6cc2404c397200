/**
 * gz[b, m, r, c] = g[b, c] · Π_{m' ≠ m} z[b, m', r, c] for one interaction and the rows [from, to), where factor m of
 * component (r, c) stands at b·columns + base + m·step + r·outputs + c with step = rank·outputs.
 *
 * No division, so zeros in z are ordinary. Row b of z has row b - from of `gz`; g starts at position `g` of gTerms.
 */
export function leaveOneOut(
  order: number,
  rank: number,
  outputs: number,
  columns: number,
  base: number,
  from: number,
  to: number,
  gTerms: Float64Array,
  g: number,
  z: Float64Array,
  gz: Float64Array,
): void {
  const step = rank * outputs;
  const shift = from * columns;
  for (let b = from; b < to; b++) {
    const row = b * columns + base;
    for (let c = 0; c < outputs; c++) {
      const outer = gTerms[g + b * outputs + c];
      const end = row + step;
      // Orders up to five by hand: shared partial products in registers take half the time of the general loop.
      if (order === 1) {
        for (let i = row + c; i < end; i += outputs) gz[i - shift] = outer;
      } else if (order === 2) {
        for (let i = row + c; i < end; i += outputs) {
          gz[i - shift] = outer * z[i + step];
          gz[i + step - shift] = outer * z[i];
        }
      } else if (order === 3) {
        for (let i = row + c; i < end; i += outputs) triple(outer, i, step, shift, z, gz);
      } else if (order === 4) {
        for (let i = row + c; i < end; i += outputs) quadruple(outer, i, step, shift, z, gz);
      } else if (order === 5) {
        for (let i = row + c; i < end; i += outputs) quintuple(outer, i, step, shift, z, gz);
      } else {
        for (let i = row + c; i < end; i += outputs) general(order, outer, i, step, shift, z, gz);
      }
    }
  }
}

function triple(outer: number, i: number, step: number, shift: number, z: Float64Array, gz: Float64Array): void {
  const z0 = z[i];
  const z1 = z[i + step];
  const first = outer * z0;
  const last = outer * z[i + 2 * step];
  const at = i - shift;
  gz[at] = last * z1;
  gz[at + step] = last * z0;
  gz[at + 2 * step] = first * z1;
}

function quadruple(outer: number, i: number, step: number, shift: number, z: Float64Array, gz: Float64Array): void {
  const z0 = z[i];
  const z1 = z[i + step];
  const z2 = z[i + 2 * step];
  const z3 = z[i + 3 * step];
  const front = outer * (z0 * z1);
  const back = outer * (z2 * z3);
  const at = i - shift;
  gz[at] = back * z1;
  gz[at + step] = back * z0;
  gz[at + 2 * step] = front * z3;
  gz[at + 3 * step] = front * z2;
}

function quintuple(outer: number, i: number, step: number, shift: number, z: Float64Array, gz: Float64Array): void {
  const z0 = z[i];
  const z1 = z[i + step];
  const z2 = z[i + 2 * step];
  const z3 = z[i + 3 * step];
  const z4 = z[i + 4 * step];
  const front = outer * (z0 * z1);
  const middle = z2 * z3;
  const back = outer * (middle * z4);
  const frontLast = front * z4;
  const at = i - shift;
  gz[at] = back * z1;
  gz[at + step] = back * z0;
  gz[at + 2 * step] = frontLast * z3;
  gz[at + 3 * step] = frontLast * z2;
  gz[at + 4 * step] = front * middle;
}

/** Product of the factors before times product of the factors after. */
function general(
  order: number,
  outer: number,
  i: number,
  step: number,
  shift: number,
  z: Float64Array,
  gz: Float64Array,
): void {
  const last = i + (order - 1) * step;
  let before = outer;
  for (let j = i; j <= last; j += step) {
    gz[j - shift] = before;
    before *= z[j];
  }
  let after = 1;
  for (let j = last; j >= i; j -= step) {
    gz[j - shift] *= after;
    after *= z[j];
  }
}

import type { Substitute } from './contract.js';

/** Four known rows a pass, so that the unknown row is loaded and stored a quarter as often; the subtractions keep their order. */
export const substituteScalar: Substitute = (size, cols, t, tOffset, tRow, tCol, unit, b, bOffset, bRow) => {
  for (let i = 0; i < size; i++) {
    const row = bOffset + i * bRow;
    const end = row + cols;
    let weight = tOffset + i * tRow;
    let known = bOffset - row;
    let done = 0;
    for (; done + 3 < i; done += 4) {
      const w0 = t[weight];
      const w1 = t[weight + tCol];
      const w2 = t[weight + 2 * tCol];
      const w3 = t[weight + 3 * tCol];
      const known1 = known + bRow;
      const known2 = known1 + bRow;
      const known3 = known2 + bRow;
      for (let at = row; at < end; at++) {
        b[at] = b[at] - w0 * b[at + known] - w1 * b[at + known1] - w2 * b[at + known2] - w3 * b[at + known3];
      }
      weight += 4 * tCol;
      known = known3 + bRow;
    }
    for (; done < i; done++) {
      const w0 = t[weight];
      for (let at = row; at < end; at++) b[at] -= w0 * b[at + known];
      weight += tCol;
      known += bRow;
    }
    if (unit) continue;
    const diagonal = t[weight];
    for (let at = row; at < end; at++) b[at] /= diagonal;
  }
};

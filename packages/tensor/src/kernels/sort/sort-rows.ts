import type { SortRows } from './contract.js';

/** Implements {@link SortRows} by the engine's own sort of typed arrays, which compares numbers and puts NaN last. */
export const sortRows: SortRows = (x, rows, n, descending) => {
  for (let r = 0; r < rows; r++) {
    const row = x.subarray(r * n, (r + 1) * n);
    row.sort();
    if (!descending) continue;
    let numbers = n;
    while (numbers > 0 && Number.isNaN(row[numbers - 1])) numbers--;
    row.subarray(0, numbers).reverse();
  }
};

import type { Cell } from './cell.js';

/** Cells, the one with the largest bound first. */
export interface Heap {
  readonly cells: Cell[];
}

export function push({ cells }: Heap, cell: Cell): void {
  let i = cells.length;
  cells.push(cell);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (cells[parent].bound >= cell.bound) break;
    cells[i] = cells[parent];
    i = parent;
  }
  cells[i] = cell;
}

/** Removes the first cell. */
export function pop({ cells }: Heap): Cell | undefined {
  const first = cells[0];
  const last = cells.pop();
  if (last === undefined || cells.length === 0) return first;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= cells.length) break;
    if (child + 1 < cells.length && cells[child + 1].bound > cells[child].bound) child++;
    if (cells[child].bound <= last.bound) break;
    cells[i] = cells[child];
    i = child;
  }
  cells[i] = last;
  return first;
}

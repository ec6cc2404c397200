/** A RangeError by `name` unless there are 1, 2, 4, … cells, `most` at most: the ends of such cells are doubles. */
export function requireCells(name: string, cells: number, most: number): void {
  if (Number.isInteger(Math.log2(cells)) && cells >= 1 && cells <= most) return;
  throw new RangeError(`${name}: cells must be a power of two up to ${most}: got ${cells}`);
}

/**
 * The assignment of every row to a column of its own with the largest sum of values, rows ≤ columns: the Hungarian method with potentials,
 * one augmenting path a row. `values` is row-major [rows, columns]; returns the column of each row. Of equal assignments always the
 * same one. Cost: rows²·columns. (Kuhn 1955; Jonker & Volgenant 1987)
 */
export function assign(values: ArrayLike<number>, rows: number, columns: number): number[] {
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const rowOf = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) {
    // Shortest path in reduced costs (cost = -value) from this row to a column without a row.
    const distance = new Float64Array(columns).fill(Infinity);
    const before = new Int32Array(columns).fill(-1);
    const done = new Uint8Array(columns);
    let current = row;
    let length = 0;
    let reached = -1;
    for (;;) {
      let next = -1;
      for (let j = 0; j < columns; j++) {
        if (done[j] === 1) continue;
        const through = length - values[current * columns + j] - rowPrice[current] - columnPrice[j];
        if (through < distance[j]) {
          distance[j] = through;
          before[j] = reached;
        }
        if (next < 0 || distance[j] < distance[next]) next = j;
      }
      length = distance[next];
      reached = next;
      if (rowOf[next] < 0) break;
      done[next] = 1;
      current = rowOf[next];
    }
    for (let j = 0; j < columns; j++) {
      if (done[j] === 0) continue;
      rowPrice[rowOf[j]] += length - distance[j];
      columnPrice[j] -= length - distance[j];
    }
    rowPrice[row] += length;
    // Every column on the path takes over the row of the one before it.
    for (let j = reached; j >= 0; j = before[j]) rowOf[j] = before[j] < 0 ? row : rowOf[before[j]];
  }
  const columnOf = new Array<number>(rows);
  rowOf.forEach((row, column) => {
    if (row >= 0) columnOf[row] = column;
  });
  return columnOf;
}

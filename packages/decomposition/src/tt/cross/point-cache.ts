/** Values at points that are looked up by their indices; each point is held once. */
export interface PointCache {
  /** Number of points. */
  readonly size: () => number;
  /** Slot of the point at `points[offset …]`, or -1. */
  readonly find: (points: Int32Array, offset: number) => number;
  /** Adds a point that is not there, with its value; returns its slot. */
  readonly add: (points: Int32Array, offset: number, value: number) => number;
  readonly value: (slot: number) => number;
  readonly set: (slot: number, value: number) => void;
}

/**
 * A hash table with open addressing on rows of `order` integers. Rows are compared whole, so that tensors with more elements than numbers
 * count have their points told apart too. Memory: 4·order + 16 bytes a point, twice that while it grows.
 */
export function createPointCache(order: number): PointCache {
  let capacity = 1024;
  let count = 0;
  let rows = new Int32Array(capacity * order);
  let values = new Float64Array(capacity);
  let table = new Int32Array(2 * capacity);

  /** Place in the table of the point, or of the gap where it belongs. */
  const place = (points: Int32Array, offset: number): number => {
    const mask = table.length - 1;
    let at = hash(points, offset, order) & mask;
    while (table[at] !== 0 && !sameRow(rows, (table[at] - 1) * order, points, offset, order)) at = (at + 1) & mask;
    return at;
  };
  const grow = (): void => {
    capacity *= 2;
    const [oldRows, oldValues] = [rows, values];
    rows = new Int32Array(capacity * order);
    rows.set(oldRows);
    values = new Float64Array(capacity);
    values.set(oldValues);
    table = new Int32Array(2 * capacity);
    for (let slot = 0; slot < count; slot++) table[place(rows, slot * order)] = slot + 1;
  };
  return {
    size: () => count,
    find: (points, offset) => table[place(points, offset)] - 1,
    add: (points, offset, value) => {
      if (count === capacity) grow();
      for (let k = 0; k < order; k++) rows[count * order + k] = points[offset + k];
      values[count] = value;
      table[place(points, offset)] = count + 1;
      return count++;
    },
    value: (slot) => values[slot],
    set: (slot, value) => {
      values[slot] = value;
    },
  };
}

function sameRow(a: Int32Array, aOffset: number, b: Int32Array, bOffset: number, order: number): boolean {
  for (let k = 0; k < order; k++) if (a[aOffset + k] !== b[bOffset + k]) return false;
  return true;
}

/** FNV-1a on whole words, with the mixing of Murmur3 at the end. */
function hash(points: Int32Array, offset: number, order: number): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < order; k++) h = Math.imul(h ^ points[offset + k], 0x01000193) + (h >>> 15);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

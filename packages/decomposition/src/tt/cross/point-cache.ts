/** Points of integer indices, each held once, numbered in the order in which they came, with room for a value each. */
export interface PointCache {
  /** Number of points. */
  readonly size: () => number;
  /** Number of the point at `points[offset …]`, which is added where it is new. */
  readonly slot: (points: Int32Array, offset: number) => number;
  /** The points from a number on, [count, order]: a view that later additions leave behind. */
  readonly points: (first: number, count: number) => Int32Array;
  /** Values by number, to be read and written: an array that later additions leave behind. */
  readonly values: () => Float64Array;
  /** Forgets the points from a number on. */
  readonly truncate: (size: number) => void;
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
  const rebuild = (): void => {
    table = new Int32Array(2 * capacity);
    for (let slot = 0; slot < count; slot++) table[place(rows, slot * order)] = slot + 1;
  };
  const grow = (): void => {
    capacity *= 2;
    const [oldRows, oldValues] = [rows, values];
    rows = new Int32Array(capacity * order);
    rows.set(oldRows);
    values = new Float64Array(capacity);
    values.set(oldValues);
    rebuild();
  };
  return {
    size: () => count,
    slot: (points, offset) => {
      const found = place(points, offset);
      if (table[found] !== 0) return table[found] - 1;
      if (count === capacity) grow();
      for (let k = 0; k < order; k++) rows[count * order + k] = points[offset + k];
      const at = place(points, offset);
      table[at] = count + 1;
      return count++;
    },
    points: (first, length) => rows.subarray(first * order, (first + length) * order),
    values: () => values,
    truncate: (size) => {
      count = size;
      rebuild();
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
  for (let k = 0; k < order; k++) {
    h = Math.imul(h ^ points[offset + k], 0x01000193);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

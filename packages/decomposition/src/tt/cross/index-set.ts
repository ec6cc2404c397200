/** Indices of some modes in a row, [count, width]. */
export interface IndexSet {
  readonly count: number;
  readonly width: number;
  readonly rows: Int32Array;
}

/** The one index of no modes. */
export const EMPTY_INDEX: IndexSet = { count: 1, width: 0, rows: /* @__PURE__ */ new Int32Array(0) };

/** The distinct rows of several sets of one width, in order of their first appearance. */
export function union(sets: readonly IndexSet[]): IndexSet {
  const width = sets[0].width;
  const seen = new Set<string>();
  const kept: Int32Array[] = [];
  for (const { count, rows } of sets) {
    for (let s = 0; s < count; s++) {
      const row = rows.subarray(s * width, (s + 1) * width);
      const name = row.join();
      if (!seen.has(name)) kept.push(row);
      seen.add(name);
    }
  }
  return ofRows(kept, width);
}

/** Columns from … to - 1 of points [count, order], each row once. */
export function partsOf(points: Int32Array, order: number, from: number, to: number): IndexSet {
  const rows: Int32Array[] = [];
  for (let at = 0; at < points.length; at += order) rows.push(points.subarray(at + from, at + to));
  return union([ofRows(rows, to - from)]);
}

export function ofRows(list: readonly ArrayLike<number>[], width: number): IndexSet {
  const rows = new Int32Array(list.length * width);
  list.forEach((row, s) => {
    rows.set(row, s * width);
  });
  return { count: list.length, width, rows };
}

/** Rows (a, i) of `set` × {0 … n - 1} at the given places a·n + i. */
export function appended(set: IndexSet, n: number, places: Int32Array): IndexSet {
  const width = set.width + 1;
  const rows = new Int32Array(places.length * width);
  places.forEach((place, s) => {
    const a = Math.floor(place / n);
    rows.set(set.rows.subarray(a * set.width, (a + 1) * set.width), s * width);
    rows[s * width + set.width] = place % n;
  });
  return { count: places.length, width, rows };
}

/** Rows (i, b) of {0 … n - 1} × `set` at the given places i·count + b. */
export function prepended(set: IndexSet, places: Int32Array): IndexSet {
  const width = set.width + 1;
  const rows = new Int32Array(places.length * width);
  places.forEach((place, s) => {
    const b = place % set.count;
    rows[s * width] = Math.floor(place / set.count);
    rows.set(set.rows.subarray(b * set.width, (b + 1) * set.width), s * width + 1);
  });
  return { count: places.length, width, rows };
}

/** Points of left × {0 … n - 1} × right in row-major order, [left.count·n·right.count, order]. */
export function crossPoints(left: IndexSet, n: number, right: IndexSet): Int32Array {
  const order = left.width + 1 + right.width;
  const points = new Int32Array(left.count * n * right.count * order);
  let at = 0;
  for (let a = 0; a < left.count; a++) {
    for (let i = 0; i < n; i++) {
      for (let b = 0; b < right.count; b++) {
        for (let k = 0; k < left.width; k++) points[at++] = left.rows[a * left.width + k];
        points[at++] = i;
        for (let k = 0; k < right.width; k++) points[at++] = right.rows[b * right.width + k];
      }
    }
  }
  return points;
}

/** Places in candidates (a, i) or (i, b) that hold rows of `wanted`; the candidates have `width` columns. */
export function placesOf(wanted: IndexSet, candidates: IndexSet): number[] {
  const places = new Map<string, number>();
  const name = ({ rows, width }: IndexSet, s: number): string => rows.subarray(s * width, (s + 1) * width).join();
  for (let s = 0; s < candidates.count; s++) places.set(name(candidates, s), s);
  const found: number[] = [];
  for (let s = 0; s < wanted.count; s++) {
    const place = places.get(name(wanted, s));
    if (place !== undefined) found.push(place);
  }
  return found;
}

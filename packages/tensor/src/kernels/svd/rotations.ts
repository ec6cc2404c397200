/** Rotations that wait to be applied to columns of U and V. */
export interface Rotations {
  /** Cosines and sines for U and for V, sweep after sweep. */
  readonly uCos: Float64Array;
  readonly uSin: Float64Array;
  readonly vCos: Float64Array;
  readonly vSin: Float64Array;
  /** For each sweep: first column, step (1 or -1), number of rotations. */
  readonly sweeps: Int32Array;
  /** Sweeps and rotations that wait. */
  count: number;
  used: number;
  /** The factors: rows, row stride and elements; no rows where vectors are not wanted. */
  readonly u: Columns;
  readonly v: Columns;
}

interface Columns {
  readonly rows: number;
  readonly stride: number;
  readonly data: Float64Array;
}

const MOST_SWEEPS = 64;

/** Room for MOST_SWEEPS full sweeps of an n x n bidiagonal matrix, at most about 1 MB; for one at least. */
export function rotations(n: number, u: Columns, v: Columns): Rotations {
  const wanted = u.rows + v.rows > 0;
  const size = wanted ? Math.max(n, Math.min(MOST_SWEEPS * n, 2 ** 15)) : n;
  return {
    uCos: new Float64Array(size),
    uSin: new Float64Array(size),
    vCos: new Float64Array(size),
    vSin: new Float64Array(size),
    sweeps: new Int32Array(3 * MOST_SWEEPS),
    count: 0,
    used: 0,
    u,
    v,
  };
}

/** Makes room for a sweep of `length` rotations and returns where it starts. */
export function beginSweep(log: Rotations, start: number, step: number, length: number): number {
  if (log.count === MOST_SWEEPS || log.used + length > log.uCos.length) flush(log);
  const at = log.used;
  log.sweeps[3 * log.count] = start;
  log.sweeps[3 * log.count + 1] = step;
  log.sweeps[3 * log.count + 2] = length;
  log.count++;
  log.used += length;
  return at;
}

/** Applies everything that waits. */
export function flush(log: Rotations): void {
  rotateColumns(log.count, log.sweeps, log.uCos, log.uSin, log.u);
  rotateColumns(log.count, log.sweeps, log.vCos, log.vSin, log.v);
  log.count = 0;
  log.used = 0;
}

/**
 * Every sweep walks along a row and turns neighbours: (p, q) becomes (c·p + s·q, c·q - s·p), and the second goes on as the
 * first of the next pair. Four rows at a time share the loads of c and s and stay in the cache for all sweeps.
 */
function rotateColumns(
  count: number,
  sweeps: Int32Array,
  cos: Float64Array,
  sin: Float64Array,
  { rows, stride, data }: Columns,
): void {
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    let at = 0;
    for (let q = 0; q < count; q++) {
      const step = sweeps[3 * q + 1];
      const end = at + sweeps[3 * q + 2];
      let p0 = row * stride + sweeps[3 * q];
      let p1 = p0 + stride;
      let p2 = p1 + stride;
      let p3 = p2 + stride;
      let t0 = data[p0];
      let t1 = data[p1];
      let t2 = data[p2];
      let t3 = data[p3];
      for (; at < end; at++) {
        const c = cos[at];
        const s = sin[at];
        const x0 = data[p0 + step];
        data[p0] = c * t0 + s * x0;
        t0 = c * x0 - s * t0;
        p0 += step;
        const x1 = data[p1 + step];
        data[p1] = c * t1 + s * x1;
        t1 = c * x1 - s * t1;
        p1 += step;
        const x2 = data[p2 + step];
        data[p2] = c * t2 + s * x2;
        t2 = c * x2 - s * t2;
        p2 += step;
        const x3 = data[p3 + step];
        data[p3] = c * t3 + s * x3;
        t3 = c * x3 - s * t3;
        p3 += step;
      }
      data[p0] = t0;
      data[p1] = t1;
      data[p2] = t2;
      data[p3] = t3;
    }
  }
  for (; row < rows; row++) {
    let at = 0;
    for (let q = 0; q < count; q++) {
      const step = sweeps[3 * q + 1];
      const end = at + sweeps[3 * q + 2];
      let p = row * stride + sweeps[3 * q];
      let t = data[p];
      for (; at < end; at++) {
        const x = data[p + step];
        data[p] = cos[at] * t + sin[at] * x;
        t = cos[at] * x - sin[at] * t;
        p += step;
      }
      data[p] = t;
    }
  }
}

import { log2 } from '@neuronseek/tensor/math';

/** Eigenvalues of a real matrix, conjugate pairs next to each other, the one with positive imaginary part first. */
export interface Eigenvalues {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Steps after which an eigenvalue counts as lost; usual are two. */
const MOST_STEPS = 60;

/** After so many steps without an eigenvalue the shift is exceptional: cycles end there. */
const EXCEPTIONAL = 10;

/**
 * Eigenvalues of a real n × n matrix, or undefined where one does not converge (never observed): balancing by powers of 2, Hessenberg form by
 * stabilised elimination, Francis' double steps. Backward stable in practice. Cost: about 10·n³ flops.
 * (Francis 1961; Martin, Peters & Wilkinson 1970)
 */
export function eigenvalues(n: number, matrix: Float64Array): Eigenvalues | undefined {
  const h = matrix.slice();
  balance(n, h);
  hessenberg(n, h);
  const real = new Float64Array(n);
  const imaginary = new Float64Array(n);
  let norm = 0;
  for (const value of h) norm += Math.abs(value);
  let shift = 0;
  let end = n - 1;
  let steps = 0;
  while (end >= 0) {
    const start = deflation(n, h, end, norm);
    const x = h[end * n + end];
    if (start === end) {
      real[end] = x + shift;
      end--;
      steps = 0;
      continue;
    }
    const y = h[(end - 1) * n + end - 1];
    const product = h[end * n + end - 1] * h[(end - 1) * n + end];
    if (start === end - 1) {
      pair(x, y, product, shift, end, real, imaginary);
      end -= 2;
      steps = 0;
      continue;
    }
    if (steps === MOST_STEPS) return undefined;
    let shifts: readonly [number, number, number] = [x, y, product];
    if (steps > 0 && steps % EXCEPTIONAL === 0) {
      shift += x;
      for (let i = 0; i <= end; i++) h[i * n + i] -= x;
      const s = Math.abs(h[end * n + end - 1]) + Math.abs(h[(end - 1) * n + end - 2]);
      shifts = [0.75 * s, 0.75 * s, -0.4375 * s * s];
    }
    steps++;
    francisStep(n, h, start, end, shifts);
  }
  return { real, imaginary };
}

/** Rows and columns scaled to like sums of magnitudes. (Parlett & Reinsch 1969) */
function balance(n: number, a: Float64Array): void {
  for (let sweep = 0, isDone = false; !isDone && sweep < 100; sweep++) {
    isDone = true;
    for (let i = 0; i < n; i++) {
      let [row, column] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        row += Math.abs(a[i * n + j]);
        column += Math.abs(a[j * n + i]);
      }
      if (row === 0 || column === 0) continue;
      const factor = 2 ** Math.round(log2(row / column) / 2);
      if (!((column * factor + row / factor) / (column + row) < 0.95)) continue;
      isDone = false;
      for (let j = 0; j < n; j++) a[i * n + j] /= factor;
      for (let j = 0; j < n; j++) a[j * n + i] *= factor;
    }
  }
}

/** Similar matrix with zeros below the first subdiagonal, in place. */
function hessenberg(n: number, a: Float64Array): void {
  for (let m = 1; m < n - 1; m++) {
    let pivot = m;
    for (let i = m; i < n; i++) if (Math.abs(a[i * n + m - 1]) > Math.abs(a[pivot * n + m - 1])) pivot = i;
    if (pivot !== m) {
      for (let j = 0; j < n; j++) [a[pivot * n + j], a[m * n + j]] = [a[m * n + j], a[pivot * n + j]];
      for (let j = 0; j < n; j++) [a[j * n + pivot], a[j * n + m]] = [a[j * n + m], a[j * n + pivot]];
    }
    const head = a[m * n + m - 1];
    if (head === 0) continue;
    for (let i = m + 1; i < n; i++) {
      const factor = a[i * n + m - 1] / head;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) a[i * n + j] -= factor * a[m * n + j];
      for (let j = 0; j < n; j++) a[j * n + m] += factor * a[j * n + i];
      a[i * n + m - 1] = 0;
    }
  }
}

/** The first row of the block that ends at `end`: above it a subdiagonal entry is negligible, and set to zero. */
function deflation(n: number, h: Float64Array, end: number, norm: number): number {
  for (let l = end; l > 0; l--) {
    const around = Math.abs(h[(l - 1) * n + l - 1]) + Math.abs(h[l * n + l]) || norm;
    if (Math.abs(h[l * n + l - 1]) > 2 ** -52 * around) continue;
    h[l * n + l - 1] = 0;
    return l;
  }
  return 0;
}

/** Both eigenvalues of the last two rows. */
function pair(
  x: number,
  y: number,
  product: number,
  shift: number,
  end: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  const p = (y - x) / 2;
  const q = p * p + product;
  const root = Math.sqrt(Math.abs(q));
  if (q >= 0) {
    const z = p + (p < 0 ? -root : root);
    real[end - 1] = x + shift + z;
    real[end] = z === 0 ? real[end - 1] : x + shift - product / z;
    return;
  }
  real[end - 1] = x + shift + p;
  real[end] = real[end - 1];
  imaginary[end - 1] = root;
  imaginary[end] = -root;
}

/** One double step with the shifts whose sum and product are those of [x, y] and x·y - product, on rows start … end. */
function francisStep(
  n: number,
  h: Float64Array,
  start: number,
  end: number,
  [x, y, product]: readonly [number, number, number],
): void {
  // Where two consecutive subdiagonal entries are small, the step may begin there.
  let m = end - 2;
  let head = [0, 0, 0];
  for (; ; m--) {
    const z = h[m * n + m];
    const [r, s] = [x - z, y - z];
    const first = (r * s - product) / h[(m + 1) * n + m] + h[m * n + m + 1];
    const second = h[(m + 1) * n + m + 1] - z - r - s;
    const third = h[(m + 2) * n + m + 1];
    const sum = Math.abs(first) + Math.abs(second) + Math.abs(third);
    head = [first / sum, second / sum, third / sum];
    if (m === start) break;
    const before = Math.abs(h[(m - 1) * n + m - 1]) + Math.abs(z) + Math.abs(h[(m + 1) * n + m + 1]);
    const small = Math.abs(h[m * n + m - 1]) * (Math.abs(head[1]) + Math.abs(head[2]));
    if (small <= 2 ** -52 * Math.abs(head[0]) * before) break;
  }
  for (let i = m + 2; i <= end; i++) {
    h[i * n + i - 2] = 0;
    if (i > m + 2) h[i * n + i - 3] = 0;
  }
  for (let k = m; k < end; k++) {
    const isLast = k === end - 1;
    let scale = 1;
    let [p, q, r] = head;
    if (k > m) {
      p = h[k * n + k - 1];
      q = h[(k + 1) * n + k - 1];
      r = isLast ? 0 : h[(k + 2) * n + k - 1];
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const s = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r);
    if (s === 0) continue;
    if (k > m) h[k * n + k - 1] = -s * scale;
    else if (start !== m) h[k * n + k - 1] = -h[k * n + k - 1];
    p += s;
    reflect(n, h, k, end, isLast, [p / s, q / s, r / s], [q / p, r / p]);
  }
}

/** One reflection of three rows (two at the end) and the same columns. */
function reflect(
  n: number,
  h: Float64Array,
  k: number,
  end: number,
  isLast: boolean,
  [x, y, z]: readonly [number, number, number],
  [q, r]: readonly [number, number],
): void {
  for (let j = k; j <= end; j++) {
    const sum = h[k * n + j] + q * h[(k + 1) * n + j] + (isLast ? 0 : r * h[(k + 2) * n + j]);
    if (!isLast) h[(k + 2) * n + j] -= sum * z;
    h[(k + 1) * n + j] -= sum * y;
    h[k * n + j] -= sum * x;
  }
  for (let i = 0; i <= Math.min(end, k + 3); i++) {
    const sum = x * h[i * n + k] + y * h[i * n + k + 1] + (isLast ? 0 : z * h[i * n + k + 2]);
    if (!isLast) h[i * n + k + 2] -= sum * r;
    h[i * n + k + 1] -= sum * q;
    h[i * n + k] -= sum;
  }
}

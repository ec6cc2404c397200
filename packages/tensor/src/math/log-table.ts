import { productTail } from './double-double.js';

/** ln 2 in two parts; the first, like every second entry of the table, is a multiple of 2⁻⁴², so that k·ln 2 + entry is exact. */
export const LN2_HIGH = 0.6931471805598903;
export const LN2_LOW = 5.497923018708371e-14;

/** The high word of the smallest number that is reduced with exponent 0: 0.70703…, a boundary between cells of the table. */
export const ORIGIN = 0x3fe6a000;

/**
 * For each of 128 cells that divide [0.70703, 1.41406), three numbers: c = j/128 near the reciprocal of its middle, and −ln c in two
 * parts. Multiples of 1/128 have so few bits that z·c − 1 can be had exactly; around 1, c is 1.
 */
export const LOGS: Float64Array = /* @__PURE__ */ table();

function table(): Float64Array {
  const high = new Float64Array(192);
  const low = new Float64Array(192);
  // −ln(j/128) outwards from j = 128: neighbours differ by 2·atanh(1/(2m + 1)), m the smaller of the two.
  for (let j = 129; j < 192; j++) step(high, low, j, j - 1, 2 * j - 1, -1);
  for (let j = 127; j >= 64; j--) step(high, low, j, j + 1, 2 * j + 1, 1);
  const cells = new Float64Array(384);
  for (let i = 0; i < 128; i++) {
    const middle = i < 75 ? (181.5 + i) / 256 : (53.5 + i) / 128;
    const j = Math.floor(128 / middle + 0.5);
    const multiple = Math.floor(high[j] * 2 ** 42) / 2 ** 42;
    cells[3 * i] = j / 128;
    cells[3 * i + 1] = multiple;
    cells[3 * i + 2] = high[j] - multiple + low[j];
  }
  return cells;
}

/** Entry `to` from entry `from`, `sign`·2·atanh(1/n) away. */
function step(high: Float64Array, low: Float64Array, to: number, from: number, n: number, sign: number): void {
  const h = 2 / n;
  const p = h * n;
  const z = 1 / (n * n);
  const rest = (2 - p - productTail(h, n, p)) / n + h * z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9))));
  const sum = high[from] + sign * h;
  // Away from 128 the sums grow, but the first one adds to 0.
  low[to] = low[from] + sign * rest + (high[from] === 0 ? 0 : high[from] - sum + sign * h);
  high[to] = sum;
}

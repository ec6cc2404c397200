import { LN2_HIGH, LN2_LOW, LOGS } from '../../math/log-table.js';
import type { LaneEmitter } from './contract.js';
import { formula } from './formula.js';
import { gather } from './gather.js';

/** The entries of LOGS, with a fourth number so that they stand at multiples of 32 bytes. */
const CELLS: Float64Array = /* @__PURE__ */ new Float64Array(512).map((_, i) =>
  i % 4 === 3 ? 0 : LOGS[i - Math.floor(i / 4)],
);

/** The high words of two doubles, as the first two of four whole numbers. */
const HIGH_WORDS = [4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15];

/** The formula of log.ts in src/math, operation by operation. */
export const log64: LaneEmitter = (f, [x], lanes) => {
  const { op, add, sub, mul, keep, push, inside, horner, shift, shuffle } = formula(f, lanes);
  inside(op('v128.and', op('f64x2.ge', x, 2.2250738585072014e-308), op('f64x2.lt', x, Number.POSITIVE_INFINITY)));
  // ORIGIN is the high word of this number; its low word is 0.
  const cell = keep(op('i64x2.sub', x, 0.70703125));
  const bytes = (lane: number): void => {
    f.get(cell)
      .lane('i32x4.extract_lane', 2 * lane + 1)
      .i32(13)
      .op('i32.shr_u')
      .i32(127)
      .op('i32.and');
    f.i32(5).op('i32.shl');
  };
  const [c, first] = gather(f, lanes, CELLS, bytes);
  const [second] = gather(f, lanes, CELLS, bytes, 16);
  const exponents = shift('i32x4.shr_s', shuffle(HIGH_WORDS, cell, cell), 20);
  const k = keep(op('f64x2.convert_low_i32x4_s', exponents));
  const z = keep(op('i64x2.sub', x, op('v128.and', cell, Number.NEGATIVE_INFINITY)));
  const top = keep(sub(add(z, 6442450944), 6442450944));
  const rh = keep(sub(mul(top, c), 1));
  const rl = keep(mul(sub(z, top), c));
  const r = keep(add(rh, rl));
  const w = keep(add(mul(k, LN2_HIGH), first));
  const h = keep(add(w, r));
  const s = keep(mul(r, r));
  const pair = (a: number, b: number) => mul(r, horner(r, a, b));
  const p = add(
    pair(0.33333333333333415, -0.2500000000000007),
    mul(s, add(pair(0.1999999997670594, -0.16666666645701986), mul(s, pair(0.14286731798954358, -0.1250091576286902)))),
  );
  const low = add(add(sub(w, h), r), add(add(sub(rh, r), rl), add(mul(k, LN2_LOW), second)));
  push(add(h, add(mul(s, sub(p, 0.5)), low)));
};

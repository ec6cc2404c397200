import { EXP_HIGH, EXP_LOW, EXP_REST, STEP_HIGH, STEP_LOW, STEPS } from '../../math/exp-table.js';
import { ROUND } from '../../math/tables.js';
import type { Code, Local } from '../../wasm/assembler/code.js';
import type { LaneEmitter } from './contract.js';
import { type Formula, formula, type Term } from './formula.js';
import { gather } from './gather.js';

// The formulas of exp.ts, tanh.ts and sigmoid.ts in src/math, operation by operation, so that the bits are the same.

/** 2^(j/128) as the sum of two numbers, one after the other: one load finds both. */
const PAIRS: Float64Array = /* @__PURE__ */ pairs(EXP_LOW);
/** The same for sigmoid and tanh, with what the first number has lost as a part of the argument. */
const RESTS: Float64Array = /* @__PURE__ */ pairs(EXP_REST);

function pairs(second: Float64Array): Float64Array {
  return new Float64Array(256).map((_, i) => (i % 2 === 0 ? EXP_HIGH[i / 2] : second[(i - 1) / 2]));
}

/** How far from the beginning of such a table the pair for j stands, by the low half of `rounded`, whose bits are those of 128·k + j. */
function entry(f: Code, rounded: Local): (lane: number) => void {
  return (lane) => {
    f.get(rounded)
      .lane('i32x4.extract_lane', 2 * lane)
      .i32(127)
      .op('i32.and')
      .i32(4)
      .op('i32.shl');
  };
}

/** 2^k as the bits that it adds to those of a number; those of −∞ are the sign and the exponent. */
function exponentOf(rounded: Local, { op, shift }: Formula): Term {
  return op('v128.and', shift('i64x2.shl', rounded, 45), Number.NEGATIVE_INFINITY);
}

export const exp64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, abs, add, sub, mul, keep, push, inside, horner } = by;
  inside(op('f64x2.lt', abs(x), 708));
  const rounded = keep(add(mul(x, STEPS), ROUND));
  const n = keep(sub(rounded, ROUND));
  const r = keep(sub(sub(x, mul(n, STEP_HIGH)), mul(n, STEP_LOW)));
  const p = add(r, mul(mul(r, r), horner(r, 0.5, 0.16666666666666666, 0.041666674304789805, 0.008333334424493757)));
  const [high, low] = gather(f, lanes, PAIRS, entry(f, rounded));
  // The result is a normal number, so that adding to its exponent is multiplying.
  push(op('i64x2.add', add(high, add(low, mul(high, p))), exponentOf(rounded, by)));
};

export const sigmoid64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, abs, add, sub, mul, div, keep, push, inside, horner } = by;
  inside(op('f64x2.lt', abs(x), 36.7));
  const a = keep(op('v128.xor', x, -0));
  const rounded = keep(add(mul(a, STEPS), ROUND));
  const n = keep(sub(rounded, ROUND));
  const [high, rest] = gather(f, lanes, RESTS, entry(f, rounded));
  const r = keep(sub(sub(a, mul(n, STEP_HIGH)), sub(mul(n, STEP_LOW), rest)));
  const p = add(r, mul(mul(r, r), horner(r, 0.5, 0.16666666666666666, 0.041666674304789805, 0.008333334424493757)));
  const power = keep(op('i64x2.add', high, exponentOf(rounded, by)));
  const l = keep(mul(power, p));
  const e = keep(add(power, l));
  const d = keep(add(1, e));
  const q = keep(div(1, d));
  push(sub(q, mul(mul(q, q), add(sub(e, sub(d, 1)), add(sub(power, e), l)))));
};

export const tanh64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, abs, add, sub, mul, div, keep, push, horner, choose } = by;
  const a = keep(abs(x));
  const twice = keep(add(a, a));
  const rounded = keep(add(mul(twice, STEPS), ROUND));
  const n = keep(sub(rounded, ROUND));
  const t = keep(sub(twice, mul(n, STEP_HIGH)));
  const [high, rest] = gather(f, lanes, RESTS, entry(f, rounded));
  const m = keep(sub(mul(n, STEP_LOW), rest));
  const r = keep(sub(t, m));
  const s = keep(mul(r, r));
  const p = mul(
    s,
    add(
      horner(r, 0.4999999999999767, 0.16666666666666666),
      mul(s, horner(r, 0.04166667939432499, 0.008333333333333333)),
    ),
  );
  const power = keep(op('i64x2.add', high, exponentOf(rounded, by)));
  const c = keep(sub(power, 1));
  const h = keep(add(c, t));
  const l = keep(add(add(sub(c, h), t), sub(add(mul(c, r), mul(power, p)), m)));
  const e = keep(add(h, l));
  const d = keep(add(e, 2));
  const q = keep(div(e, d));
  const lost = keep(add(sub(h, e), l));
  const correction = sub(lost, mul(q, add(sub(e, sub(d, 2)), lost)));
  const y = choose(op('f64x2.ge', a, 18.714973875118524), 1, add(q, mul(correction, sub(0.5, mul(0.5, q)))));
  push(op('v128.or', y, op('v128.and', x, -0)));
};

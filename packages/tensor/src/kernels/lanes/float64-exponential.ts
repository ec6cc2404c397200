import { EXP_HIGH, EXP_LOW, STEP_HIGH, STEP_LOW, STEPS } from '../../math/exp-table.js';
import { ROUND } from '../../math/tables.js';
import type { Code, Local } from '../../wasm/assembler/code.js';
import type { LaneEmitter, Lanes } from './contract.js';
import { type Formula, formula, type Term } from './formula.js';
import { gather } from './gather.js';

// The formulas of exp.ts, tanh.ts and sigmoid.ts in src/math, operation by operation, so that the bits are the same.

/** 2^(j/128) as the sum of two numbers, one after the other: one load finds both. */
const PAIRS: Float64Array = /* @__PURE__ */ new Float64Array(256).map((_, i) =>
  i % 2 === 0 ? EXP_HIGH[i / 2] : EXP_LOW[(i - 1) / 2],
);

interface Parts {
  /** The entry of the table. */
  readonly t: Local;
  /** What is to be added to it. */
  readonly l: Local;
  /** 2^k as the bits that it adds to those of a number. */
  readonly exponent: Term;
}

/** exp x = (t + l)·2^k. */
function expParts(f: Code, x: Term, lanes: Lanes, { op, add, sub, mul, keep, horner, shift }: Formula): Parts {
  const a = keep(x);
  // The low half of this double has the bits of the whole number 128·k + j.
  const rounded = keep(add(mul(a, STEPS), ROUND));
  const n = keep(sub(rounded, ROUND));
  const r = keep(sub(sub(a, mul(n, STEP_HIGH)), mul(n, STEP_LOW)));
  const tail = horner(r, 0.5, 0.16666666666666666, 0.041666674304789805, 0.008333334424493757);
  const p = add(r, mul(mul(r, r), tail));
  const [t, low] = gather(f, lanes, PAIRS, (lane) => {
    f.get(rounded)
      .lane('i32x4.extract_lane', 2 * lane)
      .i32(127)
      .op('i32.and')
      .i32(4)
      .op('i32.shl');
  });
  const l = keep(add(low, mul(t, p)));
  // The bits of −∞ are those of the sign and the exponent.
  return { t, l, exponent: op('v128.and', shift('i64x2.shl', rounded, 45), Number.NEGATIVE_INFINITY) };
}

/** e, its reciprocal or the like need e = (t + l)·2^k as a number, and what its rounding lost. */
function expSum(parts: Parts, { op, add, sub, mul, keep }: Formula): { readonly e: Local; readonly lost: Term } {
  const { t, l, exponent } = parts;
  const power = keep(op('i64x2.add', exponent, 1));
  const h = keep(add(t, l));
  const e = keep(mul(h, power));
  return { e, lost: mul(add(sub(t, h), l), power) };
}

export const exp64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  by.require(by.op('f64x2.lt', by.abs(x), 708));
  const { t, l, exponent } = expParts(f, x, lanes, by);
  // The result is a normal number, so that adding to its exponent is multiplying.
  by.push(by.op('i64x2.add', by.add(t, l), exponent));
};

export const sigmoid64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, abs, add, sub, mul, div, keep, push, require } = by;
  require(op('f64x2.lt', abs(x), 40));
  const { e, lost } = expSum(expParts(f, op('f64x2.neg', x), lanes, by), by);
  const d = keep(add(1, e));
  const q = keep(div(1, d));
  const c = keep(sub(d, 1));
  const sumTail = add(sub(1, sub(d, c)), sub(e, c));
  push(sub(q, mul(mul(q, q), add(sumTail, lost))));
};

export const tanh64: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, abs, add, sub, mul, div, keep, push, horner, choose } = by;
  // Where the result is 1, the formula gives it, for 22 as for more.
  const a = keep(op('f64x2.pmin', abs(x), 22));
  const z = keep(mul(a, a));
  const p = horner(
    z,
    0.13333333333333042,
    -0.05396825396789699,
    0.021869488519008305,
    -0.008863235103240878,
    0.0035921217511549622,
    -0.0014557754120478055,
    0.0005896606577757043,
    -0.0002375906496055562,
    9.257116129556769e-5,
    -3.12011014257974e-5,
    6.485163482793113e-6,
  );
  const near = keep(add(a, mul(mul(a, z), add(-0.3333333333333333, mul(z, p)))));
  const { e, lost } = expSum(expParts(f, mul(2, a), lanes, by), by);
  const d = keep(add(e, 1));
  const q = keep(div(2, d));
  const far = sub(1, sub(q, mul(mul(mul(0.5, q), q), add(add(sub(e, d), 1), lost))));
  const y = choose(op('f64x2.lt', a, 0.625), near, far);
  push(op('v128.or', y, op('v128.and', x, -0)));
};

import { LN2_HIGH_32, LN2_LOW_32, LOG2_E_32, LOG2_E_SQUARED_32, ROUND_32 } from '../../math/float32.js';
import type { Local } from '../../wasm/assembler/code.js';
import type { LaneEmitter } from './contract.js';
import { type Formula, formula, type Term } from './formula.js';

// The formulas of float32.ts in src/math, operation by operation. Polynomials are split in two where a chain of products would be waited for.

/** eˣ = 2ⁿ·(1 + rest), and 2ⁿ as the bits that it adds to those of a number. */
function expParts(x: Local, { op, abs, add, sub, mul, keep, inside, horner, shift }: Formula): readonly [Term, Term] {
  inside(op('f32x4.lt', abs(x), 87));
  const rounded = keep(add(mul(x, LOG2_E_32), ROUND_32));
  const n = keep(sub(rounded, ROUND_32));
  const r = keep(sub(sub(x, mul(n, LN2_HIGH_32)), mul(n, LN2_LOW_32)));
  const s = keep(mul(r, r));
  const high = horner(r, 0.008369418792426586, 0.0013813144760206342);
  const tail = add(horner(r, 0.16666515171527863, 0.04166845604777336), mul(s, high));
  const rest = add(r, mul(s, add(0.4999999403953552, mul(r, tail))));
  return [rest, shift('i32x4.shl', rounded, 23)];
}

export const exp32x4: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const [rest, exponent] = expParts(x, by);
  by.push(by.op('i32x4.add', by.add(1, rest), exponent));
};

export const tanh32x4: LaneEmitter = (f, [x], lanes) => {
  const { op, abs, add, sub, mul, div, keep, push, horner, shift, choose } = formula(f, lanes);
  const a = keep(op('f32x4.pmin', abs(x), 9.100000381469727));
  const z = keep(mul(a, a));
  const p = horner(z, -0.33332958817481995, 0.13320907950401306, -0.05268097668886185, 0.01645202748477459);
  const near = keep(add(a, mul(mul(a, z), p)));
  const t = keep(mul(a, LOG2_E_SQUARED_32));
  const rounded = keep(add(t, ROUND_32));
  const r = keep(sub(t, sub(rounded, ROUND_32)));
  const s = keep(mul(r, r));
  const high = horner(r, 0.009618449956178665, 0.0013400169555097818, 0.0001535231713205576);
  const low: Term = add(horner(r, 0.24022647738456726, 0.05550329387187958), mul(s, high));
  const e = op('i32x4.add', add(horner(r, 1, 0.6931471824645996), mul(s, low)), shift('i32x4.shl', rounded, 23));
  const y = choose(op('f32x4.lt', a, 0.550000011920929), near, sub(1, div(2, add(e, 1))));
  push(op('v128.or', y, op('v128.and', x, -0)));
};

export const sigmoid32x4: LaneEmitter = (f, [x], lanes) => {
  const by = formula(f, lanes);
  const { op, add, sub, mul, div, keep, push } = by;
  const [rest, exponent] = expParts(keep(op('v128.xor', x, -0)), by);
  const t = keep(rest);
  const bits = keep(exponent);
  const h = keep(add(1, t));
  const e = keep(op('i32x4.add', h, bits));
  const d = keep(add(1, e));
  const q = keep(div(1, d));
  const lost = add(sub(e, sub(d, 1)), mul(add(sub(1, h), t), op('i32x4.add', bits, 1)));
  push(sub(q, mul(q, mul(q, lost))));
};

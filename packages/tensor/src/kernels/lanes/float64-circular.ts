import { ROUND } from '../../math/tables.js';
import type { LaneEmitter } from './contract.js';
import { formula, type Term } from './formula.js';

const LOW_WORDS = [0, 1, 2, 3, 0, 1, 2, 3, 8, 9, 10, 11, 8, 9, 10, 11];

/** The formulas of sin.ts and reduce-angle.ts in src/math, operation by operation, with both polynomials for every lane. */
function circular(cosine: boolean): LaneEmitter {
  return (f, [x], lanes) => {
    const { op, abs, add, sub, mul, keep, push, inside, horner, shift, shuffle, choose } = formula(f, lanes);
    const rounded = keep(add(mul(x, 0.6366197723675814), ROUND));
    const n = keep(sub(rounded, ROUND));
    const p = keep(mul(n, 6.077100506303966e-11));
    const a = keep(sub(x, mul(n, 1.5707963267341256)));
    const b = keep(sub(a, p));
    const away = op('v128.or', op('f64x2.ge', abs(b), 2 ** -12), op('f64x2.eq', n, 0));
    inside(op('v128.and', op('f64x2.lt', abs(n), 1048576), away));
    const q = keep(sub(mul(n, 2.0222662487959506e-21), sub(sub(a, b), p)));
    const y = keep(sub(b, q));
    const yl = keep(sub(sub(b, y), q));
    const z = keep(mul(y, y));
    const s = keep(mul(z, z));
    const sine = add(
      add(-0.16666666666666666, mul(z, 0.008333333333330936)),
      mul(
        s,
        add(
          horner(z, -0.00019841269836740532, 2.7557316093198404e-6),
          mul(s, horner(z, -2.5051129896450185e-8, 1.5917988979397435e-10)),
        ),
      ),
    );
    const sinNear = keep(add(y, add(mul(mul(y, z), sine), mul(yl, sub(1, mul(0.5, z))))));
    const tail = add(
      horner(z, 0.041666666666666664, -0.0013888888888887389),
      mul(
        s,
        add(
          horner(z, 2.48015872987544e-5, -2.755731726587808e-7),
          mul(s, horner(z, 2.087614504941318e-9, -1.138254464534925e-11)),
        ),
      ),
    );
    const half = keep(mul(0.5, z));
    const w = keep(sub(1, half));
    const cosNear = keep(add(w, add(sub(sub(1, w), half), sub(mul(s, tail), mul(y, yl)))));
    // The low bits of `rounded` are those of n: the last one chooses, the one before it is the sign.
    const odd = shift('i32x4.shr_s', shift('i32x4.shl', shuffle(LOW_WORDS, rounded, rounded), 31), 31);
    const value: Term = cosine ? choose(odd, sinNear, cosNear) : choose(odd, cosNear, sinNear);
    const turns: Term = cosine ? add(rounded, 1) : rounded;
    const signed = op('v128.xor', value, op('v128.and', shift('i64x2.shl', turns, 62), -0));
    push(cosine ? signed : choose(op('f64x2.lt', abs(x), 1e-8), x, signed));
  };
}

export const sin64: LaneEmitter = /* @__PURE__ */ circular(false);
export const cos64: LaneEmitter = /* @__PURE__ */ circular(true);

import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

/** Elements of one turn of the loop: two vectors of float64 numbers, which are one of float32. */
export const ADAM_LANES = 4;

const LOW_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/**
 * One Adam step, exported as
 *
 *     run(n, out, theta, gradient, mean, square, newMean, newSquare, β₁, 1 − β₁, β₂, 1 − β₂, ε, weightDecay, ρ, κ)
 *
 * with addresses in bytes; n >= 4 is a multiple of ADAM_LANES, and nothing behind n elements is touched. Parameters and gradients are float32
 * where `single`, moments float64. Lanes run over elements.
 */
export function buildAdam(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const params = Array.from({ length: 16 }, (_, i): ValueType => (i < 8 ? 'i32' : 'f64'));
  module.addFunction({ params, exported: 'run' }, (f, [n, out, theta, gradient, mean, square, ...rest]) => {
    const [newMean, newSquare, ...factors] = rest;
    const shared = factors.map((factor) => {
      const vector = f.local('v128');
      f.get(factor).op('f64x2.splat').set(vector);
      return vector;
    });
    const moved = [f.local('v128'), f.local('v128')];
    const scratch = [f.local('v128'), f.local('v128'), f.local('v128')];
    const load = (from: Local, half: number): void => {
      if (single)
        f.get(from)
          .memory('v128.load64_zero', 8 * half, 4)
          .op('f64x2.promote_low_f32x4');
      else f.get(from).memory('v128.load', 16 * half, 8);
    };
    f.loop((next) => {
      moved.forEach((result, half) => {
        load(theta, half);
        f.set(result);
        load(gradient, half);
        update(f, half, result, [mean, square, newMean, newSquare], shared, scratch);
      });
      if (single) {
        f.get(out);
        for (const half of moved) f.get(half).op('f32x4.demote_f64x2_zero');
        f.shuffle(LOW_HALVES).memory('v128.store', 0, 4);
      } else {
        moved.forEach((half, i) => {
          f.get(out)
            .get(half)
            .memory('v128.store', 16 * i, 8);
        });
      }
      for (const pointer of [out, theta, gradient]) advance(f, pointer, single ? 16 : 32);
      for (const pointer of [mean, square, newMean, newSquare]) advance(f, pointer, 32);
      f.get(n).i32(ADAM_LANES).op('i32.sub').tee(n).brIf(next);
    });
  });
  return module;
}

/** From the gradient on the stack and θ in `theta`: the new moments, stored, and the new θ. */
function update(
  f: Code,
  half: number,
  theta: Local,
  [mean, square, newMean, newSquare]: readonly Local[],
  [beta1, rest1, beta2, rest2, epsilon, weightDecay, rate, correction]: readonly Local[],
  [g, m, v]: readonly Local[],
): void {
  const at = 16 * half;
  f.get(weightDecay).get(theta).op('f64x2.mul').op('f64x2.add').set(g);
  f.get(newMean);
  f.get(beta1).get(mean).memory('v128.load', at, 8).op('f64x2.mul');
  f.get(rest1).get(g).op('f64x2.mul').op('f64x2.add').tee(m).memory('v128.store', at, 8);
  f.get(newSquare);
  f.get(beta2).get(square).memory('v128.load', at, 8).op('f64x2.mul');
  f.get(rest2).get(g).op('f64x2.mul').get(g).op('f64x2.mul').op('f64x2.add').tee(v).memory('v128.store', at, 8);
  f.get(theta).get(rate).get(m).op('f64x2.mul');
  f.get(v).get(correction).op('f64x2.mul').op('f64x2.sqrt').get(epsilon).op('f64x2.add').op('f64x2.div');
  f.op('f64x2.sub').set(theta);
}

function advance(f: Code, pointer: Local, bytes: number): void {
  f.get(pointer).i32(bytes).op('i32.add').set(pointer);
}

import type { Code, Local } from '../../wasm/assembler/code.js';
import { sumBlockSize } from './sum.js';

/** Leaves on the stack the two float64 numbers that stand `index` elements behind `at`, widened where `single`. */
export function pushPair(f: Code, at: Local, index: number, single: boolean): Code {
  f.get(at);
  return single
    ? f.memory('v128.load64_zero', 4 * index, 4).op('f64x2.promote_low_f32x4')
    : f.memory('v128.load', 8 * index, 8);
}

export function pushElement(f: Code, at: Local, single: boolean): Code {
  f.get(at);
  return single ? f.memory('f32.load').op('f64.promote_f32') : f.memory('f64.load');
}

/** Leaves on the stack how many of n > 128 elements come first: sumSplit. */
export function pushHalf(f: Code, n: Local): Code {
  return f
    .get(n)
    .i32(2 * sumBlockSize - 1)
    .op('i32.add')
    .i32(Math.log2(2 * sumBlockSize))
    .op('i32.shr_u')
    .i32(Math.log2(sumBlockSize))
    .op('i32.shl');
}

export function advance(f: Code, local: Local, amount: number): Code {
  return f.get(local).i32(amount).op('i32.add').set(local);
}

/** The sum of the two numbers on the stack goes to `target`. */
export function addTo(f: Code, target: Local): Code {
  return f.op('i32.add').set(target);
}

/** Runs `body` once for every `step` that `left`, a positive multiple of it, contains; leaves it at 0. */
export function repeat(f: Code, left: Local, step: number, body: () => void): void {
  f.loop((again) => {
    body();
    f.get(left).i32(step).op('i32.sub').tee(left).brIf(again);
  });
}

/** Vectors that stand one after another at `at`, of elements of `size` bytes. */
export function loadAll(f: Code, vectors: readonly Local[], at: Local, size: number): void {
  for (const [j, vector] of vectors.entries()) {
    f.get(at)
      .memory('v128.load', 16 * j, size)
      .set(vector);
  }
}

export function storeAll(f: Code, vectors: readonly Local[], at: Local, size: number): void {
  for (const [j, vector] of vectors.entries()) {
    f.get(at)
      .get(vector)
      .memory('v128.store', 16 * j, size);
  }
}

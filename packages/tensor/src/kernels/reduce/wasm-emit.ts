import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/** Columns that are worked on together: the widths that kernels of columns take are multiples of it. */
export const COLUMN_GROUP = 8;
/** Bytes of the running values that are in registers at a time: four vectors. */
export const STATE = 64;

export function advance(f: Code, local: Local, amount: number): Code {
  return f.get(local).i32(amount).op('i32.add').set(local);
}

/** The sum of the two numbers on the stack goes to `target`. */
export function addTo(f: Code, target: Local): Code {
  return f.op('i32.add').set(target);
}

export function vectors(f: Code, count: number): Local[] {
  return Array.from({ length: count }, () => f.local('v128'));
}

/** Runs `body` once for every `step` that `left`, a positive multiple of it, contains; leaves it at 0. */
export function repeat(f: Code, left: Local, step: number, body: () => void): void {
  f.loop((again) => {
    body();
    f.get(left).i32(step).op('i32.sub').tee(left).brIf(again);
  });
}

/** Runs `body` as long as `left` contains a whole `step`; what is left stays there. */
export function inSteps(f: Code, left: Local, step: number, body: () => void): void {
  const more = (): Code =>
    f
      .get(left)
      .i32(step - 1)
      .op('i32.gt_u');
  more().if(() => {
    f.loop((again) => {
      body();
      advance(f, left, -step);
      more().brIf(again);
    });
  });
}

/** Vectors that stand one after another at `at`, of elements of `size` bytes. */
export function loadAll(f: Code, targets: readonly Local[], at: Local, size: number): void {
  for (const [j, vector] of targets.entries()) {
    f.get(at)
      .memory('v128.load', 16 * j, size)
      .set(vector);
  }
}

/**
 * `terms` rows at a time go into running values, which are so loaded and stored once for all of them:
 *
 *     f(count, state, x, stride)    addresses and strides in bytes, count >= 1
 *
 * for `count` times 64 bytes of state and `step` bytes of each row; `take` lets four running vectors take in what stands at a place in a row.
 */
export function defineRows(
  module: ModuleBuilder,
  terms: number,
  step: number,
  take: (f: Code, state: readonly Local[], row: Local) => void,
): FunctionReference {
  return module.addFunction({ params: ['i32', 'i32', 'i32', 'i32'] }, (f, [count, at, x, stride]) => {
    const rows = [x, ...Array.from({ length: terms - 1 }, () => f.local('i32'))];
    const state = vectors(f, STATE / 16);
    for (let t = 1; t < terms; t++) addTo(f.get(rows[t - 1]).get(stride), rows[t]);
    repeat(f, count, 1, () => {
      loadAll(f, state, at, 4);
      for (const row of rows) {
        take(f, state, row);
        advance(f, row, step);
      }
      for (const [j, vector] of state.entries()) {
        f.get(at)
          .get(vector)
          .memory('v128.store', 16 * j, 4);
      }
      advance(f, at, STATE);
    });
  });
}

import type { Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const DOUBLE = 8;
const VECTOR = 16;
/** Bytes of two vectors that make both first elements, both second ones, and the second of the one before the second of the other. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND = FIRST.map((byte) => byte + DOUBLE);

/**
 * The pass of SymmetricUpdate, exported as `run(size, a, rowBytes, v, w, x, p)` with addresses and distances in bytes. Two columns a vector, so that
 * the two partial sums of a row are the lanes of one. Requires size >= 1.
 */
export function buildSymmetricUpdate(): ModuleBuilder {
  const module = new ModuleBuilder();
  const params: ValueType[] = Array.from({ length: 7 }, () => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [size, a, rowBytes, v, w, x, p]) => {
    const [upper, lower, left, vAt, wAt, xAt, pAt] = Array.from({ length: 7 }, () => f.local('i32'));
    const [v0, v1, w0, w1, x0, x1, sum0, sum1, vj, wj, y0, y1, zero] = Array.from({ length: 13 }, () =>
      f.local('v128'),
    );
    const load = (pointer: Local): void => {
      f.get(pointer).memory('v128.load', 0, DOUBLE);
    };
    const advance = (pointer: Local): void => {
      f.get(pointer).i32(VECTOR).op('i32.add').set(pointer);
    };
    /** y = the two elements at `row`, updated. */
    const update = (row: Local, y: Local, vi: Local, wi: Local): void => {
      load(row);
      f.get(vi).get(wj).op('f64x2.mul').get(wi).get(vj).op('f64x2.mul').op('f64x2.add').op('f64x2.sub').set(y);
      f.get(row).get(y).memory('v128.store', 0, DOUBLE);
    };

    f.get(p).set(pAt).get(size).set(left);
    f.loop((next) => {
      f.get(pAt).get(zero).memory('v128.store', 0, DOUBLE);
      advance(pAt);
      f.get(left).i32(2).op('i32.sub').tee(left).i32(0).op('i32.gt_s').brIf(next);
    });

    f.loop((nextPair) => {
      for (const [pointer, first, second] of [
        [v, v0, v1],
        [w, w0, w1],
        [x, x0, x1],
      ] as const) {
        f.get(pointer).memory('v128.load64_splat').set(first);
        f.get(pointer).memory('v128.load64_splat', DOUBLE).set(second);
      }
      f.get(v).set(vAt).get(w).set(wAt).get(x).set(xAt).get(p).set(pAt);
      f.get(a).tee(upper).get(rowBytes).op('i32.add').set(lower);
      load(vAt);
      f.set(vj);
      load(wAt);
      f.set(wj);
      update(upper, y0, v0, w0);
      update(lower, y1, v1, w1);
      load(xAt);
      f.get(y0).op('f64x2.mul').set(sum0);
      load(xAt);
      f.get(y0).get(y1).shuffle(SECOND).op('f64x2.mul').set(sum1);

      f.get(size)
        .i32(2)
        .op('i32.sub')
        .tee(left)
        .i32(0)
        .op('i32.gt_s')
        .if(() => {
          f.loop((nextColumns) => {
            for (const pointer of [upper, lower, vAt, wAt, xAt, pAt]) advance(pointer);
            load(vAt);
            f.set(vj);
            load(wAt);
            f.set(wj);
            update(upper, y0, v0, w0);
            update(lower, y1, v1, w1);
            f.get(pAt);
            load(pAt);
            f.get(y0).get(x0).op('f64x2.mul').op('f64x2.add').get(y1).get(x1).op('f64x2.mul').op('f64x2.add');
            f.memory('v128.store', 0, DOUBLE);
            load(xAt);
            f.tee(vj).get(y0).op('f64x2.mul').get(sum0).op('f64x2.add').set(sum0);
            f.get(vj).get(y1).op('f64x2.mul').get(sum1).op('f64x2.add').set(sum1);
            f.get(left).i32(2).op('i32.sub').tee(left).i32(0).op('i32.gt_s').brIf(nextColumns);
          });
        });
      f.get(p);
      load(p);
      f.get(sum0).get(sum1).shuffle(FIRST).get(sum0).get(sum1).shuffle(SECOND).op('f64x2.add').op('f64x2.add');
      f.memory('v128.store', 0, DOUBLE);

      f.get(a).get(rowBytes).i32(1).op('i32.shl').op('i32.add').i32(VECTOR).op('i32.add').set(a);
      for (const pointer of [v, w, x, p]) advance(pointer);
      f.get(size).i32(2).op('i32.sub').tee(size).i32(0).op('i32.gt_s').brIf(nextPair);
    });
  });
  return module;
}

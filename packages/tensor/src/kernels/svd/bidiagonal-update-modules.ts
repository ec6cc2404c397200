import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const DOUBLE = 8;
const VECTOR = 16;
/** Rows of the product that are summed side by side: as many as hide the latency of an addition. */
const ROWS = 4;
/** Bytes of two vectors that make both first elements, and both second ones. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND = FIRST.map((byte) => byte + DOUBLE);

/**
 * The pass of BlockUpdate, exported as `run(rows, cols, a, rowBytes, left, x, next, y, right, sum)` with addresses and distances in bytes, two columns
 * a vector. Requires rows, cols >= 1.
 */
export function buildBlockUpdate(): ModuleBuilder {
  const module = new ModuleBuilder();
  module.addFunction(signature(10), (f, [rows, cols, a, rowBytes, left, x, next, y, right, sum]) => {
    const [upper, lower, offset, end] = locals(f, 4, 'i32');
    const [left0, left1, x0, x1, next0, next1, yj, rj, above, zero] = locals(f, 10, 'v128');
    /** Leaves the two elements at `row`, updated and stored, in `above`. */
    const update = (row: Local, li: Local, xi: Local): void => {
      f.get(row).memory('v128.load', 0, DOUBLE);
      f.get(li).get(yj).op('f64x2.mul').get(xi).get(rj).op('f64x2.mul').op('f64x2.add').op('f64x2.sub').set(above);
      f.get(row).get(above).memory('v128.store', 0, DOUBLE);
    };
    const loadAt = (start: Local): void => {
      f.get(start).get(offset).op('i32.add').memory('v128.load', 0, DOUBLE);
    };

    f.get(cols).i32(1).op('i32.add').i32(-2).op('i32.and').i32(3).op('i32.shl').set(end);
    f.loop((nextColumns) => {
      f.get(sum).get(offset).op('i32.add').get(zero).memory('v128.store', 0, DOUBLE);
      advance(f, offset, VECTOR);
      f.get(offset).get(end).op('i32.ne').brIf(nextColumns);
    });
    f.loop((nextPair) => {
      for (const [pointer, first, second] of [
        [left, left0, left1],
        [x, x0, x1],
        [next, next0, next1],
      ] as const) {
        f.get(pointer).memory('v128.load64_splat').set(first);
        f.get(pointer).memory('v128.load64_splat', DOUBLE).set(second);
        advance(f, pointer, VECTOR);
      }
      f.get(a).tee(upper).get(rowBytes).op('i32.add').tee(lower).get(rowBytes).op('i32.add').set(a);
      f.i32(0).set(offset);
      f.loop((nextColumns) => {
        loadAt(y);
        f.set(yj);
        loadAt(right);
        f.set(rj);
        f.get(sum).get(offset).op('i32.add');
        loadAt(sum);
        update(upper, left0, x0);
        f.get(next0).get(above).op('f64x2.mul');
        update(lower, left1, x1);
        f.get(next1).get(above).op('f64x2.mul').op('f64x2.add').op('f64x2.add').memory('v128.store', 0, DOUBLE);
        for (const pointer of [upper, lower, offset]) advance(f, pointer, VECTOR);
        f.get(offset).get(end).op('i32.ne').brIf(nextColumns);
      });
      advance(f, rows, -2);
      f.get(rows).i32(0).op('i32.gt_s').brIf(nextPair);
    });
  });
  return module;
}

/**
 * BlockProduct, exported as `run(rows, cols, a, rowBytes, v, product)` with addresses and distances in bytes; the two partial sums of a row are
 * the lanes of one vector. Requires rows, cols >= 1.
 */
export function buildBlockProduct(): ModuleBuilder {
  const module = new ModuleBuilder();
  module.addFunction(signature(6), (f, [rows, cols, a, rowBytes, v, product]) => {
    const [at, left] = locals(f, 2, 'i32');
    const pointers = locals(f, ROWS, 'i32');
    const [vj, zero] = locals(f, 2, 'v128');
    const sums = locals(f, ROWS, 'v128');
    f.loop((nextRows) => {
      pointers.forEach((pointer, i) => {
        f.get(a).set(pointer).get(zero).set(sums[i]);
        f.get(a).get(rowBytes).op('i32.add').set(a);
      });
      f.get(v).set(at).get(cols).set(left);
      f.loop((nextColumns) => {
        f.get(at).memory('v128.load', 0, DOUBLE).set(vj);
        pointers.forEach((pointer, i) => {
          f.get(sums[i]).get(pointer).memory('v128.load', 0, DOUBLE).get(vj).op('f64x2.mul').op('f64x2.add');
          f.set(sums[i]);
          advance(f, pointer, VECTOR);
        });
        advance(f, at, VECTOR);
        advance(f, left, -2);
        f.get(left).i32(0).op('i32.gt_s').brIf(nextColumns);
      });
      for (let i = 0; i < ROWS; i += 2) {
        f.get(product);
        f.get(sums[i])
          .get(sums[i + 1])
          .shuffle(FIRST)
          .get(sums[i])
          .get(sums[i + 1])
          .shuffle(SECOND)
          .op('f64x2.add');
        f.memory('v128.store', i * DOUBLE, DOUBLE);
      }
      advance(f, product, ROWS * DOUBLE);
      advance(f, rows, -ROWS);
      f.get(rows).i32(0).op('i32.gt_s').brIf(nextRows);
    });
  });
  return module;
}

function signature(parameters: number): { params: ValueType[]; exported: string } {
  return { params: Array.from({ length: parameters }, () => 'i32'), exported: 'run' };
}

function locals(f: Code, count: number, type: ValueType): Local[] {
  return Array.from({ length: count }, () => f.local(type));
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}

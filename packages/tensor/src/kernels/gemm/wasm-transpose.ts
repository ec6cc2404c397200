import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/** Bytes of two float64 vectors that make the first, and the second, elements of both. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND = FIRST.map((byte) => byte + 8);

/**
 * The transpose of a panel of float64 numbers, exported as `run(rows, cols, from, fromRow, to, toRow)`, addresses and strides in bytes:
 *
 *     to[j·toRow + 8·i] = from[i·fromRow + 8·j]    0 <= i < rows, 0 <= j < cols
 *
 * Works on squares of two by two, so that it reads and writes a row and a column too many where a size is odd. Requires rows, cols >= 1.
 */
export function buildTranspose(): ModuleBuilder {
  const module = new ModuleBuilder();
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [rows, cols, from, fromRow, to, toRow]) => {
    const [i, source, target] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const [upper, lower] = [f.local('v128'), f.local('v128')];
    f.loop((nextColumns) => {
      f.get(rows).set(i).get(from).set(source).get(to).set(target);
      f.loop((nextSquare) => {
        f.get(source).memory('v128.load', 0, 8).set(upper);
        f.get(source).get(fromRow).op('i32.add').tee(source).memory('v128.load', 0, 8).set(lower);
        f.get(target).get(upper).get(lower).shuffle(FIRST).memory('v128.store', 0, 8);
        f.get(target).get(toRow).op('i32.add').get(upper).get(lower).shuffle(SECOND).memory('v128.store', 0, 8);
        f.get(source).get(fromRow).op('i32.add').set(source);
        f.get(target).i32(16).op('i32.add').set(target);
        f.get(i).i32(2).op('i32.sub').tee(i).i32(0).op('i32.gt_s').brIf(nextSquare);
      });
      f.get(from).i32(16).op('i32.add').set(from);
      f.get(to).get(toRow).i32(1).op('i32.shl').op('i32.add').set(to);
      f.get(cols).i32(2).op('i32.sub').tee(cols).i32(0).op('i32.gt_s').brIf(nextColumns);
    });
  });
  return module;
}

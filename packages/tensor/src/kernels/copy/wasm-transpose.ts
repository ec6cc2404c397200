import type { FunctionReference, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/** The bytes of one lane after the other, of the two vectors on the stack. */
function lanes(size: number, order: readonly number[]): number[] {
  return order.flatMap((lane) => Array.from({ length: size }, (_, byte) => lane * size + byte));
}

/**
 * The transpose of a matrix of elements of 8 bytes, or 4 where `single`, exported as
 *
 *     run(rows, cols, from, fromRow, to, toRow)    addresses and strides in bytes
 *     to[j·toRow + size·i] = from[i·fromRow + size·j]    0 <= i < rows, 0 <= j < cols
 *
 * in squares of one vector's width; `rows` and `cols` are multiples of it, and not 0. A band of columns is a line of the cache wide: each line of
 * either side is touched by one band only.
 */
export function buildTranspose(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const size = single ? 4 : 8;
  const side = 16 / size;
  const params = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;

  /** All rows of as many columns as `squares` hold. */
  const defineBand = (squares: number): FunctionReference =>
    module.addFunction({ params }, (f, [rows, from, fromRow, to, toRow]) => {
      const upper = Array.from({ length: side }, () => f.local('v128'));
      const mixed = single ? Array.from({ length: side }, () => f.local('v128')) : [];
      const [source, target] = [f.local('i32'), f.local('i32')];
      const store = (a: Local, b: Local, order: readonly number[]): void => {
        f.get(target).get(a).get(b).shuffle(order).memory('v128.store', 0, size);
        f.get(target).get(toRow).op('i32.add').set(target);
      };
      f.loop((again) => {
        f.get(to).set(target);
        for (let square = 0; square < squares; square++) {
          f.get(from).set(source);
          for (const row of upper) {
            f.get(source)
              .memory('v128.load', 16 * square, size)
              .set(row);
            f.get(source).get(fromRow).op('i32.add').set(source);
          }
          if (single) {
            // Pairs of rows are interleaved, then pairs of those.
            for (const half of [0, 1]) {
              for (const pair of [0, 1]) {
                f.get(upper[2 * pair]).get(upper[2 * pair + 1]);
                f.shuffle(lanes(4, half === 0 ? [0, 4, 1, 5] : [2, 6, 3, 7])).set(mixed[2 * half + pair]);
              }
              store(mixed[2 * half], mixed[2 * half + 1], lanes(8, [0, 2]));
              store(mixed[2 * half], mixed[2 * half + 1], lanes(8, [1, 3]));
            }
          } else {
            store(upper[0], upper[1], lanes(8, [0, 2]));
            store(upper[0], upper[1], lanes(8, [1, 3]));
          }
        }
        f.get(source).set(from).get(to).i32(16).op('i32.add').set(to);
        f.get(rows).i32(side).op('i32.sub').tee(rows).brIf(again);
      });
    });
  const wide = 64 / 16;
  const [narrowBand, wideBand] = [defineBand(1), defineBand(wide)];

  module.addFunction({ params: ['i32', ...params], exported: 'run' }, (f, [rows, cols, from, fromRow, to, toRow]) => {
    for (const [squares, band] of [
      [wide, wideBand],
      [1, narrowBand],
    ] as const) {
      f.get(cols)
        .i32(squares * side - 1)
        .op('i32.gt_s');
      f.if(() => {
        f.loop((again) => {
          f.get(rows).get(from).get(fromRow).get(to).get(toRow).call(band);
          f.get(from)
            .i32(16 * squares)
            .op('i32.add')
            .set(from);
          f.get(toRow)
            .i32(side * squares)
            .op('i32.mul')
            .get(to)
            .op('i32.add')
            .set(to);
          f.get(cols)
            .i32(-side * squares)
            .op('i32.add')
            .tee(cols)
            .i32(squares * side - 1)
            .op('i32.gt_s')
            .brIf(again);
        });
      });
    }
  });
  return module;
}

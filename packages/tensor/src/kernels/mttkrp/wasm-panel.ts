import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const DOUBLE = 8;
export const VECTOR = 16;

/**
 * Register tiles by width in vectors. Eight running sums are what V8 keeps in registers: of 22 shapes measured on Node 20, 2 x 4 made 31 GFLOP/s, 2 x 3 and
 * 4 x 2 29, 6 x 1 22, and all with more sums 11 to 17. Rows that remain go one at a time.
 */
const ROWS = [6, 4, 2, 2] as const;

/** Parameters of the function that definePanel adds, in this order. */
export type PanelArguments = readonly [
  m: Local,
  n: Local,
  k: Local,
  a: Local,
  aRow: Local,
  aDepth: Local,
  b: Local,
  bDepth: Local,
  c: Local,
  cRow: Local,
];

/**
 * Adds the function C = C + A·B for panels of float64 numbers, addresses and strides in bytes, n the columns in vectors of two:
 *
 *     panel(m, n, k, a, aRow, aDepth, b, bDepth, c, cRow)
 *
 * Every element is summed in increasing depth from +0 and then added to C, its products rounded before they are added. Rows of B and C are
 * contiguous; nothing but C is written. Requires m, n, k >= 1.
 */
export function definePanel(module: ModuleBuilder): FunctionReference {
  const strips = ROWS.map((rows, i) => defineStrip(module, i + 1, rows));
  return module.addFunction({ params: integers(10) }, (f, [m, n, k, a, aRow, aDepth, b, bDepth, c, cRow]) => {
    f.loop((nextStrip) => {
      f.block((done) => {
        const strip = (width: number): void => {
          for (const argument of [m, k, a, aRow, aDepth, b, bDepth, c, cRow]) f.get(argument);
          f.call(strips[width - 1]);
          advance(f, b, width * VECTOR);
          advance(f, c, width * VECTOR);
          advance(f, n, -width);
          f.br(done);
        };
        // Five columns of vectors are three and two: a strip of one would take longer than its share.
        f.get(n)
          .i32(5)
          .op('i32.eq')
          .get(n)
          .i32(3)
          .op('i32.eq')
          .op('i32.or')
          .if(() => strip(3));
        for (const width of [4, 2, 1])
          f.get(n)
            .i32(width)
            .op('i32.ge_s')
            .if(() => strip(width));
      });
      f.get(n).i32(0).op('i32.gt_s').brIf(nextStrip);
    });
  });
}

/** All rows of one strip of columns: strip(m, k, a, aRow, aDepth, b, bDepth, c, cRow). */
function defineStrip(module: ModuleBuilder, width: number, rows: number): FunctionReference {
  return module.addFunction({ params: integers(9) }, (f, [m, k, a, aRow, aDepth, b, bDepth, c, cRow]) => {
    const locals = (count: number, type: ValueType): Local[] => Array.from({ length: count }, () => f.local(type));
    const [bAt, left] = locals(2, 'i32');
    const pointers = locals(rows, 'i32');
    const [factor, zero] = locals(2, 'v128');
    const terms = locals(width, 'v128');
    const grid = pointers.map(() => locals(width, 'v128'));

    const tiles = (height: number): void => {
      const aAt = pointers.slice(0, height);
      const sums = grid.slice(0, height);
      f.loop((nextTile) => {
        f.get(m).i32(height).op('i32.ge_s');
        f.if(() => {
          f.get(b).set(bAt).get(k).set(left);
          for (const pointer of aAt) {
            f.get(a).set(pointer);
            add(f, a, aRow);
          }
          for (const sum of sums.flat()) f.get(zero).set(sum);
          f.loop((nextTerm) => {
            terms.forEach((term, j) => {
              f.get(bAt)
                .memory('v128.load', j * VECTOR, DOUBLE)
                .set(term);
            });
            sums.forEach((row, i) => {
              f.get(aAt[i]).memory('v128.load64_splat').set(factor);
              row.forEach((sum, j) => {
                f.get(sum).get(factor).get(terms[j]).op('f64x2.mul').op('f64x2.add').set(sum);
              });
            });
            add(f, bAt, bDepth);
            for (const pointer of aAt) add(f, pointer, aDepth);
            f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextTerm);
          });
          for (const row of sums) {
            row.forEach((sum, j) => {
              f.get(c)
                .get(c)
                .memory('v128.load', j * VECTOR, DOUBLE);
              f.get(sum)
                .op('f64x2.add')
                .memory('v128.store', j * VECTOR, DOUBLE);
            });
            add(f, c, cRow);
          }
          advance(f, m, -height);
          f.br(nextTile);
        });
      });
    };
    tiles(rows);
    tiles(1);
  });
}

export function integers(count: number): ValueType[] {
  return Array.from({ length: count }, () => 'i32');
}

export function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

export function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}

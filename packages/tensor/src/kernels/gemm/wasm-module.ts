import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';

const DOUBLE = 8;
const VECTOR = 16;

/**
 * Width in vectors of two columns, and rows, of the register tiles. Two rows of four vectors are eight running sums beside four vectors of B
 * and one element of A: a larger tile or an unrolled inner sum is slower, because V8 then keeps sums in memory. Narrow tiles, for the
 * columns that remain, have more rows, because it takes several independent sums to hide the latency of an addition.
 */
const TILES = [
  { width: 4, rows: 2 },
  { width: 3, rows: 2 },
  { width: 2, rows: 4 },
  { width: 1, rows: 4 },
] as const;

/** Tiles are computed whole: up to this many rows of A and C past the last one are read and written. */
export const SPARE_ROWS = 3;

/**
 * The product of two panels of float64 numbers, C = A·B, exported as
 *
 *     run(m, n, k, a, aRow, aDepth, b, bDepth, c, cRow)
 *
 * with addresses and strides in bytes; rows of B and C are contiguous, A has any strides. Lanes run over the columns, so that every element
 * of C is one sum in increasing p from +0, its products rounded before they are added, as the contract asks. Requires m, n, k >= 1. Writes
 * SPARE_ROWS rows too many at most, and one column where n is odd.
 */
export function buildGemm(): ModuleBuilder {
  const module = new ModuleBuilder();
  const strips = TILES.map((tile) => ({ ...tile, strip: defineStrip(module, tile.width, tile.rows) }));
  const params: ValueType[] = Array.from({ length: 10 }, () => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [m, n, k, a, aRow, aDepth, b, bDepth, c, cRow]) => {
    f.loop((nextStrip) => {
      f.block((done) => {
        for (const { width, strip } of strips) {
          f.get(n)
            .i32(2 * width - 2)
            .op('i32.gt_s')
            .if(() => {
              for (const argument of [m, k, a, aRow, aDepth, b, bDepth, c, cRow]) f.get(argument);
              f.call(strip).br(done);
            });
        }
      });
      advance(f, b, TILES[0].width * VECTOR);
      advance(f, c, TILES[0].width * VECTOR);
      advance(f, n, -2 * TILES[0].width);
      f.get(n).i32(0).op('i32.gt_s').brIf(nextStrip);
    });
  });
  return module;
}

/** All rows of 2·width columns: strip(m, k, a, aRow, aDepth, b, bDepth, c, cRow). */
function defineStrip(module: ModuleBuilder, width: number, rows: number): FunctionReference {
  const params: ValueType[] = Array.from({ length: 9 }, () => 'i32');
  return module.addFunction({ params }, (f, [m, k, a, aRow, aDepth, b, bDepth, c, cRow]) => {
    const locals = (count: number, type: ValueType): Local[] => Array.from({ length: count }, () => f.local(type));
    const [bAt, left] = locals(2, 'i32');
    const aAt = locals(rows, 'i32');
    const [factor, zero] = locals(2, 'v128');
    const terms = locals(width, 'v128');
    const sums = aAt.map(() => locals(width, 'v128'));

    f.loop((nextTile) => {
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
            .get(sum)
            .memory('v128.store', j * VECTOR, DOUBLE);
        });
        add(f, c, cRow);
      }
      advance(f, m, -rows);
      f.get(m).i32(0).op('i32.gt_s').brIf(nextTile);
    });
  });
}

function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}

import type { Code, FunctionReference, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { COLUMN_BLOCK, ROW_BLOCK } from './contract.js';
import { add, advance, definePanel, integers, VECTOR } from './wasm-panel.js';
import { CROWDED, definePack, defineTouch, PAGE, PIECE_BYTES, PIECE_COLUMNS, PIECE_ROW } from './wasm-pieces.js';

/** Beyond this rank the scratch of a thread, 1 MiB, is too small for COLUMN_BLOCK rows of K. */
export const MOST_RANK = 512;
/** Behind as many bytes of scratch stand copies of x in the left pass. */
const KHATRI_RAO_BYTES = 8 * MOST_RANK * ROW_BLOCK;

/** Rows of x that are multiplied strip by strip of the columns of the factors before the next ones: their block stays in the first caches. */
const ROWS_AT_ONCE = 32;

/**
 * The pass over x that contracts the right side: rows of P = X·K, in chunks.
 *
 *     run(chunk, scratch, chunkRows, base, end, x, g, outer, inner, innerRows, rowBytes, p)
 *
 * Chunk c takes the rows from base + c·chunkRows on, as many as chunkRows, below `end`. x and p are the addresses of row 0, g the length of a row of x;
 * rows of p, outer and inner have rowBytes, whole vectors. Row q of K is the product of row ⌊q / innerRows⌋ of outer and the remaining row of inner. K
 * is formed in the scratch, COLUMN_BLOCK rows at a time.
 */
export function buildRightPass(): ModuleBuilder {
  const module = new ModuleBuilder();
  const [panel, rows, zero] = [definePanel(module), defineKhatriRao(module), defineZero(module)];
  const touch = defineTouch(module);
  module.addFunction(
    { params: integers(12), exported: 'run' },
    (f, [chunk, scratch, chunkRows, base, end, x, g, outer, inner, innerRows, rowBytes, p]) => {
      const [count, xRow, vectors, at, depth] = Array.from({ length: 5 }, () => f.local('i32'));
      const [row, xAt, pAt, some] = Array.from({ length: 4 }, () => f.local('i32'));
      const eight = f.local('i32');
      f.i32(8).set(eight);
      takeChunk(f, chunk, chunkRows, base, end, count);
      f.get(g).i32(3).op('i32.shl').set(xRow);
      f.get(rowBytes).i32(4).op('i32.shr_u').set(vectors);
      f.get(x).get(base).get(xRow).op('i32.mul').op('i32.add').set(x);
      f.get(p).get(base).get(rowBytes).op('i32.mul').op('i32.add').set(p);
      f.get(p).get(count).get(rowBytes).op('i32.mul').call(zero);
      f.loop((nextBlock) => {
        smaller(f, COLUMN_BLOCK, () => f.get(g).get(at).op('i32.sub')).set(depth);
        for (const argument of [at, depth, outer, inner, innerRows, rowBytes, scratch]) f.get(argument);
        f.call(rows);
        f.get(x).get(at).i32(3).op('i32.shl').op('i32.add').set(xAt).get(p).set(pAt).get(count).set(row);
        f.loop((nextRows) => {
          smaller(f, ROWS_AT_ONCE, () => f.get(row)).set(some);
          f.get(some).get(xAt).get(xRow).get(depth).i32(3).op('i32.shl').call(touch).op('drop');
          for (const argument of [some, vectors, depth, xAt, xRow, eight, scratch, rowBytes, pAt, rowBytes])
            f.get(argument);
          f.call(panel);
          f.get(xAt).get(xRow).i32(ROWS_AT_ONCE).op('i32.mul').op('i32.add').set(xAt);
          f.get(pAt).get(rowBytes).i32(ROWS_AT_ONCE).op('i32.mul').op('i32.add').set(pAt);
          f.get(row).i32(ROWS_AT_ONCE).op('i32.sub').tee(row).i32(0).op('i32.gt_s').brIf(nextRows);
        });
        f.get(at).i32(COLUMN_BLOCK).op('i32.add').tee(at).get(g).op('i32.lt_s').brIf(nextBlock);
      });
    },
  );
  return module;
}

/**
 * The pass over x that contracts the left side: a sum Kᵀ·X of its own for every chunk of rows, [rank, qRow] from `q` on, one after another.
 *
 *     run(chunk, scratch, chunkRows, base, end, x, g, outer, inner, innerRows, rowBytes, q, rank, qRow, fresh)
 *
 * As above; qRow is in bytes, whole vectors, and K is formed ROW_BLOCK rows at a time. Lanes run over the columns of x, so that no rank
 * wastes any. `fresh` 0 adds to what stands in q.
 */
export function buildLeftPass(): ModuleBuilder {
  const module = new ModuleBuilder();
  const [panel, rows, zero] = [definePanel(module), defineKhatriRao(module), defineZero(module)];
  const [touch, pack] = [defineTouch(module), definePack(module)];
  module.addFunction(
    { params: integers(15), exported: 'run' },
    (f, [chunk, scratch, chunkRows, base, end, x, g, outer, inner, innerRows, rowBytes, q, rank, qRow, fresh]) => {
      const [count, xRow, depth, eight] = Array.from({ length: 4 }, () => f.local('i32'));
      const [xAt, qAt, left, some] = Array.from({ length: 4 }, () => f.local('i32'));
      const [piece, pieceRow, crowded] = Array.from({ length: 3 }, () => f.local('i32'));
      f.i32(8).set(eight);
      f.get(q).get(chunk).get(rank).get(qRow).op('i32.mul').op('i32.mul').op('i32.add').set(q);
      takeChunk(f, chunk, chunkRows, base, end, count);
      f.get(g).i32(3).op('i32.shl').set(xRow);
      f.get(xRow)
        .i32(CROWDED)
        .op('i32.add')
        .i32(PAGE - 1)
        .op('i32.and')
        .i32(2 * CROWDED)
        .op('i32.lt_u')
        .set(crowded);
      f.get(x).get(base).get(xRow).op('i32.mul').op('i32.add').set(x);
      f.get(fresh).if(() => f.get(q).get(rank).get(qRow).op('i32.mul').call(zero));
      f.loop((nextBlock) => {
        smaller(f, ROW_BLOCK, () => f.get(count)).set(depth);
        for (const argument of [base, depth, outer, inner, innerRows, rowBytes, scratch]) f.get(argument);
        f.call(rows);
        f.get(x).set(xAt).get(q).set(qAt).get(g).set(left);
        f.loop((nextColumns) => {
          smaller(f, PIECE_COLUMNS, () => f.get(left)).set(some);
          f.get(some).i32(1).op('i32.add').i32(1).op('i32.shr_u').set(some);
          f.get(crowded).if(
            () => {
              f.i32(PIECE_ROW).set(pieceRow).get(scratch).i32(KHATRI_RAO_BYTES).op('i32.add').set(piece);
              f.get(depth).get(xAt).get(xRow).get(some).i32(4).op('i32.shl').get(piece).call(pack);
            },
            () => {
              f.get(xAt).set(piece).get(xRow).set(pieceRow);
              f.get(depth).get(xAt).get(xRow).get(some).i32(4).op('i32.shl').call(touch).op('drop');
            },
          );
          for (const argument of [rank, some, depth, scratch, eight, rowBytes, piece, pieceRow, qAt, qRow])
            f.get(argument);
          f.call(panel);
          advance(f, xAt, PIECE_BYTES);
          advance(f, qAt, PIECE_BYTES);
          f.get(left).i32(PIECE_COLUMNS).op('i32.sub').tee(left).i32(0).op('i32.gt_s').brIf(nextColumns);
        });
        advance(f, base, ROW_BLOCK);
        f.get(x).get(xRow).i32(ROW_BLOCK).op('i32.mul').op('i32.add').set(x);
        f.get(count).i32(ROW_BLOCK).op('i32.sub').tee(count).i32(0).op('i32.gt_s').brIf(nextBlock);
      });
    },
  );
  return module;
}

/** Moves `base` to the first row of the chunk and counts its rows. */
function takeChunk(f: Code, chunk: Local, chunkRows: Local, base: Local, end: Local, count: Local): void {
  f.get(base).get(chunk).get(chunkRows).op('i32.mul').op('i32.add').set(base);
  f.get(end).get(base).op('i32.sub').tee(count).get(chunkRows).op('i32.gt_s');
  f.if(() => f.get(chunkRows).set(count));
}

/** Pushes the smaller one of a constant and a number that `push` pushes. */
function smaller(f: Code, constant: number, push: () => Code): Code {
  push().i32(constant);
  push().i32(constant).op('i32.lt_s');
  return f.op('select');
}

/** khatriRao(row, count, outer, inner, innerRows, rowBytes, to): rows of the Khatri–Rao product of two factors, one after another. */
function defineKhatriRao(module: ModuleBuilder): FunctionReference {
  return module.addFunction({ params: integers(7) }, (f, [row, count, outer, inner, innerRows, rowBytes, to]) => {
    const [innerAt, left, end] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(outer).get(row).get(innerRows).op('i32.div_u').get(rowBytes).op('i32.mul').op('i32.add').set(outer);
    f.get(row).get(innerRows).op('i32.rem_u').set(row);
    f.get(inner).get(row).get(rowBytes).op('i32.mul').op('i32.add').set(innerAt);
    f.get(innerRows).get(row).op('i32.sub').set(left);
    f.loop((nextRow) => {
      f.get(to).get(rowBytes).op('i32.add').set(end);
      f.loop((nextVector) => {
        f.get(to).get(outer).memory('v128.load', 0, 8).get(innerAt).memory('v128.load', 0, 8);
        f.op('f64x2.mul').memory('v128.store', 0, 8);
        for (const pointer of [outer, innerAt]) advance(f, pointer, VECTOR);
        f.get(to).i32(VECTOR).op('i32.add').tee(to).get(end).op('i32.lt_u').brIf(nextVector);
      });
      f.get(left).i32(1).op('i32.sub').tee(left);
      f.if(
        () => f.get(outer).get(rowBytes).op('i32.sub').set(outer),
        () => f.get(inner).set(innerAt).get(innerRows).set(left),
      );
      f.get(count).i32(1).op('i32.sub').tee(count).brIf(nextRow);
    });
  });
}

/** zero(at, bytes): whole vectors of +0. */
function defineZero(module: ModuleBuilder): FunctionReference {
  return module.addFunction({ params: integers(2) }, (f, [at, bytes]) => {
    const nothing = f.local('v128');
    add(f, bytes, at);
    f.loop((next) => {
      f.get(at).get(nothing).memory('v128.store', 0, 8);
      f.get(at).i32(VECTOR).op('i32.add').tee(at).get(bytes).op('i32.lt_u').brIf(next);
    });
  });
}

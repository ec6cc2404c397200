import type { FunctionReference } from '../../wasm/assembler/code.js';
import type { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { add, advance, integers, VECTOR } from './wasm-panel.js';

/** Columns of x that the left pass takes before the next ones: with ROW_BLOCK rows, a quarter of a MiB. */
export const PIECE_COLUMNS = 512;
export const PIECE_BYTES: number = 8 * PIECE_COLUMNS;

/** Rows at a distance so near to a multiple of a page fall into the same few places of the caches: pieces of them are copied first. */
export const PAGE = 4096;
export const CROWDED = 256;
/** Distance of the rows of a copy. */
export const PIECE_ROW: number = PIECE_BYTES + 64;

/**
 * touch(rows, at, row, bytes) reads one word of every cache line of some rows. The products walk over several rows at a time, in pieces of less than a
 * page, which keeps no prefetcher busy: they spent a third of their time waiting for memory, while reading row by row brings 30 GB/s. Returns what
 * nobody needs, so that no compiler drops it.
 */
export function defineTouch(module: ModuleBuilder): FunctionReference {
  return module.addFunction({ params: integers(4), results: ['i32'] }, (f, [rows, at, row, bytes]) => {
    const [pointer, end, bits] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.loop((nextRow) => {
      f.get(at).tee(pointer).get(bytes).op('i32.add').set(end);
      f.loop((nextLine) => {
        f.get(bits).get(pointer).memory('i32.load').op('i32.or').set(bits);
        f.get(pointer).i32(64).op('i32.add').tee(pointer).get(end).op('i32.lt_u').brIf(nextLine);
      });
      add(f, at, row);
      f.get(rows).i32(1).op('i32.sub').tee(rows).brIf(nextRow);
    });
    f.get(bits);
  });
}

/** pack(rows, at, row, bytes, to): copies the first bytes, whole vectors, of some rows to a distance of PIECE_ROW. */
export function definePack(module: ModuleBuilder): FunctionReference {
  return module.addFunction({ params: integers(5) }, (f, [rows, at, row, bytes, to]) => {
    const [pointer, end, target] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.loop((nextRow) => {
      f.get(at).tee(pointer).get(bytes).op('i32.add').set(end).get(to).set(target);
      f.loop((nextVector) => {
        f.get(target).get(pointer).memory('v128.load', 0, 8).memory('v128.store', 0, 8);
        advance(f, target, VECTOR);
        f.get(pointer).i32(VECTOR).op('i32.add').tee(pointer).get(end).op('i32.lt_u').brIf(nextVector);
      });
      add(f, at, row);
      advance(f, to, PIECE_ROW);
      f.get(rows).i32(1).op('i32.sub').tee(rows).brIf(nextRow);
    });
  });
}

import type { Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { GEMM_BLOCK } from './contract.js';
import { enterChunk, steps } from './wasm-module.js';
import { transpose } from './wasm-pack.js';
import { add, integers, kindOf, locals, VECTOR } from './wasm-strip.js';

/** Rows at a time: twice as many take more registers for addresses than there are, half as many wait for their additions. */
const ROWS = 8;

/**
 * Products of matrices with contiguous rows and contiguous vectors: `run` of buildGemm with n = 1, and aCol and bRow the size of an element. The
 * scratch is not used.
 *
 * Lanes run over the rows of A: squares of products, each a vector of A times one of B, are transposed before they are added, so that every sum is one
 * chain in increasing p, as the contract asks. Reads up to 12 bytes behind A and B.
 */
export function buildVector(size: 8 | 4): ModuleBuilder {
  const kind = kindOf(size);
  const lanes = VECTOR / size;
  const type = size === 8 ? 'f64' : 'f32';
  const module = new ModuleBuilder();
  module.addFunction({ params: integers(22), exported: 'run' }, (f, parameters) => {
    enterChunk(f, parameters, size);
    const [, , , , , , accumulate, count, m, , k, a, aStep, aRow, , b, bStep, , , c, cStep, cRow] = parameters;
    const [i, rows, block, depth, p] = locals(f, 5, 'i32');
    const [at, to] = [locals(f, ROWS, 'i32'), locals(f, ROWS, 'i32')];
    const results = locals(f, ROWS, type);
    const sums = locals(f, ROWS / lanes, 'v128');
    const square = locals(f, lanes, 'v128');
    const [factor, zero, mask] = locals(f, 3, 'v128');
    /** Points at the rows of a tile: what is missing repeats the last one, down to its store. */
    const point = (pointers: readonly Local[], first: Local, step: Local): void => {
      pointers.forEach((pointer, r) => {
        if (r === 0) f.get(first).get(i).get(step).op('i32.mul');
        else
          f.get(pointers[r - 1])
            .get(step)
            .i32(0)
            .get(rows)
            .i32(r)
            .op('i32.gt_s')
            .op('select');
        f.op('i32.add').set(pointer);
      });
    };
    const terms = (last: boolean): void => {
      f.get(b).get(p).op('i32.add').memory('v128.load', 0, size).set(factor);
      sums.forEach((sum, v) => {
        square.forEach((vector, lane) => {
          f.get(at[v * lanes + lane])
            .get(p)
            .op('i32.add')
            .memory('v128.load', 0, size)
            .get(factor)
            .op(kind.mul);
          // A sum that began with +0 is what it was after +0 is added.
          if (last) f.get(mask).op('v128.and');
          f.set(vector);
        });
        transpose(f, square, size);
        for (const vector of square) f.get(sum).get(vector).op(kind.add).set(sum);
      });
    };
    f.v128(new Uint8Array(Int32Array.of(0, 1, 2, 3).map((lane) => (4 * lane) / size).buffer));
    f.get(k)
      .i32(lanes - 1)
      .op('i32.and')
      .op('i32x4.splat')
      .op('i32x4.lt_s')
      .set(mask);
    f.loop((nextProduct) => {
      f.i32(0).set(i);
      steps(f, i, m, ROWS, rows, () => {
        point(at, a, aRow);
        point(to, c, cRow);
        f.i32(0).set(p).i32(0).set(block);
        steps(f, block, k, GEMM_BLOCK, depth, () => {
          for (const sum of sums) f.get(zero).set(sum);
          f.get(depth)
            .i32(lanes)
            .op('i32.ge_s')
            .if(() => {
              f.loop((nextSquare) => {
                terms(false);
                f.get(p).i32(VECTOR).op('i32.add').set(p);
                f.get(depth).i32(lanes).op('i32.sub').tee(depth).i32(lanes).op('i32.ge_s').brIf(nextSquare);
              });
            });
          f.get(depth).if(() => terms(true));
          results.forEach((result, r) => {
            f.get(sums[Math.floor(r / lanes)])
              .lane(kind.extract, r % lanes)
              .set(result);
          });
          // All of C is read before any of it is written, because rows may be one and the same.
          f.get(block)
            .get(accumulate)
            .op('i32.or')
            .if(() => {
              results.forEach((result, r) => {
                f.get(to[r]).memory(`${type}.load`).get(result).op(`${type}.add`).set(result);
              });
            });
          results.forEach((result, r) => {
            f.get(to[r]).get(result).memory(kind.store);
          });
        });
      });
      add(f, a, aStep);
      add(f, b, bStep);
      add(f, c, cStep);
      f.get(count).i32(1).op('i32.sub').tee(count).brIf(nextProduct);
    });
  });
  return module;
}

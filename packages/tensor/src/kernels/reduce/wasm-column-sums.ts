import type { FunctionReference } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { sumBlockSize } from './sum.js';
import { addTo, advance, loadAll, pushHalf, pushPair, repeat, storeAll } from './wasm-emit.js';

/** Columns at a time, a line of the cache of float64: four vectors of running sums. */
export const COLUMN_GROUP = 8;
/** Rows that are added to one running sum at a time, so that it is loaded and stored once for all of them. */
const TERMS = 8;
const BYTES = 8 * COLUMN_GROUP;

/**
 * Sums of columns of float64 (float32 where `single`) numbers in the order of sumFold, exported as
 *
 *     run(n, width, x, rowStride, sums, out)    addresses and strides in bytes
 *
 * with the elements of a row side by side. `width` is a number of columns rounded up to a multiple of eight; as many are read. `out` receives
 * float64 numbers and has room for a row of them for every halving of n; `sums` has room for four rows. Requires n, width >= 1.
 */
export function buildColumnSums(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();

  /** s[k] += x[k] + x[k + stride] + …, from left to right, for `bytes` bytes of s. */
  const defineAdd = (terms: number): FunctionReference =>
    module.addFunction({ params: ['i32', 'i32', 'i32', 'i32'] }, (f, [s, bytes, x, stride]) => {
      const rows = [x, ...Array.from({ length: terms - 1 }, () => f.local('i32'))];
      const sums = Array.from({ length: BYTES / 16 }, () => f.local('v128'));
      for (let t = 1; t < terms; t++) addTo(f.get(rows[t - 1]).get(stride), rows[t]);
      repeat(f, bytes, BYTES, () => {
        loadAll(f, sums, s, 8);
        for (const row of rows) {
          for (const [j, sum] of sums.entries()) {
            f.get(sum);
            pushPair(f, row, 2 * j, single)
              .op('f64x2.add')
              .set(sum);
          }
          advance(f, row, single ? BYTES / 2 : BYTES);
        }
        storeAll(f, sums, s, 8);
        advance(f, s, BYTES);
      });
    });
  const [addOne, addMany] = [defineAdd(1), defineAdd(TERMS)];

  /** to = s + s' (+ s'' + s''') over `bytes` bytes; the rows of s stand `bytes` apart. */
  const defineFold = (rows: 2 | 4): FunctionReference =>
    module.addFunction({ params: ['i32', 'i32', 'i32'] }, (f, [to, s, bytes]) => {
      const left = f.local('i32');
      const others = Array.from({ length: rows - 1 }, () => f.local('i32'));
      for (const [r, other] of others.entries()) addTo(f.get(r === 0 ? s : others[r - 1]).get(bytes), other);
      repeat(f.get(bytes).set(left), left, 16, () => {
        f.get(to);
        [s, ...others].forEach((row, r) => {
          f.get(row).memory('v128.load', 0, 8);
          if (r % 2 === 1) f.op('f64x2.add');
        });
        if (rows === 4) f.op('f64x2.add');
        f.memory('v128.store', 0, 8);
        for (const at of [to, s, ...others]) advance(f, at, 16);
      });
    });
  const [foldTwo, foldFour] = [defineFold(2), defineFold(4)];

  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const level = module.addFunction({ params }, (f, [n, bytes, x, stride, sums, out], self) => {
    const [half, at, count, end] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(n).i32(sumBlockSize).op('i32.gt_u');
    f.if(() => {
      pushHalf(f, n).set(half);
      f.get(half).get(bytes).get(x).get(stride).get(sums).get(out).call(self);
      f.get(n).get(half).op('i32.sub').get(bytes);
      f.get(half).get(stride).op('i32.mul').get(x).op('i32.add').get(stride).get(sums);
      f.get(out).get(bytes).op('i32.add').call(self);
      f.get(out).get(out).get(bytes).call(foldTwo).op('return');
    });
    // The four running sums begin as zero.
    f.get(bytes).i32(2).op('i32.shl').set(count).get(sums).set(at);
    const zero = f.local('v128');
    repeat(f, count, 16, () => {
      f.get(at).get(zero).memory('v128.store', 0, 8);
      advance(f, at, 16);
    });
    f.get(sums).get(bytes).i32(2).op('i32.shl').op('i32.add').set(end);
    for (const terms of [TERMS, 1]) {
      // Rows in groups of four times `terms`: the first of each four, then the second of each, and so on.
      f.get(n)
        .i32(4 * terms - 1)
        .op('i32.gt_u');
      f.if(() => {
        f.loop((next) => {
          f.get(sums).set(at);
          f.loop((running) => {
            f.get(at).get(bytes).get(x).get(stride).i32(2).op('i32.shl');
            f.call(terms === 1 ? addOne : addMany);
            addTo(f.get(x).get(stride), x);
            addTo(f.get(at).get(bytes), at);
            f.get(at).get(end).op('i32.ne').brIf(running);
          });
          addTo(
            f
              .get(stride)
              .i32(4 * (terms - 1))
              .op('i32.mul')
              .get(x),
            x,
          );
          advance(f, n, -4 * terms);
          f.get(n)
            .i32(4 * terms - 1)
            .op('i32.gt_u')
            .brIf(next);
        });
      });
    }
    f.get(out).get(sums).get(bytes).call(foldFour);
    f.get(n).if(() => {
      repeat(f, n, 1, () => {
        f.get(out).get(bytes).get(x).get(stride).call(addOne);
        addTo(f.get(x).get(stride), x);
      });
    });
  });
  module.addFunction({ params, exported: 'run' }, (f, [n, width, x, stride, sums, out]) => {
    f.get(n).get(width).i32(3).op('i32.shl').get(x).get(stride).get(sums).get(out).call(level);
  });
  return module;
}

import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { sumBlockSize } from './sum.js';
import { addTo, advance, COLUMN_GROUP, defineRows, inSteps, repeat, STATE, vectors } from './wasm-emit.js';

/** Rounds of four elements, or rows, that are written out one after another; with all 32 of a block 10⁶ numbers take 10 % longer. */
const ROUNDS = 4;
/**
 * Rows that are added to one running sum at a time: 10⁶ float64 numbers in 1000 columns take 0.125 ms by three or four, 0.14 by two, five, six or eight,
 * 0.17 by 32. Of float32 numbers all take 0.135, which is what widening them takes.
 */
const TERMS = 4;
/** Where in the arena the sums of blocks stand until they are added up. */
const BLOCK_SUMS = 2 ** 17;
/** The longest rows: the sums of their blocks are 16 KiB, which stay in the first-level cache. */
export const LONGEST: number = sumBlockSize * 2 ** 11;

/** Adds to the float64 vectors the elements that stand at `at`, widened where `single`. */
function addVectors(f: Code, sums: readonly Local[], at: Local, single: boolean, first = 0): void {
  for (const [j, sum] of sums.entries()) {
    f.get(sum).get(at);
    if (single) f.memory('v128.load64_zero', 8 * (first + j), 4).op('f64x2.promote_low_f32x4');
    else f.memory('v128.load', 16 * (first + j), 8);
    f.op('f64x2.add').set(sum);
  }
}

/**
 * Sums of gap-free rows of float64 (float32 where `single`) numbers in the order of pairwiseSum, exported as
 *
 *     run(rows, n, x, rowStride, out)    addresses and strides in bytes
 *
 * `out` receives float64 numbers. Requires rows >= 1 and n <= {@link LONGEST}.
 */
export function buildRowSums(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const size = single ? 4 : 8;
  /** The elements of one block, at most 128. */
  const block = module.addFunction({ params: ['i32', 'i32'], results: ['f64'] }, (f, [x, n]) => {
    const sums = vectors(f, 2);
    const total = f.local('f64');
    for (const rounds of [ROUNDS, 1]) {
      inSteps(f, n, 4 * rounds, () => {
        for (let r = 0; r < rounds; r++) addVectors(f, sums, x, single, 2 * r);
        advance(f, x, 4 * rounds * size);
      });
    }
    for (const s of sums) {
      f.get(s).lane('f64x2.extract_lane', 0).get(s).lane('f64x2.extract_lane', 1).op('f64.add');
    }
    f.op('f64.add').set(total);
    inSteps(f, n, 1, () => {
      f.get(total).get(x);
      if (single) f.memory('f32.load').op('f64.promote_f32');
      else f.memory('f64.load');
      f.op('f64.add').set(total);
      advance(f, x, size);
    });
    f.get(total);
  });

  /** The sums of `count` >= 1 blocks, halved as the elements would be: the first half is the longer one. */
  const combine = module.addFunction({ params: ['i32', 'i32'], results: ['f64'] }, (f, [at, count], self) => {
    const half = f.local('i32');
    f.get(count).i32(4).op('i32.le_u');
    f.if(() => {
      // Up to four without a call, which would cost more than the additions; −0 in place of those that there are not changes nothing.
      for (let i = 0; i < 4; i++) {
        f.get(at)
          .memory('f64.load', 8 * i)
          .f64(-0);
        f.get(count).i32(i).op('i32.gt_u').op('select');
        if (i % 2 === 1) f.op('f64.add');
      }
      f.op('f64.add').op('return');
    });
    f.get(count).i32(1).op('i32.add').i32(1).op('i32.shr_u').set(half);
    f.get(at).get(half).call(self);
    f.get(at).get(half).i32(3).op('i32.shl').op('i32.add').get(count).get(half).op('i32.sub').call(self);
    f.op('f64.add');
  });

  const params = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [rows, n, x, rowStride, out]) => {
    const [at, to, left, length] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    repeat(f, rows, 1, () => {
      f.get(n).i32(sumBlockSize).op('i32.le_u');
      f.if(
        () => f.get(out).get(x).get(n).call(block).memory('f64.store'),
        () => {
          f.i32(BLOCK_SUMS).set(to).get(x).set(at).get(n).set(left);
          f.loop((again) => {
            f.get(left).i32(sumBlockSize).get(left).i32(sumBlockSize).op('i32.lt_u').op('select').set(length);
            f.get(to).get(at).get(length).call(block).memory('f64.store');
            advance(f, to, 8);
            advance(f, at, sumBlockSize * size);
            f.get(left).get(length).op('i32.sub').tee(left).brIf(again);
          });
          f.get(out).i32(BLOCK_SUMS).get(to).i32(BLOCK_SUMS).op('i32.sub').i32(3).op('i32.shr_u').call(combine);
          f.memory('f64.store');
        },
      );
      addTo(f.get(x).get(rowStride), x);
      advance(f, out, 8);
    });
  });
  return module;
}

/**
 * Sums of columns of float64 (float32 where `single`) numbers in the order of pairwiseSum, exported as
 *
 *     run(n, width, x, rowStride, sums, out)    addresses and strides in bytes
 *
 * with the elements of a row side by side. `width` is a number of columns rounded up to a multiple of eight; as many are read. `out` receives
 * float64 numbers and has room for a row of them for every halving of n; `sums` has room for four rows. Requires n, width >= 1.
 */
export function buildColumnSums(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const [addOne, addMany] = [1, TERMS].map((terms) =>
    defineRows(module, terms, single ? STATE / 2 : STATE, (f, sums, row) => addVectors(f, sums, row, single)),
  );
  /** to = s + s' over `bytes` bytes. */
  const fold = module.addFunction({ params: ['i32', 'i32', 'i32', 'i32'] }, (f, [to, s, other, bytes]) => {
    repeat(f, bytes, 16, () => {
      f.get(to).get(s).memory('v128.load', 0, 8).get(other).memory('v128.load', 0, 8);
      f.op('f64x2.add').memory('v128.store', 0, 8);
      for (const at of [to, s, other]) advance(f, at, 16);
    });
  });

  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const level = module.addFunction({ params }, (f, [n, groups, x, stride, sums, out], self) => {
    const [half, at, bytes] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const zero = f.local('v128');
    f.get(groups).i32(STATE).op('i32.mul').set(bytes);
    f.get(n).i32(sumBlockSize).op('i32.gt_u');
    f.if(() => {
      // sumSplit.
      f.get(n)
        .i32(2 * sumBlockSize - 1)
        .op('i32.add')
        .i32(2 * sumBlockSize)
        .op('i32.div_u')
        .i32(sumBlockSize)
        .op('i32.mul')
        .set(half);
      f.get(half).get(groups).get(x).get(stride).get(sums).get(out).call(self);
      f.get(n).get(half).op('i32.sub').get(groups);
      f.get(half).get(stride).op('i32.mul').get(x).op('i32.add').get(stride).get(sums);
      f.get(out).get(bytes).op('i32.add').tee(at).call(self);
      f.get(out).get(out).get(at).get(bytes).call(fold).op('return');
    });
    // The four running sums begin as zero.
    f.get(bytes).i32(2).op('i32.shl').set(half);
    f.get(sums).set(at);
    repeat(f, half, 16, () => {
      f.get(at).get(zero).memory('v128.store', 0, 8);
      advance(f, at, 16);
    });
    for (const terms of [TERMS, 1]) {
      // Rows in groups of four times `terms`: the first of each four, then the second of each, and so on.
      inSteps(f, n, 4 * terms, () => {
        f.get(sums).set(at).i32(4).set(half);
        repeat(f, half, 1, () => {
          f.get(groups).get(at).get(x).get(stride).i32(2).op('i32.shl');
          f.call(terms === 1 ? addOne : addMany);
          addTo(f.get(x).get(stride), x);
          addTo(f.get(at).get(bytes), at);
        });
        f.get(stride).i32(4 * (terms - 1));
        addTo(f.op('i32.mul').get(x), x);
      });
    }
    // (s + s') + (s'' + s''').
    const running = (k: number): Code => f.get(bytes).i32(k).op('i32.mul').get(sums).op('i32.add');
    for (const k of [0, 2]) {
      running(k);
      running(k);
      running(k + 1)
        .get(bytes)
        .call(fold);
    }
    f.get(out);
    running(0);
    running(2).get(bytes).call(fold);
    inSteps(f, n, 1, () => {
      f.get(groups).get(out).get(x).get(stride).call(addOne);
      addTo(f.get(x).get(stride), x);
    });
  });
  module.addFunction({ params, exported: 'run' }, (f, [n, width, x, stride, sums, out]) => {
    f.get(n).get(width).i32(Math.log2(COLUMN_GROUP)).op('i32.shr_u').get(x).get(stride).get(sums).get(out).call(level);
  });
  return module;
}

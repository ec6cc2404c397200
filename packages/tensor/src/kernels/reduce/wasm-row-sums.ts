import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { sumBlockSize } from './sum.js';
import { advance, pushElement, pushHalf, pushPair } from './wasm-emit.js';

/** Rounds of four elements that are written out one after another; with all 32 of a block 10⁶ numbers take 10 % longer. */
const ROUNDS = 4;
/** Where in the arena the sums of blocks stand until they are added up, and of how many at most. */
const BLOCK_SUMS = 2 ** 17;
const MOST_BLOCKS = 512;

/**
 * Sums of gap-free rows of float64 (float32 where `single`) numbers in the order of sumFold, exported as
 *
 *     run(rows, n, x, rowStride, out)    addresses and strides in bytes
 *
 * `out` receives float64 numbers. Requires rows >= 1.
 */
export function buildRowSums(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const size = single ? 4 : 8;
  /** The elements of one block, at most 128. */
  const block = module.addFunction({ params: ['i32', 'i32'], results: ['f64'] }, (f, [x, n]) => {
    const end = f.local('i32');
    const [s01, s23] = [f.local('v128'), f.local('v128')];
    const total = f.local('f64');
    for (const rounds of [ROUNDS, 1]) {
      // `end` is where no more whole rounds begin.
      f.get(n)
        .i32(-4 * rounds)
        .op('i32.and')
        .i32(size)
        .op('i32.mul')
        .get(x)
        .op('i32.add')
        .tee(end)
        .get(x)
        .op('i32.ne');
      f.if(() => {
        f.loop((again) => {
          for (let r = 0; r < rounds; r++) {
            f.get(s01);
            pushPair(f, x, 4 * r, single)
              .op('f64x2.add')
              .set(s01)
              .get(s23);
            pushPair(f, x, 4 * r + 2, single)
              .op('f64x2.add')
              .set(s23);
          }
          advance(f, x, 4 * rounds * size);
          f.get(x).get(end).op('i32.ne').brIf(again);
        });
      });
      f.get(n)
        .i32(4 * rounds - 1)
        .op('i32.and')
        .set(n);
    }
    for (const s of [s01, s23]) {
      f.get(s).lane('f64x2.extract_lane', 0).get(s).lane('f64x2.extract_lane', 1).op('f64.add');
    }
    f.op('f64.add').set(total);
    f.get(n).if(() => {
      f.loop((again) => {
        f.get(total);
        pushElement(f, x, single).op('f64.add').set(total);
        advance(f, x, size);
        f.get(n).i32(1).op('i32.sub').tee(n).brIf(again);
      });
    });
    f.get(total);
  });

  /** The sums of `count` >= 1 blocks, halved as the elements would be: the first half is the longer one. */
  const combine = module.addFunction({ params: ['i32', 'i32'], results: ['f64'] }, (f, [at, count], self) => {
    const half = f.local('i32');
    const pushPairOf = (first: number): void => {
      f.get(at).memory('f64.load', 8 * first);
      f.get(at)
        .memory('f64.load', 8 * first + 8)
        .op('f64.add');
    };
    // Up to four without a call, which would cost more than the additions.
    f.get(count).i32(1).op('i32.eq');
    f.if(() => f.get(at).memory('f64.load').op('return'));
    f.get(count).i32(4).op('i32.le_u');
    f.if(() => {
      f.get(count).i32(2).op('i32.eq');
      f.if(() => {
        pushPairOf(0);
        f.op('return');
      });
      f.get(count).i32(3).op('i32.eq');
      f.if(() => {
        pushPairOf(0);
        f.get(at).memory('f64.load', 16).op('f64.add').op('return');
      });
      pushPairOf(0);
      pushPairOf(2);
      f.op('f64.add').op('return');
    });
    f.get(count).i32(1).op('i32.add').i32(1).op('i32.shr_u').set(half);
    f.get(at).get(half).call(self);
    f.get(at).get(half).i32(3).op('i32.shl').op('i32.add').get(count).get(half).op('i32.sub').call(self);
    f.op('f64.add');
  });

  const level = module.addFunction({ params: ['i32', 'i32'], results: ['f64'] }, (f, [x, n], self) => {
    const [half, to, length] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(n).i32(sumBlockSize).op('i32.le_u');
    f.if(() => f.get(x).get(n).call(block).op('return'));
    f.get(n)
      .i32(MOST_BLOCKS * sumBlockSize)
      .op('i32.gt_u');
    f.if(() => {
      pushHalf(f, n).set(half);
      f.get(x).get(half).call(self);
      f.get(x).get(half).i32(size).op('i32.mul').op('i32.add').get(n).get(half).op('i32.sub').call(self);
      f.op('f64.add').op('return');
    });
    f.i32(BLOCK_SUMS).set(to);
    f.loop((again) => {
      f.get(n).i32(sumBlockSize).get(n).i32(sumBlockSize).op('i32.lt_u').op('select').set(length);
      f.get(to).get(x).get(length).call(block).memory('f64.store');
      advance(f, to, 8);
      advance(f, x, sumBlockSize * size);
      f.get(n).get(length).op('i32.sub').tee(n).brIf(again);
    });
    f.i32(BLOCK_SUMS);
    f.get(to).i32(BLOCK_SUMS).op('i32.sub').i32(3).op('i32.shr_u').call(combine);
  });

  const params = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [rows, n, x, rowStride, out]) => {
    f.loop((again) => {
      f.get(out).get(x).get(n).call(level).memory('f64.store');
      f.get(x).get(rowStride).op('i32.add').set(x);
      advance(f, out, 8);
      f.get(rows).i32(1).op('i32.sub').tee(rows).brIf(again);
    });
  });
  return module;
}

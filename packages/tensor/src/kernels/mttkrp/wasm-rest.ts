import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { add, advance, integers, VECTOR } from './wasm-panel.js';

/**
 * One mode of a partial result contracted column by column, exported as `run(blocks, size, rowBytes, from, factor, to)`, addresses in bytes, rows whole vectors:
 *
 *     last:  to[q, r] = Σ_i from[q, i, r] · factor[i, r]
 *     first: to[q, r] = Σ_i from[i, q, r] · factor[i, r]        0 <= q < blocks, 0 <= i < size
 *
 * summed in increasing i from +0. `from` is read in the order in which it stands: for the last mode the sums of one q are kept in registers, for the
 * first one all sums in memory, where a cache holds them.
 */
export function buildContract(which: 'first' | 'last'): ModuleBuilder {
  const module = new ModuleBuilder();
  const strips = [4, 2, 1].map((width) => ({
    width,
    strip: module.addFunction({ params: integers(6) }, (f, [blocks, size, rowBytes, from, factor, to]) => {
      (which === 'last' ? contractLast : contractFirst)(f, width, blocks, size, rowBytes, from, factor, to);
    }),
  }));
  module.addFunction({ params: integers(6), exported: 'run' }, (f, [blocks, size, rowBytes, from, factor, to]) => {
    const left = f.local('i32');
    f.get(rowBytes).set(left);
    f.loop((nextStrip) => {
      f.block((done) => {
        for (const { width, strip } of strips) {
          f.get(left)
            .i32(width * VECTOR)
            .op('i32.ge_s');
          f.if(() => {
            for (const argument of [blocks, size, rowBytes, from, factor, to]) f.get(argument);
            f.call(strip);
            for (const pointer of [from, factor, to]) advance(f, pointer, width * VECTOR);
            advance(f, left, -width * VECTOR);
            f.br(done);
          });
        }
      });
      f.get(left).i32(0).op('i32.gt_s').brIf(nextStrip);
    });
  });
  return module;
}

function contractLast(
  f: Code,
  width: number,
  blocks: Local,
  size: Local,
  rowBytes: Local,
  from: Local,
  factor: Local,
  to: Local,
): void {
  const [left, at, zero] = [f.local('i32'), f.local('i32'), f.local('v128')];
  const sums = Array.from({ length: width }, () => f.local('v128'));
  f.loop((nextBlock) => {
    f.get(factor).set(at).get(size).set(left);
    for (const sum of sums) f.get(zero).set(sum);
    f.loop((nextTerm) => {
      sums.forEach((sum, j) => {
        f.get(sum)
          .get(from)
          .memory('v128.load', j * VECTOR, 8);
        f.get(at)
          .memory('v128.load', j * VECTOR, 8)
          .op('f64x2.mul')
          .op('f64x2.add')
          .set(sum);
      });
      add(f, from, rowBytes);
      add(f, at, rowBytes);
      f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextTerm);
    });
    sums.forEach((sum, j) => {
      f.get(to)
        .get(sum)
        .memory('v128.store', j * VECTOR, 8);
    });
    add(f, to, rowBytes);
    f.get(blocks).i32(1).op('i32.sub').tee(blocks).brIf(nextBlock);
  });
}

function contractFirst(
  f: Code,
  width: number,
  blocks: Local,
  size: Local,
  rowBytes: Local,
  from: Local,
  factor: Local,
  to: Local,
): void {
  const [left, at, zero] = [f.local('i32'), f.local('i32'), f.local('v128')];
  const factors = Array.from({ length: width }, () => f.local('v128'));
  f.get(to).set(at).get(blocks).set(left);
  f.loop((nextBlock) => {
    factors.forEach((_, j) => {
      f.get(at)
        .get(zero)
        .memory('v128.store', j * VECTOR, 8);
    });
    add(f, at, rowBytes);
    f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextBlock);
  });
  f.loop((nextTerm) => {
    factors.forEach((value, j) => {
      f.get(factor)
        .memory('v128.load', j * VECTOR, 8)
        .set(value);
    });
    f.get(to).set(at).get(blocks).set(left);
    f.loop((nextBlock) => {
      factors.forEach((value, j) => {
        f.get(at)
          .get(at)
          .memory('v128.load', j * VECTOR, 8);
        f.get(from).memory('v128.load', j * VECTOR, 8);
        f.get(value)
          .op('f64x2.mul')
          .op('f64x2.add')
          .memory('v128.store', j * VECTOR, 8);
      });
      add(f, from, rowBytes);
      add(f, at, rowBytes);
      f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextBlock);
    });
    add(f, factor, rowBytes);
    f.get(size).i32(1).op('i32.sub').tee(size).brIf(nextTerm);
  });
}

import type { Code, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';
import { add, advance, repeat, whileAtLeast } from './loops.js';

/** Vectors of sums at a time. */
const VECTORS = 4;

/**
 * Direct convolution for one channel of the output, exported as
 *
 *     run(channels, kernelHeight, kernelWidth, rows, width, channelStep, dilationRow, dilationColumn, rowStep, columnStep, image, weights, out)
 *
 * with addresses and steps in bytes. Lanes run along a row of the output where the elements that its windows meet follow each other; nothing outside
 * is touched. All sizes are at least 1.
 */
export function buildCorrelate(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const type = single ? 'f32' : 'f64';
  const lanes = single ? 'f32x4' : 'f64x2';
  const size = single ? 4 : 8;
  const params = Array.from({ length: 13 }, (): ValueType => 'i32');
  module.addFunction({ params, exported: 'run' }, (f, [channels, height, width, rows, length, ...rest]) => {
    const [channelStep, dilationRow, dilationColumn, rowStep, columnStep, image, weights, out] = rest;
    const [byChannel, byRow, met, weight, at, left] = Array.from({ length: 6 }, () => f.local('i32'));
    const counters = Array.from({ length: 3 }, () => f.local('i32'));
    const vectors = Array.from({ length: VECTORS }, () => f.local('v128'));
    const [factor, zero] = [f.local('v128'), f.local('v128')];
    const element = f.local(type);

    /** All terms of the sums that begin at `at`. */
    const terms = (body: () => void): void => {
      f.get(weights).set(weight).get(at).set(byChannel);
      repeat(f, counters[0], channels, () => {
        f.get(byChannel).set(byRow);
        repeat(f, counters[1], height, () => {
          f.get(byRow).set(met);
          repeat(f, counters[2], width, () => {
            body();
            advance(f, weight, size);
            add(f, met, dilationColumn);
          });
          add(f, byRow, dilationRow);
        });
        add(f, byChannel, channelStep);
      });
    };
    const sums = (count: number): void => {
      const some = vectors.slice(0, count);
      for (const sum of some) f.get(zero).set(sum);
      terms(() => {
        f.get(weight)
          .memory(single ? 'v128.load32_splat' : 'v128.load64_splat')
          .set(factor);
        some.forEach((sum, i) => {
          f.get(sum)
            .get(factor)
            .get(met)
            .memory('v128.load', 16 * i, size);
          f.op(`${lanes}.mul`).op(`${lanes}.add`).set(sum);
        });
      });
      some.forEach((sum, i) => {
        f.get(out)
          .get(sum)
          .memory('v128.store', 16 * i, size);
      });
      forward(16 * count, 16 * count);
      advance(f, left, (-16 * count) / size);
    };
    const forward = (read: number, written: number): void => {
      advance(f, at, read);
      advance(f, out, written);
    };
    repeat(f, f.local('i32'), rows, () => {
      f.get(image).set(at).get(length).set(left);
      f.get(columnStep)
        .i32(size)
        .op('i32.eq')
        .if(() => {
          for (const count of [VECTORS, 1]) whileAtLeast(f, left, (16 * count) / size, () => sums(count));
        });
      whileAtLeast(f, left, 1, () => {
        setZero(f, element, single);
        terms(() => {
          f.get(element).get(weight).memory(`${type}.load`).get(met).memory(`${type}.load`);
          f.op(`${type}.mul`).op(`${type}.add`).set(element);
        });
        f.get(out).get(element).memory(`${type}.store`);
        add(f, at, columnStep);
        advance(f, out, size);
        advance(f, left, -1);
      });
      add(f, image, rowStep);
    });
  });
  return module;
}

function setZero(f: Code, target: Local, single: boolean): void {
  if (single) f.f32(0).set(target);
  else f.f64(0).set(target);
}

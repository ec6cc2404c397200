import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';
import { add, advance, repeat, whileAtLeast } from './loops.js';

/** Gather and scatter as the contract of windows has them, in float32 where `single`; see buildWindows. */
export interface WindowsKind {
  readonly scatter: boolean;
  readonly single: boolean;
}

/**
 * Gather or scatter, exported as
 *
 *     run(channels, kernelHeight, kernelWidth, rows, width, channelStep, dilationRow, dilationColumn, rowStep, columnStep, image, columns, factor)
 *
 * with addresses and steps in bytes. Vectors run along a row where its elements follow each other; nothing outside is touched.
 */
export function buildWindows({ scatter, single }: WindowsKind): ModuleBuilder {
  const module = new ModuleBuilder();
  const type = single ? 'f32' : 'f64';
  const lanes = single ? 'f32x4' : 'f64x2';
  const size = single ? 4 : 8;
  const params = Array.from({ length: 13 }, (_, i): ValueType => (i < 12 ? 'i32' : 'f64'));
  module.addFunction({ params, exported: 'run' }, (f, [channels, height, width, rows, length, ...rest]) => {
    const [channelStep, dilationRow, dilationColumn, rowStep, columnStep, image, columns, factor] = rest;
    const [byRow, byColumn, line, at, left] = Array.from({ length: 5 }, () => f.local('i32'));
    const [scale, scales] = [f.local(type), f.local('v128')];
    f.get(factor);
    if (single) f.op('f32.demote_f64');
    f.tee(scale).op(`${lanes}.splat`).set(scales);

    const vector = (): void => {
      if (scatter) {
        f.get(at).get(at).memory('v128.load', 0, size);
        f.get(scales).get(columns).memory('v128.load', 0, size).op(`${lanes}.mul`).op(`${lanes}.add`);
      } else {
        f.get(columns).get(at).memory('v128.load', 0, size);
      }
      f.memory('v128.store', 0, size);
      advance(f, at, 16);
      advance(f, columns, 16);
      advance(f, left, -16 / size);
    };
    const element = (): void => {
      if (scatter) {
        f.get(at).get(at).memory(`${type}.load`);
        f.get(scale).get(columns).memory(`${type}.load`).op(`${type}.mul`).op(`${type}.add`);
      } else {
        f.get(columns).get(at).memory(`${type}.load`);
      }
      f.memory(`${type}.store`);
      add(f, at, columnStep);
      advance(f, columns, size);
      advance(f, left, -1);
    };
    const run = (): void => {
      f.get(line).set(at).get(length).set(left);
      f.get(columnStep)
        .i32(size)
        .op('i32.eq')
        .if(() => whileAtLeast(f, left, 16 / size, vector));
      whileAtLeast(f, left, 1, element);
      add(f, line, rowStep);
    };
    repeat(f, f.local('i32'), channels, () => {
      f.get(image).set(byRow);
      repeat(f, f.local('i32'), height, () => {
        f.get(byRow).set(byColumn);
        repeat(f, f.local('i32'), width, () => {
          f.get(byColumn).set(line);
          repeat(f, f.local('i32'), rows, run);
          add(f, byColumn, dilationColumn);
        });
        add(f, byRow, dilationRow);
      });
      add(f, image, channelStep);
    });
  });
  return module;
}

import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/**
 * Adds rows of `row` bytes, a positive multiple of the size of an element, float64 or, where `single`, float32, one after the other, exported as
 *
 *     run(count, indices, out, stride, x, row)    addresses and sizes in bytes
 *     out[indices[i]·stride …] += x[i·row …]    0 <= i < count, which is not 0
 */
export function buildScatter(single: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const [type, lanes, size] = single ? (['f32', 'f32x4', 4] as const) : (['f64', 'f64x2', 8] as const);
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [count, indices, out, stride, x, row]) => {
    const [to, end] = [f.local('i32'), f.local('i32')];
    f.loop((nextRow) => {
      f.get(indices).memory('i32.load').get(stride).op('i32.mul').get(out).op('i32.add').set(to);
      for (const bytes of [64, 16, size]) {
        // Where no more whole steps begin: what is left of a row is less than the step before.
        f.get(row)
          .i32(bytes === size ? 16 - size : bytes === 16 ? 48 : -64)
          .op('i32.and')
          .get(x)
          .op('i32.add')
          .tee(end)
          .get(x)
          .op('i32.ne');
        f.if(() => {
          f.loop((again) => {
            for (let at = 0; at < bytes; at += bytes === size ? size : 16) {
              f.get(to).get(to);
              if (bytes === size) {
                f.memory(`${type}.load`).get(x).memory(`${type}.load`).op(`${type}.add`).memory(`${type}.store`);
              } else {
                f.memory('v128.load', at, size).get(x).memory('v128.load', at, size);
                f.op(`${lanes}.add`).memory('v128.store', at, size);
              }
            }
            f.get(to).i32(bytes).op('i32.add').set(to);
            f.get(x).i32(bytes).op('i32.add').tee(x).get(end).op('i32.ne').brIf(again);
          });
        });
      }
      f.get(indices).i32(4).op('i32.add').set(indices);
      f.get(count).i32(1).op('i32.sub').tee(count).brIf(nextRow);
    });
  });
  return module;
}

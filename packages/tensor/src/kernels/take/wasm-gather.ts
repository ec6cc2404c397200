import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';

/**
 * Rows of `row` bytes, a multiple of four and not 0, one after the other, exported as
 *
 *     run(count, indices, x, stride, out, row)    addresses and sizes in bytes
 *     out[i·row …] = x[indices[i]·stride …]    0 <= i < count, which is not 0
 */
export function buildGather(): ModuleBuilder {
  const module = new ModuleBuilder();
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [count, indices, x, stride, out, row]) => {
    const [from, end] = [f.local('i32'), f.local('i32')];
    f.loop((nextRow) => {
      f.get(indices).memory('i32.load').get(stride).op('i32.mul').get(x).op('i32.add').set(from);
      for (const [bytes, load, store] of [
        [16, 'v128.load', 'v128.store'],
        [4, 'i32.load', 'i32.store'],
      ] as const) {
        // Where no more whole vectors, or words, begin.
        f.get(row)
          .i32(bytes === 16 ? -16 : 12)
          .op('i32.and')
          .get(out)
          .op('i32.add')
          .tee(end)
          .get(out)
          .op('i32.ne');
        f.if(() => {
          f.loop((again) => {
            f.get(out).get(from).memory(load, 0, 4).memory(store, 0, 4);
            f.get(from).i32(bytes).op('i32.add').set(from);
            f.get(out).i32(bytes).op('i32.add').tee(out).get(end).op('i32.ne').brIf(again);
          });
        });
      }
      f.get(indices).i32(4).op('i32.add').set(indices);
      f.get(count).i32(1).op('i32.sub').tee(count).brIf(nextRow);
    });
  });
  return module;
}

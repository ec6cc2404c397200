import type { FunctionReference } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { addTo, advance, loadAll, repeat, storeAll } from './wasm-emit.js';

/** Rows that are compared at a time, so that the running extrema are loaded and stored once for all of them. */
const TERMS = 8;
/** Vectors side by side. */
const VECTORS = 2;
const STEP = 16 * VECTORS;

/**
 * The largest (`most`), or smallest, elements of columns, NaN where there is one, exported as
 *
 *     run(n, bytes, x, rowStride, best, nans)    addresses and strides in bytes
 *
 * with the elements of a row side by side; `bytes` is the size of a row, rounded up to a multiple of 32, and as many are read. `best` receives
 * numbers of the type of x; `nans` is room for as many. Requires n, bytes >= 1.
 */
export function buildColumnExtrema(single: boolean, most: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const lanes = single ? 'f32x4' : 'f64x2';
  const size = single ? 4 : 8;
  const pick = most ? 'pmax' : 'pmin';
  const define = (terms: number): FunctionReference =>
    module.addFunction({ params: ['i32', 'i32', 'i32', 'i32', 'i32'] }, (f, [bytes, x, stride, best, nans]) => {
      const rows = [x, ...Array.from({ length: terms - 1 }, () => f.local('i32'))];
      const extrema = Array.from({ length: VECTORS }, () => f.local('v128'));
      const seen = extrema.map(() => f.local('v128'));
      const v = f.local('v128');
      for (let t = 1; t < terms; t++) addTo(f.get(rows[t - 1]).get(stride), rows[t]);
      repeat(f, bytes, STEP, () => {
        loadAll(f, extrema, best, size);
        loadAll(f, seen, nans, size);
        for (const row of rows) {
          extrema.forEach((extremum, j) => {
            f.get(row)
              .memory('v128.load', 16 * j, size)
              .set(v);
            // Of equal elements the first one stays.
            f.get(extremum).get(v).op(`${lanes}.${pick}`).set(extremum);
            f.get(seen[j]).get(v).get(v).op(`${lanes}.ne`).op('v128.or').set(seen[j]);
          });
          advance(f, row, STEP);
        }
        storeAll(f, extrema, best, size);
        storeAll(f, seen, nans, size);
        advance(f, best, STEP);
        advance(f, nans, STEP);
      });
    });
  const [one, many] = [define(1), define(TERMS)];
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [n, bytes, x, stride, best, nans]) => {
    const [offset, v] = [f.local('i32'), f.local('v128')];
    // From the back, so that the offset is also what is left.
    f.get(bytes).set(offset);
    f.loop((again) => {
      advance(f, offset, -16);
      f.get(best).get(offset).op('i32.add').get(x).get(offset).op('i32.add').memory('v128.load', 0, size);
      f.memory('v128.store', 0, size);
      f.get(nans).get(offset).op('i32.add').get(v).memory('v128.store', 0, size);
      f.get(offset).brIf(again);
    });
    for (const terms of [TERMS, 1]) {
      f.get(n)
        .i32(terms - 1)
        .op('i32.gt_u');
      f.if(() => {
        f.loop((again) => {
          f.get(bytes)
            .get(x)
            .get(stride)
            .get(best)
            .get(nans)
            .call(terms === 1 ? one : many);
          addTo(f.get(stride).i32(terms).op('i32.mul').get(x), x);
          advance(f, n, -terms);
          f.get(n)
            .i32(terms - 1)
            .op('i32.gt_u')
            .brIf(again);
        });
      });
    }
    // All ones, which is a NaN, over what is not a number.
    f.get(bytes).set(offset);
    f.loop((again) => {
      advance(f, offset, -16);
      f.get(best).get(offset).op('i32.add').tee(n).get(n).memory('v128.load', 0, size);
      f.get(nans).get(offset).op('i32.add').memory('v128.load', 0, size).op('v128.or').memory('v128.store', 0, size);
      f.get(offset).brIf(again);
    });
  });
  return module;
}

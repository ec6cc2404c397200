import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { addTo, advance, loadAll } from './wasm-emit.js';

/**
 * Vectors at a time, each with its own running extremum and its own record of NaN. What V8 makes of such loops changes by leaps: on 10⁶ float64
 * numbers four take 0.126 ms, two 0.142, three 0.165, two rounds of four 0.205.
 */
const VECTORS = 4;
const STEP = 16 * VECTORS;
/** Bytes that are searched as one; the first place of the extremum is then looked for within one block. */
const BLOCK = 256 * STEP;

/**
 * The largest (`most`), or smallest, elements of gap-free rows, exported as
 *
 *     run(rows, n, x, rowStride, out, places)    addresses and strides in bytes
 *
 * `out` receives float64 numbers: where `places` is 0 the elements, else their indices in the row. Of equal elements, as −0 and 0 are, the first
 * one counts, and NaN before all numbers, as in the folds. Requires rows, n >= 1.
 */
export function buildRowExtrema(single: boolean, most: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const [type, lanes] = single ? (['f32', 'f32x4'] as const) : (['f64', 'f64x2'] as const);
  const size = single ? 4 : 8;
  const [pick, beats] = most ? (['pmax', 'gt'] as const) : (['pmin', 'lt'] as const);

  /** The extremum of [x, end), not empty; NaN if there is one. */
  const block = module.addFunction({ params: ['i32', 'i32'], results: [type] }, (f, [x, end]) => {
    const vectors = (): ReturnType<typeof f.local>[] => Array.from({ length: VECTORS }, () => f.local('v128'));
    const [best, nans, v] = [vectors(), vectors(), f.local('v128')];
    const [top, element, stop] = [f.local(type), f.local(type), f.local('i32')];
    f.get(end).get(x).op('i32.sub').i32(STEP).op('i32.ge_u');
    f.if(
      () => {
        f.get(end).i32(STEP).op('i32.sub').set(stop);
        loadAll(f, best, x, size);
        f.loop((again) => {
          for (const [i, b] of best.entries()) {
            f.get(x)
              .memory('v128.load', 16 * i, size)
              .set(v);
            f.get(nans[i]).get(v).get(v).op(`${lanes}.ne`).op('v128.or').set(nans[i]);
            f.get(b).get(v).op(`${lanes}.${pick}`).set(b);
          }
          advance(f, x, STEP);
          f.get(x).get(stop).op('i32.le_u').brIf(again);
        });
        f.get(nans[0]);
        for (const nan of nans.slice(1)) f.get(nan).op('v128.or');
        f.op('v128.any_true').if(() => f[type](Number.NaN).op('return'));
        f.get(best[0]);
        for (const b of best.slice(1)) f.get(b).op(`${lanes}.${pick}`);
        f.set(v);
        f.get(v).lane(`${lanes}.extract_lane`, 0).set(top);
        for (let lane = 1; lane < 16 / size; lane++) {
          f.get(v).lane(`${lanes}.extract_lane`, lane).tee(element).get(top).get(element).get(top);
          f.op(`${type}.${beats}`).op('select').set(top);
        }
      },
      () => f.get(x).memory(`${type}.load`).set(top),
    );
    f.get(x).get(end).op('i32.ne');
    f.if(() => {
      f.loop((again) => {
        f.get(x).memory(`${type}.load`).tee(element).get(element).op(`${type}.ne`);
        f.if(() => f.get(element).op('return'));
        f.get(element).get(top).get(element).get(top).op(`${type}.${beats}`).op('select').set(top);
        advance(f, x, size);
        f.get(x).get(end).op('i32.ne').brIf(again);
      });
    });
    f.get(top);
  });

  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [rows, n, x, rowStride, out, places]) => {
    const [at, from, to, end] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const [best, found] = [f.local(type), f.local(type)];
    const [v, sought] = [f.local('v128'), f.local('v128')];
    f.loop((nextRow) => {
      f.get(x).tee(at).tee(from).memory(`${type}.load`).set(best);
      f.get(n).i32(size).op('i32.mul').get(x).op('i32.add').set(end);
      f.loop((nextBlock) => {
        // Not at + BLOCK in any case: that may lie beyond the last address.
        f.get(at).i32(BLOCK).op('i32.add').get(end).get(end).get(at).op('i32.sub').i32(BLOCK).op('i32.gt_u');
        f.op('select').set(to);
        f.get(at).get(to).call(block).set(found);
        // Not worse than the best so far, or NaN: then this block has the first place. An equal one does not.
        f.get(found).get(best).op(`${type}.${beats}`).get(found).get(found).op(`${type}.ne`).op('i32.or');
        f.if(() => f.get(found).set(best).get(at).set(from));
        f.get(to).tee(at).get(end).op('i32.ne').get(best).get(best).op(`${type}.eq`).op('i32.and').brIf(nextBlock);
      });
      // Which of the zeros, too, only their order can tell.
      f.get(places).get(best)[type](0).op(`${type}.eq`).op('i32.or');
      f.if(() => {
        // By vectors, of which the last may reach beyond the row: a place in the row comes first.
        f.get(best).op(`${lanes}.splat`).set(sought);
        f.loop((nextVector) => {
          f.get(from).memory('v128.load', 0, size).tee(v).get(sought).op(`${lanes}.eq`);
          f.get(v).get(v).op(`${lanes}.ne`).op('v128.or').op('v128.any_true').op('i32.eqz');
          f.if(() => {
            advance(f, from, 16).br(nextVector);
          });
        });
        f.loop((nextPlace) => {
          f.get(from).memory(`${type}.load`).tee(found).get(best).op(`${type}.ne`);
          f.get(found).get(found).op(`${type}.eq`).op('i32.and');
          f.if(() => {
            advance(f, from, size).br(nextPlace);
          });
        });
        f.get(found).set(best);
      });
      f.get(out).get(from).get(x).op('i32.sub').i32(Math.log2(size)).op('i32.shr_u').op('f64.convert_i32_s').get(best);
      if (single) f.op('f64.promote_f32');
      f.get(places).op('select').memory('f64.store');
      addTo(f.get(x).get(rowStride), x);
      advance(f, out, 8);
      f.get(rows).i32(1).op('i32.sub').tee(rows).brIf(nextRow);
    });
  });
  return module;
}

import type { Code } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { addTo, advance, defineRows, inSteps, loadAll, repeat, STATE, vectors } from './wasm-emit.js';

/**
 * Vectors at a time, each with its own running extremum. What V8 makes of such loops changes by leaps: on 10⁶ float64 numbers four take
 * 0.10 ms, three 0.11, two and six 0.13, eight 0.17.
 */
const VECTORS = 4;
const STEP = 16 * VECTORS;
/** The shortest rows, in bytes. */
export const SHORTEST: number = STEP;
/** Bytes that are searched as one; the first place of the extremum is then looked for within one block. */
const BLOCK = 256 * STEP;
/** Rows of columns that are compared at a time. */
const TERMS = 8;

function kind(single: boolean) {
  return single
    ? ({ type: 'f32', lanes: 'f32x4', bits: 'i32x4', size: 4 } as const)
    : ({ type: 'f64', lanes: 'f64x2', bits: 'i64x2', size: 8 } as const);
}

/**
 * The largest (`most`), or smallest, elements of gap-free rows, exported as
 *
 *     run(rows, n, x, rowStride, out)    addresses and strides in bytes
 *
 * `out` receives float64 numbers: the elements or, where `places`, their indices in the row. Of equal elements, as −0 and 0 are, the first
 * one counts, and NaN before all numbers, as in the folds. Requires rows >= 1 and rows of at least {@link SHORTEST} bytes.
 */
export function buildRowExtrema(single: boolean, most: boolean, places: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const { type, lanes, bits, size } = kind(single);
  const [pick, beats] = most ? (['pmax', 'gt'] as const) : (['pmin', 'lt'] as const);

  /** Where the first element in [x, end) stands that is `sought` or NaN; not below `end` where there is none. */
  const find = module.addFunction({ params: ['i32', 'i32', type], results: ['i32'] }, (f, [x, end, sought]) => {
    const [v, wanted, element] = [f.local('v128'), f.local('v128'), f.local(type)];
    const onwards = (bytes: number, condition: () => Code): void => {
      f.block((found) => {
        f.loop((again) => {
          f.get(x).get(end).op('i32.ge_u').brIf(found);
          condition().brIf(found);
          advance(f, x, bytes).br(again);
        });
      });
    };
    f.get(sought).op(`${lanes}.splat`).set(wanted);
    // By vectors, of which the last may reach beyond the end, then in the one that has been found.
    onwards(16, () => {
      f.get(x).memory('v128.load', 0, size).tee(v).get(wanted).op(`${lanes}.eq`);
      return f.get(v).get(v).op(`${lanes}.ne`).op('v128.or').op('v128.any_true');
    });
    onwards(size, () => {
      f.get(x).memory(`${type}.load`).tee(element).get(sought).op(`${type}.eq`);
      return f.get(element).get(element).op(`${type}.ne`).op('i32.or');
    });
    f.get(x);
  });

  /** The extremum of [x, end), at least one step; NaN if there is one. */
  const block = module.addFunction({ params: ['i32', 'i32'], results: [type] }, (f, [x, end]) => {
    const [best, codes, v] = [vectors(f, VECTORS), vectors(f, VECTORS), f.local('v128')];
    const [begin, last] = [f.local('i32'), f.local('i32')];
    f.get(end).i32(STEP).op('i32.sub').set(last).get(x).set(begin);
    loadAll(f, best, x, size);
    const round = (): void => {
      for (const [i, b] of best.entries()) {
        f.get(x)
          .memory('v128.load', 16 * i, size)
          .set(v);
        // Comparisons and extrema share two units of the processor, integers have others: bits without their sign are largest in NaN.
        f.get(codes[i]).get(v).get(v).op(`${bits}.add`).op('i32x4.max_u').set(codes[i]);
        f.get(b).get(v).op(`${lanes}.${pick}`).set(b);
      }
    };
    f.loop((again) => {
      round();
      advance(f, x, STEP).get(x).get(last).op('i32.le_u').brIf(again);
    });
    // The last one takes elements once more.
    f.get(x).get(end).op('i32.ne');
    f.if(() => {
      f.get(last).set(x);
      round();
    });
    f.get(codes[0]);
    for (const code of codes.slice(1)) f.get(code).op('i32x4.max_u');
    f.i32(1).op(`${bits}.shr_u`).tee(v).get(v).op(`${lanes}.ne`).op('v128.any_true');
    f.if(() => {
      // The halves of a float64 number were compared one by one, so that infinity may look like NaN.
      f.get(begin).get(end)[type](Number.NaN).call(find).get(end).op('i32.lt_u');
      f.if(() => f[type](Number.NaN).op('return'));
    });
    f.get(best[0]);
    for (const b of best.slice(1)) f.get(b).op(`${lanes}.${pick}`);
    f.set(v);
    for (let half = 8; half >= size; half /= 2) {
      f.get(v).get(v).get(v);
      f.shuffle(Array.from({ length: 16 }, (_, byte) => (byte + half) % 16))
        .op(`${lanes}.${pick}`)
        .set(v);
    }
    f.get(v).lane(`${lanes}.extract_lane`, 0);
  });

  const params = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [rows, n, x, rowStride, out]) => {
    const [at, from, to, end] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const [best, found] = [f.local(type), f.local(type)];
    repeat(f, rows, 1, () => {
      f.get(x).tee(at).tee(from).memory(`${type}.load`).set(best);
      f.get(n).i32(size).op('i32.mul').get(x).op('i32.add').set(end);
      f.loop((nextBlock) => {
        // The last block takes what would be too short for one.
        f.get(at).i32(BLOCK).op('i32.add').get(end).get(end).get(at).op('i32.sub');
        f.i32(2 * BLOCK)
          .op('i32.gt_u')
          .op('select')
          .set(to);
        f.get(at).get(to).call(block).set(found);
        // Not worse than the best so far, or NaN: then this block has the first place. An equal one does not.
        f.get(found).get(best).op(`${type}.${beats}`).get(found).get(found).op(`${type}.ne`).op('i32.or');
        f.if(() => f.get(found).set(best).get(at).set(from));
        f.get(to).tee(at).get(end).op('i32.ne').get(best).get(best).op(`${type}.eq`).op('i32.and').brIf(nextBlock);
      });
      f.get(out);
      if (places) {
        f.get(from).get(end).get(best).call(find).get(x).op('i32.sub').i32(Math.log2(size)).op('i32.shr_u');
        f.op('f64.convert_i32_s');
      } else {
        // Which of the zeros, only their order can tell.
        f.get(best)[type](0).op(`${type}.eq`);
        f.if(() => f.get(from).get(end).get(best).call(find).memory(`${type}.load`).set(best));
        f.get(best);
        if (single) f.op('f64.promote_f32');
      }
      f.memory('f64.store');
      addTo(f.get(x).get(rowStride), x);
      advance(f, out, 8);
    });
  });
  return module;
}

/**
 * The largest (`most`), or smallest, elements of columns, NaN where there is one, exported as
 *
 *     run(n, width, x, rowStride, state, out)    addresses and strides in bytes
 *
 * with the elements of a row side by side. `width` is a number of columns rounded up to a multiple of eight; as many are read. `out` receives
 * numbers of the type of x; `state` is room for twice as many. Requires n, width >= 1.
 */
export function buildColumnExtrema(single: boolean, most: boolean): ModuleBuilder {
  const module = new ModuleBuilder();
  const { type, lanes, size } = kind(single);
  // 64 bytes of state: two vectors of extrema, two of where there was NaN.
  const step = STATE / 2;
  const [one, many] = [1, TERMS].map((terms) =>
    defineRows(module, terms, step, (f, [e0, e1, nan0, nan1], row) => {
      const v = f.local('v128');
      for (const [j, [extremum, nan]] of [
        [e0, nan0],
        [e1, nan1],
      ].entries()) {
        f.get(row)
          .memory('v128.load', 16 * j, size)
          .set(v);
        // Of equal elements the first one stays.
        f.get(extremum)
          .get(v)
          .op(`${lanes}.${most ? 'pmax' : 'pmin'}`)
          .set(extremum);
        f.get(nan).get(v).get(v).op(`${lanes}.ne`).op('v128.or').set(nan);
      }
    }),
  );
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction({ params, exported: 'run' }, (f, [n, width, x, stride, state, out]) => {
    const [groups, at, left] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const [worst, zero] = vectors(f, 2);
    const eachGroup = (body: () => void): void => {
      f.get(state).set(at).get(groups).set(left);
      repeat(f, left, 1, () => {
        body();
        advance(f, at, STATE);
      });
    };
    f.get(width)
      .i32(Math.log2(step / size))
      .op('i32.shr_u')
      .set(groups);
    f[type](most ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)
      .op(`${lanes}.splat`)
      .set(worst);
    eachGroup(() => {
      for (let j = 0; j < 4; j++) {
        f.get(at)
          .get(j < 2 ? worst : zero)
          .memory('v128.store', 16 * j, size);
      }
    });
    for (const terms of [TERMS, 1]) {
      inSteps(f, n, terms, () => {
        f.get(groups).get(state).get(x).get(stride);
        f.call(terms === 1 ? one : many);
        addTo(f.get(stride).i32(terms).op('i32.mul').get(x), x);
      });
    }
    // All ones, which is a NaN, over what is not a number.
    eachGroup(() => {
      for (const j of [0, 16]) {
        f.get(out).get(at).memory('v128.load', j, size).get(at);
        f.memory('v128.load', j + 32, size)
          .op('v128.or')
          .memory('v128.store', j, size);
      }
      advance(f, out, step);
    });
  });
  return module;
}

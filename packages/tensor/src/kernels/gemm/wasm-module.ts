import type { Code, FunctionReference, Label, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import type { ValueType } from '../../wasm/assembler/opcodes.js';
import { GEMM_BLOCK } from './contract.js';
import { definePack } from './wasm-pack.js';

const VECTOR = 16;

/** Bytes of the columns of a strip, four vectors: a cache line. */
const STRIP = 64;

/**
 * Width in vectors of columns, and rows, of the register tiles. Two rows of four vectors are eight running sums beside four vectors of B
 * and one element of A: a larger tile or an unrolled inner sum is slower, because V8 then keeps sums in memory. Narrow tiles, for the
 * columns that remain, have more rows, because it takes several independent sums to hide the latency of an addition.
 */
const TILES = [
  { width: 4, rows: 2 },
  { width: 3, rows: 2 },
  { width: 2, rows: 4 },
  { width: 1, rows: 4 },
] as const;

/** Strips of B that are packed at a time, and rows of A that they meet at a time: 512 KiB and 256 KiB in float64, for a second-level cache. */
const PANEL_STRIPS = 32;
const PANEL_ROWS = 128;

/** With so many rows or fewer B is read where it stands: a packed copy would not be read often enough. */
const FEW_ROWS = 16;
/** Distance in bytes of the rows of B up to which one block of them stays in the first-level cache as it stands. */
const CLOSE_ROWS = 160;
/**
 * Distance in bytes of the columns of A beyond which those of one strip are packed before they are read: the kernel reads down a block of them,
 * and at distances of a power of two all fall into the same few places of the cache (measured: half the speed at 512 columns of float64).
 */
const CLOSE_COLUMNS = 1024;

const STRIP_BYTES = STRIP * GEMM_BLOCK;

/** Bytes that a call needs at its scratch address: packed strips of B, one of A, and what a transpose by squares writes behind them. */
export const SCRATCH_BYTES: number = (PANEL_STRIPS + 1) * STRIP_BYTES + 4 * STRIP;

/** What differs between float64 and float32. */
interface Kind {
  /** Bytes of an element. */
  readonly size: 8 | 4;
  readonly splat: 'v128.load64_splat' | 'v128.load32_splat';
  readonly mul: 'f64x2.mul' | 'f32x4.mul';
  readonly add: 'f64x2.add' | 'f32x4.add';
  readonly extract: 'f64x2.extract_lane' | 'f32x4.extract_lane';
  readonly store: 'f64.store' | 'f32.store';
}

const double: Kind = {
  size: 8,
  splat: 'v128.load64_splat',
  mul: 'f64x2.mul',
  add: 'f64x2.add',
  extract: 'f64x2.extract_lane',
  store: 'f64.store',
};
const single: Kind = {
  size: 4,
  splat: 'v128.load32_splat',
  mul: 'f32x4.mul',
  add: 'f32x4.add',
  extract: 'f32x4.extract_lane',
  store: 'f32.store',
};

/**
 * `count` products C = A·B, or C = C + A·B, of matrices of one type, exported as
 *
 *     run(scratch, reach, accumulate, count, m, n, k, a, aStep, aRow, aCol, b, bStep, bRow, bCol, c, cStep, cRow)
 *
 * with addresses, strides, and the steps from one product to the next in bytes. Rows of C are contiguous, A has any strides, B has rows or
 * columns that are. Lanes run over the columns, so that every element of C is one sum in increasing p from +0 for each block, its products
 * rounded before they are added, as the contract asks. `scratch` is the address of SCRATCH_BYTES that nobody else uses meanwhile.
 *
 * Rows of C are independent of each other: calls on parts of the rows, each with a scratch of its own, give the same bits at the same time.
 *
 * Of column j only the rows i < j + reach are sure to be computed: reach = m is the product, reach = 1 the upper triangle of a symmetric one, and
 * what else is computed is right too, but what is not stays as it was. Reads, but does not write, up to 64 bytes behind B and C.
 * Requires count, m, n, k >= 1.
 */
export function buildGemm(size: 8 | 4): ModuleBuilder {
  const kind = size === 8 ? double : single;
  const lanes = VECTOR / size;
  const module = new ModuleBuilder();
  const pack = definePack(module, size);
  const strips = TILES.map((tile) => ({ ...tile, strip: defineStrip(module, kind, tile.width, tile.rows) }));
  module.addFunction({ params: integers(18), exported: 'run' }, (f, parameters) => {
    const [scratch, reach, accumulate, count, m, n, k, a, aStep, aRow, aCol, b, bStep, bRow, bCol, c, cStep, cRow] =
      parameters;
    const [p, depth, j, cols, i, rows, jr] = locals(f, 7, 'i32');
    const [panel, strip, stripStep, bDepth, left, limit] = locals(f, 6, 'i32');
    const [aPacked, aScratch, aAt, tileRow, tileDepth, most] = locals(f, 6, 'i32');
    f.get(aRow).i32(size).op('i32.eq').get(aCol).i32(CLOSE_COLUMNS).op('i32.gt_s').op('i32.and').set(aPacked);
    f.i32(4 * lanes)
      .i32(PANEL_ROWS)
      .get(aPacked)
      .op('select')
      .set(most);
    f.get(scratch).set(aScratch);
    advance(f, scratch, STRIP_BYTES);
    f.loop((nextProduct) => {
      f.i32(0).set(p);
      steps(f, p, k, GEMM_BLOCK, depth, () => {
        f.i32(0).set(j);
        steps(f, j, n, PANEL_STRIPS * 4 * lanes, cols, () => {
          f.get(b).get(p).get(bRow).op('i32.mul').op('i32.add').get(j).get(bCol).op('i32.mul').op('i32.add').set(panel);
          f.get(bRow).set(bDepth).i32(STRIP).set(stripStep);
          f.get(bCol).i32(size).op('i32.ne');
          f.get(m).i32(FEW_ROWS).op('i32.gt_s').get(bRow).i32(CLOSE_ROWS).op('i32.gt_s').op('i32.and').op('i32.or');
          f.if(() => {
            for (const argument of [panel, bRow, bCol, depth, cols, scratch]) f.get(argument);
            f.call(pack).get(scratch).set(panel).i32(STRIP).set(bDepth);
            f.get(depth).i32(STRIP).op('i32.mul').set(stripStep);
          });
          f.i32(0).set(i);
          steps(f, i, m, most, rows, () => {
            f.get(a).get(i).get(aRow).op('i32.mul').op('i32.add').get(p).get(aCol).op('i32.mul').op('i32.add').set(aAt);
            f.get(aRow).set(tileRow).get(aCol).set(tileDepth);
            f.get(aPacked).if(() => {
              for (const argument of [aAt, aCol, aRow, depth, rows, aScratch]) f.get(argument);
              f.call(pack).get(aScratch).set(aAt).i32(STRIP).set(tileDepth);
            });
            f.get(panel).set(strip).i32(0).set(jr);
            steps(f, jr, cols, 4 * lanes, left, () => {
              // Rows of this part up to that of the last column, which is the only one that symmetry needs.
              f.get(j).get(jr).op('i32.add').get(left).op('i32.add').get(reach).op('i32.add');
              f.get(i).op('i32.sub').i32(1).op('i32.sub').set(limit);
              smaller(f, limit, rows);
              f.get(limit)
                .i32(0)
                .op('i32.gt_s')
                .if((done) => {
                  for (const { width, strip: multiply } of strips) {
                    f.get(left)
                      .i32((width - 1) * lanes)
                      .op('i32.gt_s')
                      .if(() => {
                        for (const argument of [limit, depth, aAt, tileRow, tileDepth, strip, bDepth]) f.get(argument);
                        f.get(c).get(i).get(cRow).op('i32.mul').op('i32.add');
                        f.get(j).get(jr).op('i32.add').i32(size).op('i32.mul').op('i32.add');
                        f.get(cRow)
                          .get(left)
                          .i32(lanes - 1)
                          .op('i32.and');
                        f.get(accumulate).get(p).op('i32.or').call(multiply).br(done);
                      });
                  }
                });
              add(f, strip, stripStep);
            });
          });
        });
      });
      add(f, a, aStep);
      add(f, b, bStep);
      add(f, c, cStep);
      f.get(count).i32(1).op('i32.sub').tee(count).brIf(nextProduct);
    });
  });
  return module;
}

/**
 * All rows of `width` vectors of columns: strip(m, k, a, aRow, aDepth, b, bDepth, c, cRow, tail, accumulate). Of the last vector `tail` lanes are
 * stored, all of them for 0. Rows of a tile that are missing repeat the last one that there is, down to its store.
 */
function defineStrip(module: ModuleBuilder, kind: Kind, width: number, rows: number): FunctionReference {
  return module.addFunction({ params: integers(11) }, (f, parameters) => {
    const [m, k, a, aRow, aDepth, b, bDepth, c, cRow, tail, accumulate] = parameters;
    const [bAt, left] = locals(f, 2, 'i32');
    const at = locals(f, rows, 'i32');
    const [factor, zero] = locals(f, 2, 'v128');
    const terms = locals(f, width, 'v128');
    const sums = at.map(() => locals(f, width, 'v128'));
    /** Points at the rows of a tile. */
    const point = (first: Local, step: Local): void => {
      f.get(first).set(at[0]);
      for (let i = 1; i < rows; i++) {
        f.get(at[i - 1]);
        f.get(step).i32(0).get(m).i32(i).op('i32.gt_s').op('select').op('i32.add').set(at[i]);
      }
    };

    f.loop((nextTile) => {
      point(a, aRow);
      f.get(b).set(bAt).get(k).set(left);
      for (const sum of sums.flat()) f.get(zero).set(sum);
      f.loop((nextTerm) => {
        terms.forEach((term, j) => {
          f.get(bAt)
            .memory('v128.load', j * VECTOR, kind.size)
            .set(term);
        });
        sums.forEach((row, i) => {
          f.get(at[i]).memory(kind.splat).set(factor);
          row.forEach((sum, j) => {
            f.get(sum).get(factor).get(terms[j]).op(kind.mul).op(kind.add).set(sum);
          });
        });
        add(f, bAt, bDepth);
        for (const pointer of at) add(f, pointer, aDepth);
        f.get(left).i32(1).op('i32.sub').tee(left).brIf(nextTerm);
      });

      point(c, cRow);
      // All of C is read before any of it is written, because rows may be one and the same.
      f.get(accumulate).if(() => {
        sums.forEach((row, i) => {
          row.forEach((sum, j) => {
            f.get(at[i])
              .memory('v128.load', j * VECTOR, kind.size)
              .get(sum)
              .op(kind.add)
              .set(sum);
          });
        });
      });
      sums.forEach((row, i) => {
        row.slice(0, -1).forEach((sum, j) => {
          f.get(at[i])
            .get(sum)
            .memory('v128.store', j * VECTOR, kind.size);
        });
      });
      f.get(tail).if(
        () => {
          sums.forEach((row, i) => {
            storeLanes(f, kind, at[i], (width - 1) * VECTOR, row[width - 1], tail);
          });
        },
        () => {
          sums.forEach((row, i) => {
            f.get(at[i])
              .get(row[width - 1])
              .memory('v128.store', (width - 1) * VECTOR, kind.size);
          });
        },
      );
      f.get(a).get(aRow).i32(rows).op('i32.mul').op('i32.add').set(a);
      f.get(c).get(cRow).i32(rows).op('i32.mul').op('i32.add').set(c);
      f.get(m).i32(rows).op('i32.sub').tee(m).i32(0).op('i32.gt_s').brIf(nextTile);
    });
  });
}

/** The first `count` lanes of a vector, less than all; `count` is not 0. */
function storeLanes(f: Code, kind: Kind, at: Local, offset: number, vector: Local, count: Local): void {
  for (let lane = 0; lane < VECTOR / kind.size - 1; lane++) {
    const store = (): Code =>
      f
        .get(at)
        .get(vector)
        .lane(kind.extract, lane)
        .memory(kind.store, offset + lane * kind.size);
    if (lane === 0) store();
    else f.get(count).i32(lane).op('i32.gt_s').if(store);
  }
}

/** Runs the body for index = index, index + step, ... < end, at least once; `part` is what there is in each, `step` or the rest. */
function steps(f: Code, index: Local, end: Local, step: number | Local, part: Local, body: () => void): void {
  const push = (): Code => (typeof step === 'number' ? f.i32(step) : f.get(step));
  f.loop((next: Label) => {
    f.get(end).get(index).op('i32.sub').set(part);
    f.get(part);
    push()
      .op('i32.gt_s')
      .if(() => push().set(part));
    body();
    f.get(index);
    push().op('i32.add').tee(index).get(end).op('i32.lt_s').brIf(next);
  });
}

function smaller(f: Code, target: Local, bound: Local): void {
  f.get(target).get(bound).get(target).get(bound).op('i32.lt_s').op('select').set(target);
}

function add(f: Code, target: Local, amount: Local): void {
  f.get(target).get(amount).op('i32.add').set(target);
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}

function locals(f: Code, count: number, type: ValueType): Local[] {
  return Array.from({ length: count }, () => f.local(type));
}

function integers(count: number): ValueType[] {
  return Array.from({ length: count }, () => 'i32');
}

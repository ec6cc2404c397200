import type { Code, Label, Local } from '../../wasm/assembler/code.js';
import { ModuleBuilder } from '../../wasm/assembler/module-builder.js';
import { GEMM_BLOCK } from './contract.js';
import { definePack } from './wasm-pack.js';
import { add, defineStrip, integers, kindOf, locals, VECTOR } from './wasm-strip.js';

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

/**
 * `count` products C = A·B, or C = C + A·B, of matrices of one type, exported as
 *
 *     run(chunk, scratch, each, tall, wide, reach, accumulate, count, m, n, k, a, aStep, aRow, aCol, b, bStep, bRow, bCol, c, cStep, cRow)
 *
 * with addresses, strides, and the steps from one product to the next in bytes. Rows of C are contiguous, A has any strides, B has rows or
 * columns that are. Lanes run over the columns, so that every element of C is one sum in increasing p from +0 for each block, its products
 * rounded before they are added, as the contract asks. `scratch` is the address of SCRATCH_BYTES that nobody else uses meanwhile.
 *
 * A chunk is `each` products or, where each = 1, a tile of `tall` rows and `wide` columns of one; see cutChunks. Chunk 0 with each = count, tall = m,
 * wide = n is everything. Elements of C are independent of each other: chunks, each with a scratch of its own, give the same bits at the same time.
 *
 * Of column j only the rows i < j + reach are sure to be computed: reach = m is the product, reach = 1 the upper triangle of a symmetric one, and
 * what else is computed is right too, but what is not stays as it was. Reads, but does not write, up to 64 bytes behind B and C.
 * Requires count, m, n, k >= 1.
 */
export function buildGemm(size: 8 | 4): ModuleBuilder {
  const kind = kindOf(size);
  const lanes = VECTOR / size;
  const module = new ModuleBuilder();
  const pack = definePack(module, size);
  const strips = TILES.map((tile) => ({ ...tile, strip: defineStrip(module, kind, tile.width, tile.rows) }));
  module.addFunction({ params: integers(22), exported: 'run' }, (f, parameters) => {
    const [, scratch, , , , reach, accumulate, count, m, n, k, a, aStep, aRow, aCol, ...others] = parameters;
    const [b, bStep, bRow, bCol, c, cStep, cRow] = others;
    enterChunk(f, parameters, size);
    // Below the diagonal of a symmetric product there is nothing to compute.
    f.get(reach)
      .get(n)
      .op('i32.add')
      .i32(1)
      .op('i32.le_s')
      .if(() => f.op('return'));
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

/** Turns the parameters of `run` into those of the chunk: its products, the first of them, its rows and columns. */
export function enterChunk(f: Code, parameters: readonly Local[], size: number): void {
  const [chunk, , each, tall, wide, reach, , count, m, n, , a, aStep, aRow, , ...others] = parameters;
  const [b, bStep, , bCol, c, cStep, cRow] = others;
  const [across, parts] = locals(f, 2, 'i32');
  f.get(chunk).if(() => {
    quotientUp(f, n, wide).tee(across);
    quotientUp(f, m, tall).op('i32.mul').set(parts);
    // The first product of the chunk.
    f.get(chunk).get(parts).op('i32.div_u').get(each).op('i32.mul').set(across);
    f.get(count).get(across).op('i32.sub').set(count);
    addProduct(f, a, across, aStep);
    addProduct(f, b, across, bStep);
    addProduct(f, c, across, cStep);
    // Its first row, and its first column.
    f.get(chunk).get(parts).op('i32.rem_u').set(chunk);
    quotientUp(f, n, wide).set(across);
    f.get(chunk).get(across).op('i32.div_u').get(tall).op('i32.mul').set(parts);
    f.get(m).get(parts).op('i32.sub').set(m);
    f.get(reach).get(parts).op('i32.sub').set(reach);
    addProduct(f, a, parts, aRow);
    addProduct(f, c, parts, cRow);
    f.get(chunk).get(across).op('i32.rem_u').get(wide).op('i32.mul').set(parts);
    f.get(n).get(parts).op('i32.sub').set(n);
    add(f, reach, parts);
    addProduct(f, b, parts, bCol);
    f.get(c).get(parts).i32(size).op('i32.mul').op('i32.add').set(c);
  });
  smaller(f, count, each);
  smaller(f, m, tall);
  smaller(f, n, wide);
}

/** Runs the body for index = index, index + step, ... < end, at least once; `part` is what there is in each, `step` or the rest. */
export function steps(f: Code, index: Local, end: Local, step: number | Local, part: Local, body: () => void): void {
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

/** Pushes the quotient, rounded up. */
function quotientUp(f: Code, total: Local, part: Local): Code {
  return f.get(total).get(part).op('i32.add').i32(1).op('i32.sub').get(part).op('i32.div_u');
}

function addProduct(f: Code, target: Local, count: Local, step: Local): void {
  f.get(target).get(count).get(step).op('i32.mul').op('i32.add').set(target);
}

function advance(f: Code, target: Local, amount: number): void {
  f.get(target).i32(amount).op('i32.add').set(target);
}

import type { ChunkKernel } from '../../parallel/chunk-kernel.js';
import { runKernel } from '../../parallel/run-kernel.js';
import { thresholds } from '../thresholds.js';
import { cutChunks } from './chunks.js';
import type { FloatArray } from './contract.js';
import { copyPanels } from './panel-copy.js';

/** An operand of a stack of products, strides in elements, and where the kernel finds the part of it that is worked on, in bytes. */
export interface Operand {
  readonly array: FloatArray;
  readonly step: number;
  readonly row: number;
  readonly col: number;
  /** Address of the array, if the kernel can work on it where it is. */
  readonly home: number | undefined;
  address: number;
  byteStep: number;
  byteRow: number;
  byteCol: number;
}

export function operand(array: FloatArray, step: number, row: number, col: number, home: number | undefined): Operand {
  return { array, step, row, col, home, address: 0, byteStep: 0, byteRow: 0, byteCol: 0 };
}

/** Panels begin on cache lines, and the kernel reads up to 64 bytes behind them. */
function behind(end: number): number {
  return (end + 31) & ~15;
}

/**
 * `count` products of operands that begin at aAt, bAt and cAt of their arrays. Those that have no home are copied into `view` from element `at` on, and
 * a result out of it: all of them must fit. With `shared`, B is A, transposed. For `reach` see buildGemm.
 */
export function runOnCopies(
  kernel: ChunkKernel,
  view: FloatArray,
  at: number,
  count: number,
  m: number,
  n: number,
  k: number,
  a: Operand,
  aAt: number,
  b: Operand,
  bAt: number,
  c: Operand,
  cAt: number,
  accumulate: boolean,
  reach: number,
  shared: boolean,
): void {
  let next = place(a, aAt, m, k, count, view, at, true);
  if (shared) {
    b.address = a.address;
    b.byteStep = a.byteStep;
    b.byteRow = a.byteCol;
    b.byteCol = a.byteRow;
  } else next = place(b, bAt, k, n, count, view, next, true);
  place(c, cAt, m, n, count, view, next, accumulate);
  const add = Number(accumulate);
  if (count * m * n * k < thresholds.threads.gemm) {
    kernel.run(
      0,
      kernel.scratch,
      count,
      m,
      n,
      reach,
      add,
      count,
      m,
      n,
      k,
      a.address,
      a.byteStep,
      a.byteRow,
      a.byteCol,
      b.address,
      b.byteStep,
      b.byteRow,
      b.byteCol,
      c.address,
      c.byteStep,
      c.byteRow,
    );
  } else {
    const { chunks, each, tall, wide } = cutChunks(count, m, n, k);
    runKernel(kernel, chunks, [
      each,
      tall,
      wide,
      reach,
      add,
      count,
      m,
      n,
      k,
      a.address,
      a.byteStep,
      a.byteRow,
      a.byteCol,
      b.address,
      b.byteStep,
      b.byteRow,
      b.byteCol,
      c.address,
      c.byteStep,
      c.byteRow,
    ]);
  }
  if (c.home === undefined) copyPanels(count, m, n, c.array, cAt, c.step, c.row, view, next, m * n, n, 1);
}

/** Where the kernel finds the operand, after it was copied if it has to be; where the next one can stand. What is stored by columns stays so. */
function place(
  x: Operand,
  from: number,
  rows: number,
  cols: number,
  count: number,
  view: FloatArray,
  at: number,
  copy: boolean,
): number {
  const size = view.BYTES_PER_ELEMENT;
  const length = rows * cols;
  if (x.home !== undefined) {
    x.address = x.home + size * from;
    x.byteStep = size * x.step;
    x.byteRow = size * x.row;
    x.byteCol = size * x.col;
    return at;
  }
  const turned = x.row === 1 && x.col !== 1;
  // The same operand again and again is copied once.
  const copies = x.step === 0 ? 1 : count;
  if (copy && turned) copyPanels(copies, cols, rows, view, at, length, rows, x.array, from, x.step, x.col, 1);
  else if (copy) copyPanels(copies, rows, cols, view, at, length, cols, x.array, from, x.step, x.row, x.col);
  x.address = view.byteOffset + size * at;
  x.byteStep = x.step === 0 ? 0 : size * length;
  x.byteRow = size * (turned ? 1 : cols);
  x.byteCol = size * (turned ? rows : 1);
  return behind(at + copies * length);
}

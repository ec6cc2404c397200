import { GEMM_BLOCK } from './contract.js';

/** Rows and columns that a part has at least, unless the product has fewer. */
const LEAST = 16;

/** Sizes of the parts into which a product is cut. */
export interface Panels {
  readonly rows: number;
  readonly cols: number;
  readonly depth: number;
  /** How many axes are cut. */
  readonly cuts: number;
}

/**
 * The largest parts of a product whose operands, those that are copied, fit into `space` elements: the longest axis is halved as long as they do
 * not. Inner sums are cut between blocks only, so that a cut does not change their order. A Gram matrix, for which one copy of A is enough, is cut along
 * its inner sum if that will do.
 */
export function choosePanels(
  m: number,
  n: number,
  k: number,
  space: number,
  copyA: boolean,
  copyB: boolean,
  copyC: boolean,
  gram: boolean,
): Panels {
  if (gram) {
    const room = space - (copyC ? m * n : 0);
    const fitting = copyA ? room / m : k;
    const depth = fitting < k ? Math.floor(fitting / GEMM_BLOCK) * GEMM_BLOCK : k;
    if (room >= 0 && depth > 0) return { rows: m, cols: n, depth, cuts: Number(depth < k) };
  }
  let [rows, cols, depth] = [m, n, k];
  for (;;) {
    const needed = (copyA ? rows * depth : 0) + (copyB ? depth * cols : 0) + (copyC ? rows * cols : 0);
    // What is that short already is not cut any further.
    const longest = Math.max(rows > LEAST ? rows : 0, cols > LEAST ? cols : 0, depth > GEMM_BLOCK ? depth : 0);
    if (needed <= space || longest === 0) {
      return { rows, cols, depth, cuts: Number(rows < m) + Number(cols < n) + Number(depth < k) };
    }
    // A matrix that meets a vector is cut across its rows, because long ones are copied faster: m = 1 comes with rows of B, n = 1 with those of A.
    if (m === 1 && depth > GEMM_BLOCK) depth = GEMM_BLOCK;
    else if (rows === longest || (n === 1 && rows > LEAST)) rows = half(rows, LEAST);
    else if (cols === longest) cols = half(cols, LEAST);
    else depth = half(depth, GEMM_BLOCK);
  }
}

/** Half of it, rounded up to a multiple. */
function half(size: number, multiple: number): number {
  return Math.ceil(size / (2 * multiple)) * multiple;
}

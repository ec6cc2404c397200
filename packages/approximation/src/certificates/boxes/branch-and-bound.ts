import type { CertifyEvent } from '../certify-sup-norm.js';
import type { SupNormCertificate } from '../sup-norm-certificate.js';
import { type Cell, halve, type Judge, type Origin } from './cell.js';
import { type Heap, pop, push } from './heap.js';

/** What a branch and bound is told besides what it halves. */
export interface SearchLimits {
  /** Stop when no bound is above the largest lower bound by more than this. */
  readonly tolerance: number;
  readonly maxEvaluations: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: CertifyEvent) => void) | undefined;
}

/** What is known so far: a lower bound with the point where it is taken, and how many boxes were looked at. */
export interface Found {
  lower: number;
  witness: readonly number[];
  evaluations: number;
}

/** How many boxes are looked at between reports. */
const stride = 256;

/** A box that was looked at; a better lower bound goes to `found`. */
export function cellOf(lower: Float64Array, upper: Float64Array, judge: Judge, found: Found, origin?: Origin): Cell {
  const { bound, at, error, form } = judge(lower, upper, origin);
  found.evaluations++;
  if (error > found.lower) {
    found.lower = error;
    found.witness = at;
  }
  return { lower, upper, bound, form };
}

/**
 * Best-first branch and bound: the box with the largest bound is halved until no bound exceeds the lower bound by more than the tolerance, or a
 * limit is met, or `enough` boxes are open. Boxes below the lower bound are never opened. `cells` and `found` are changed; the result is what is left open.
 */
export function branchAndBound(
  cells: readonly Cell[],
  widths: ArrayLike<number>,
  judge: Judge,
  found: Found,
  { tolerance, maxEvaluations, signal, onProgress }: SearchLimits,
  enough: number = Number.POSITIVE_INFINITY,
): { readonly status: SupNormCertificate['status'] | 'open'; readonly bound: number; readonly open: Cell[] } {
  const heap: Heap = { cells: [] };
  let stuck = 0;
  for (const cell of cells) push(heap, cell);
  let report = found.evaluations + stride;
  for (;;) {
    const first = heap.cells[0]?.bound ?? 0;
    const bound = Math.max(first, stuck);
    const status =
      bound <= found.lower + tolerance
        ? 'converged'
        : signal?.aborted
          ? 'aborted'
          : heap.cells.length === 0 || found.evaluations + 2 > maxEvaluations
            ? 'max-evaluations'
            : heap.cells.length >= enough
              ? 'open'
              : undefined;
    if (status || found.evaluations >= report) {
      report = found.evaluations + stride;
      onProgress?.({ evaluations: found.evaluations, lower: found.lower, upper: bound });
    }
    if (status) return { status, bound: Math.max(bound, found.lower), open: heap.cells };
    const cell = pop(heap);
    if (!cell) continue;
    const parts = halve(cell, widths);
    if (!parts) {
      // No double lies between its ends: its bound counts as it is.
      stuck = Math.max(stuck, cell.bound);
      continue;
    }
    const halves: readonly [Cell, Cell] = [
      cellOf(cell.lower, parts.left, judge, found, { parent: cell, axis: parts.axis, side: 0 }),
      cellOf(parts.right, cell.upper, judge, found, { parent: cell, axis: parts.axis, side: 1 }),
    ];
    cell.axis = parts.axis;
    cell.halves = halves;
    for (const half of halves) if (half.bound > found.lower) push(heap, half);
  }
}

import type { WasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { chunkRows, type HalfSizes, ROW_BLOCK } from './contract.js';
import { productOf } from './cut.js';
import { restSteps, spareRows } from './rest-steps.js';

/** Numbers of x that are copied at a time where it does not live in the memory of the kernels: half a MiB stays in the second cache. */
const STAGE = 2 ** 16;

/** Rows of the pass to the right are independent of one another: smaller chunks, which take about 0.1 ms each at 200 cubed. */
const RIGHT_CHUNKS = 64;

/** Sizes of the working memory of one half, and how its pass over x is cut into pieces. */
export interface Layout {
  /** Length of a row of factors and partial results: the rank, made even. */
  readonly row: number;
  readonly goneSize: number;
  readonly keptSize: number;
  /** Rows and columns of x as a matrix. */
  readonly rows: number;
  readonly cols: number;
  /** Rows of a chunk, and how many chunks there are. */
  readonly chunkRows: number;
  readonly chunks: number;
  /** Rows that are copied at a time. */
  readonly stageRows: number;
  /** Length of a row of the sums of the left pass, [rank, sumRow]: whole cache lines. */
  readonly sumRow: number;
}

export function layoutOf({ gone, kept, side, rank }: HalfSizes): Layout {
  const [goneSize, keptSize] = [productOf(gone), productOf(kept)];
  const [rows, cols] = side === 'right' ? [keptSize, goneSize] : [goneSize, keptSize];
  const step = side === 'right' ? ROW_BLOCK * Math.ceil(rows / (ROW_BLOCK * RIGHT_CHUNKS)) : chunkRows(rows);
  return {
    row: rank + (rank & 1),
    goneSize,
    keptSize,
    rows,
    cols,
    chunkRows: step,
    chunks: Math.ceil(rows / step),
    stageRows: Math.min(step, ROW_BLOCK * Math.max(1, Math.floor(STAGE / (cols * ROW_BLOCK)))),
    sumRow: 8 * Math.ceil(cols / 8),
  };
}

/** The arrays of one half, in the memory of the kernels. */
export interface HalfArrays {
  /** The product of the factors that are gone but the last one, and the last one. */
  readonly outer: Float64Array;
  readonly inner: Float64Array;
  /** What the pass over x leaves, [kept, row]. */
  readonly partial: Float64Array;
  /** A factor of the side that is kept, results on the way to a mode, and the last one. */
  readonly factor: Float64Array;
  readonly spares: readonly [Float64Array, Float64Array];
  readonly out: Float64Array;
  /** Rows of x that does not live here. */
  readonly stage: Float64Array;
  /** Sums of the chunks of the left pass, the sum of these, and the ones by which they are multiplied on the way. */
  readonly chunkSums: Float64Array;
  readonly sum: Float64Array;
  readonly ones: Float64Array;
  readonly release: () => void;
}

/** Undefined where the memory is exhausted, or there is none. */
export function takeArrays(
  runtime: WasmRuntime,
  { gone, kept, side, rank }: HalfSizes,
  layout: Layout,
  staged: boolean,
): HalfArrays | undefined {
  const { row, goneSize, keptSize, chunks, sumRow } = layout;
  const last = gone.at(-1) ?? 1;
  const largest = Math.max(...kept) * row;
  const spare = spareRows(kept.map((_, mode) => restSteps(kept, mode))) * row;
  const sums = side === 'left' ? rank * sumRow : 0;
  const leading = (goneSize / last) * row;
  const stage = staged ? layout.stageRows * layout.cols : 0;
  const lengths = [
    leading,
    last * row,
    keptSize * row,
    largest,
    spare,
    spare,
    largest,
    stage,
    chunks * sums,
    sums,
    8 * chunks,
  ];
  const workspace = runtime.workspace(workspaceBytes(...lengths.map((length) => 8 * length)));
  if (workspace === undefined) return undefined;
  const arrays = lengths.map(workspace.float64);
  return {
    outer: arrays[0],
    inner: arrays[1],
    partial: arrays[2],
    factor: arrays[3],
    spares: [arrays[4], arrays[5]],
    out: arrays[6],
    stage: arrays[7],
    chunkSums: arrays[8],
    sum: arrays[9],
    ones: arrays[10].fill(1),
    release: workspace.release,
  };
}

import { gemm } from '@neuronseek/tensor/kernels';
import {
  type BackwardKernel,
  type ForwardKernel,
  type InteractionTermSizes,
  type RowKernel,
  termColumns,
} from './contract.js';
import { symmetricRows } from './symmetric-rows.js';
import { ttRows } from './tt-rows.js';
import { tuckerRows } from './tucker-rows.js';

/** Rows are taken in blocks whose forms fill about this many numbers (512 KiB: a second-level cache). */
const BLOCK = 65_536;
/** Below this many rows a block leaves the matrix product xᵀ·gz too little to amortise. */
const MIN_ROWS = 32;

/** z = x·f by one matrix product a block, then one pass over the block. */
export const interactionTermForward: ForwardKernel = (sizes, x, f, core, out, z) => {
  const { batch, inputs, form } = sizes;
  const columns = termColumns(sizes);
  const rows = blockRows(sizes, columns);
  for (let from = 0; from < batch; from += rows) {
    const to = Math.min(batch, from + rows);
    gemm(to - from, columns, inputs, x, from * inputs, inputs, 1, f, 0, columns, 1, z, from * columns, columns, false);
    rowKernels[form].forward(sizes, from, to, z, core, out);
  }
};

/** gz by one pass over a block, then gf = xᵀ·gz and gx = gz·fᵀ. */
export const interactionTermBackward: BackwardKernel = (sizes, g, x, f, core, z, gx, gf, gCore) => {
  const { batch, inputs, form } = sizes;
  const columns = termColumns(sizes);
  const rows = blockRows(sizes, columns);
  const gz = new Float64Array(rows * columns);
  gCore?.fill(0);
  if (batch === 0) gf?.fill(0);
  for (let from = 0; from < batch; from += rows) {
    const to = Math.min(batch, from + rows);
    rowKernels[form].backward(sizes, from, to, g, z, core, gz, gCore);
    const at = from * inputs;
    if (gf) gemm(inputs, columns, to - from, x, at, 1, inputs, gz, 0, columns, 1, gf, 0, columns, from > 0);
    if (gx) gemm(to - from, inputs, columns, gz, 0, columns, 1, f, 0, 1, columns, gx, at, inputs, false);
  }
};

const rowKernels: Readonly<Record<InteractionTermSizes['form'], RowKernel>> = {
  symmetric: symmetricRows,
  tucker: tuckerRows,
  tt: ttRows,
};

function blockRows({ batch, form, order, ranks }: InteractionTermSizes, columns: number): number {
  // Of Tucker a row also has the core contracted with its last form.
  const width =
    form === 'tucker'
      ? Math.max(
          columns,
          ranks.slice(0, order - 1).reduce((n, r) => n * r, 1),
        )
      : columns;
  return Math.max(1, Math.min(batch, Math.max(MIN_ROWS, Math.floor(BLOCK / width))));
}

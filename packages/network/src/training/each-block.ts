import { slice, type Tensor } from '@neuronseek/tensor';

/** Rows at a time: enough to be quick, few enough to keep the intermediates of wide layers small. */
export const blockRows = 4096;

/** Calls `visit` with consecutive blocks of rows, views of x, at least one; `start` is the block's first row. */
export function eachBlock(x: Tensor, visit: (part: Tensor, start: number) => void): void {
  const rows = x.shape[0];
  for (let start = 0; start === 0 || start < rows; start += blockRows) {
    visit(rows <= blockRows ? x : slice(x, [{ start, stop: Math.min(rows, start + blockRows) }]), start);
  }
}

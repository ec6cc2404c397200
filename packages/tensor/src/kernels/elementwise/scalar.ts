import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { eachRow, type RowKernel } from './each-row.js';

/** An elementwise kernel from a scalar function. The oracle for every specialised loop, and fast enough where `f` itself is the cost. */
export function unaryKernel(f: (x: number) => number): ElementwiseUnary {
  const row: RowKernel = (out, o, a, ao, as, _b, _bo, _bs, n) => {
    for (let i = 0; i < n; i++, ao += as) out[o + i] = f(a[ao]);
  };
  return unaryFromRow(row);
}

/** Like {@link unaryKernel} for two operands. */
export function binaryKernel(f: (x: number, y: number) => number): ElementwiseBinary {
  const row: RowKernel = (out, o, a, ao, as, b, bo, bs, n) => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = f(a[ao], b[bo]);
  };
  return binaryFromRow(row);
}

export function unaryFromRow(row: RowKernel): ElementwiseUnary {
  return (out, x, offset, strides, shape) => eachRow(row, out, 0, x, offset, strides, x, offset, strides, shape);
}

export function binaryFromRow(row: RowKernel): ElementwiseBinary {
  return (out, a, aOffset, aStrides, b, bOffset, bStrides, shape) =>
    eachRow(row, out, 0, a, aOffset, aStrides, b, bOffset, bStrides, shape);
}

import type { ElementwiseBinary, ElementwiseUnary } from '../../kernels/elementwise/index.js';
import type { LaneName } from '../../kernels/lanes/index.js';
import { type DType, promote, toFloating } from '../dtype.js';
import type { Cotangents } from '../node.js';
import type { Op } from '../op.js';
import { broadcastShapes, broadcastStrides } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { sumTo } from './sum-broadcast.js';

/** An interval of arguments. */
export type Interval = readonly [number, number];

/** An operation on corresponding elements: a row of the op table. */
export interface ElementwiseOp extends Op<undefined> {
  /** For each argument the interval on which values are finite and the derivative rule holds: what generated tests draw from. */
  readonly domain: readonly Interval[];
  /** Arguments (or differences of the two arguments) at which the derivative jumps; tests keep away from them. */
  readonly kinks: readonly number[];
}

/** The dtype of a result: as the operands, at least int32, always floating, or bool. */
export type ResultType = 'same' | 'number' | 'floating' | 'bool';

/** What distinguishes one unary operation from another. */
export interface UnaryRow {
  readonly name: string;
  readonly lane?: LaneName;
  readonly kernel: ElementwiseUnary;
  readonly result: ResultType;
  readonly domain: Interval;
  readonly kinks?: readonly number[];
  /** The cotangent of x; undefined where the derivative is zero almost everywhere. Null: not differentiable. */
  readonly vjp: ((g: Tensor, y: Tensor, x: Tensor) => Tensor | undefined) | null;
}

/** What distinguishes one binary operation from another. Rules return cotangents of the broadcast shape. */
export interface BinaryRow {
  readonly name: string;
  readonly lane?: LaneName;
  readonly kernel: ElementwiseBinary;
  readonly result: ResultType;
  readonly domain: readonly [Interval, Interval];
  readonly kinks?: readonly number[];
  readonly vjp:
    | ((
        g: Tensor,
        y: Tensor,
        a: Tensor,
        b: Tensor,
        wanted: readonly boolean[],
      ) => readonly [Tensor | undefined, Tensor | undefined])
    | null;
}

export function unary(row: UnaryRow): ElementwiseOp {
  const { vjp } = row;
  return {
    name: row.name,
    ...(row.lane && { lane: row.lane }),
    overwrites: true,
    domain: [row.domain],
    kinks: row.kinks ?? [],
    infer: ([x]) => ({ shape: x.shape, dtype: resultType(row.result, x.dtype) }),
    compute: (out, [x]) => row.kernel(out.data, x.data, x.offset, x.strides, x.shape),
    vjp: vjp && ((g, y, [x]) => [vjp(g, y, x)]),
  };
}

export function binary(row: BinaryRow): ElementwiseOp {
  const { vjp } = row;
  return {
    name: row.name,
    ...(row.lane && { lane: row.lane }),
    overwrites: true,
    domain: row.domain,
    kinks: row.kinks ?? [],
    infer: ([a, b]) => ({
      shape: broadcastShapes(row.name, a.shape, b.shape),
      dtype: resultType(row.result, promote(a.dtype, b.dtype)),
    }),
    compute: (out, [a, b]) => {
      const as = broadcastStrides(a.shape, a.strides, out.shape);
      const bs = broadcastStrides(b.shape, b.strides, out.shape);
      row.kernel(out.data, a.data, a.offset, as, b.data, b.offset, bs, out.shape);
    },
    // Broadcasting is undone here, once, for every rule.
    vjp: vjp && ((g, y, [a, b], _params, wanted) => unbroadcast(vjp(g, y, a, b, wanted), [a, b], wanted)),
  };
}

/** Sums each wanted cotangent over the axes along which its input was stretched. */
export function unbroadcast(cotangents: Cotangents, inputs: readonly Tensor[], wanted: readonly boolean[]): Cotangents {
  return cotangents.map((g, i) => (g && wanted[i] ? sumTo(g, inputs[i].shape) : undefined));
}

function resultType(rule: ResultType, dtype: DType): DType {
  switch (rule) {
    case 'same':
      return dtype;
    case 'number':
      return dtype === 'bool' ? 'int32' : dtype;
    case 'floating':
      return toFloating(dtype);
    case 'bool':
      return 'bool';
  }
}

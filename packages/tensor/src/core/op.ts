import type { LaneName } from '../kernels/lanes/index.js';
import { allocate } from './allocate.js';
import { recorder } from './compile/recorder.js';
import type { DType } from './dtype.js';
import { type Cotangents, depthOf, type Node, record } from './node.js';
import { type Shape, sizeOf } from './shape.js';
import { Tensor } from './tensor.js';

/** Shape and dtype of an output. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Where the elements of a view stand in the buffer of its input. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Everything there is to know about an operation with one output. */
export interface Op<P> {
  readonly name: string;
  /** The vector code that does the same, for compiled steps: by it alone they know that an operation works element by element. */
  readonly lane?: LaneName;
  /** `compute` writes every element, so that a buffer that was used before need not be zeroed. Default: false. */
  readonly overwrites?: boolean;
  /** Shape and dtype of the result; throws, naming the operation and all shapes, when the inputs do not fit. */
  infer(inputs: readonly Tensor[], params: P): Spec;
  /** Fills the zeroed gap-free buffer of `out` by a kernel call. */
  compute(out: Tensor, inputs: readonly Tensor[], params: P): void;
  /**
   * Transposed Jacobian times `g`, one cotangent an input, written in operations so that it can itself be differentiated; inputs not
   * `wanted` may be left undefined. Null: not differentiable.
   */
  readonly vjp:
    | ((g: Tensor, out: Tensor, inputs: readonly Tensor[], params: P, wanted: readonly boolean[]) => Cotangents)
    | null;
}

/** An operation that only rearranges how a buffer is read. */
export interface ViewOp<P> {
  readonly name: string;
  view(x: Tensor, params: P): Layout;
  vjp(g: Tensor, x: Tensor, params: P): Tensor;
}

/** An operation with several outputs, such as a matrix factorization. */
export interface MultiOp<P> {
  readonly name: string;
  /** As for {@link Op}. */
  readonly overwrites?: boolean;
  infer(inputs: readonly Tensor[], params: P): readonly Spec[];
  compute(outs: readonly Tensor[], inputs: readonly Tensor[], params: P): void;
  /** As for {@link Op}; `gs` has a hole for every output that nobody used. */
  vjp(
    gs: Cotangents,
    outs: readonly Tensor[],
    inputs: readonly Tensor[],
    params: P,
    wanted: readonly boolean[],
  ): Cotangents;
}

/** Runs an operation and, when an input is being differentiated, records how. */
export function apply<P>(op: Op<P>, inputs: readonly Tensor[], params: P): Tensor {
  const plain = recorder?.apply(op, inputs, params) ?? computed(op, inputs, params);
  const depth = depthOf(inputs);
  if (depth === 0) return plain;
  const { name, vjp } = op;
  const pull: Node['pull'] = (gs, outs, ins, wanted) => {
    const g = gs[0];
    if (!g) return [];
    if (vjp === null)
      throw new TypeError(`${name}: has no derivative; wrap its argument in stopGradient if that is meant`);
    return vjp(g, outs[0], ins, params, wanted);
  };
  return record(name, depth, inputs, [plain], pull)[0];
}

function computed<P>(op: Op<P>, inputs: readonly Tensor[], params: P): Tensor {
  const { shape, dtype } = op.infer(inputs, params);
  const out = new Tensor(allocate(dtype, sizeOf(shape)), dtype, shape);
  op.compute(out, inputs, params);
  return out;
}

/** Like {@link apply} for a view: no element is touched. */
export function applyView<P>(op: ViewOp<P>, x: Tensor, params: P): Tensor {
  const { shape, strides, offset } = op.view(x, params);
  const plain = new Tensor(x.data, x.dtype, shape, strides, offset);
  if (x.node === undefined) return plain;
  const pull: Node['pull'] = (gs, _outs, ins) => [gs[0] && op.vjp(gs[0], ins[0], params)];
  return record(op.name, x.node.depth, [x], [plain], pull)[0];
}

/** Like {@link apply} for an operation with several outputs. */
export function applyMulti<P>(op: MultiOp<P>, inputs: readonly Tensor[], params: P): readonly Tensor[] {
  const plain = recorder?.applyMulti(op, inputs, params) ?? computedAll(op, inputs, params);
  const depth = depthOf(inputs);
  if (depth === 0) return plain;
  const pull: Node['pull'] = (gs, outs, ins, wanted) => op.vjp(gs, outs, ins, params, wanted);
  return record(op.name, depth, inputs, plain, pull);
}

function computedAll<P>(op: MultiOp<P>, inputs: readonly Tensor[], params: P): readonly Tensor[] {
  const outs = op
    .infer(inputs, params)
    .map(({ shape, dtype }) => new Tensor(allocate(dtype, sizeOf(shape)), dtype, shape));
  op.compute(outs, inputs, params);
  return outs;
}

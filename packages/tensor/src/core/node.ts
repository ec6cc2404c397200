import { Tensor } from './tensor.js';

/** Cotangent of each input (or output) of an operation; undefined where it is zero or not wanted. */
export type Cotangents = readonly (Tensor | undefined)[];

/** How tensors were made: the edge from an operation's outputs back to its inputs, kept only while a derivative is taken. */
export interface Node {
  /** Name of the operation, for messages. */
  readonly name: string;
  /** That of the deepest variable among what the inputs depend on. A newer variable is deeper, so what is less deep cannot depend on it. */
  readonly depth: number;
  readonly inputs: readonly Tensor[];
  /** What the operation returned: tensors that remember this node. */
  readonly outputs: readonly Tensor[];
  /** The same numbers as plain tensors. */
  readonly plain: readonly Tensor[];
  /**
   * Cotangents of the inputs from those of the outputs. Inputs and outputs are handed in, because the engine passes the plain ones when
   * no derivative is taken around this one. Cotangents of inputs that are not `wanted` need not be computed.
   */
  pull(
    cotangents: Cotangents,
    outputs: readonly Tensor[],
    inputs: readonly Tensor[],
    wanted: readonly boolean[],
  ): Cotangents;
}

/** The outputs as tensors that remember how they were made. */
export function record(
  name: string,
  depth: number,
  inputs: readonly Tensor[],
  plain: readonly Tensor[],
  pull: Node['pull'],
): readonly Tensor[] {
  const outputs: Tensor[] = [];
  const node: Node = { name, depth, inputs, outputs, plain, pull };
  for (const t of plain) {
    outputs.push(new Tensor(t.data, t.dtype, t.shape, t.strides, t.offset, node, outputs.length));
  }
  return outputs;
}

/** The largest depth among the inputs; 0 when none of them is being differentiated. */
export function depthOf(inputs: readonly Tensor[]): number {
  let depth = 0;
  for (let i = 0; i < inputs.length; i++) {
    const { node } = inputs[i];
    if (node !== undefined && node.depth > depth) depth = node.depth;
  }
  return depth;
}

/** The same numbers without the node. */
export function plainOf(x: Tensor): Tensor {
  return x.node === undefined ? x : x.node.plain[x.outputIndex];
}

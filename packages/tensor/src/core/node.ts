import type { Tensor } from './tensor.js';

/** Cotangent of each input (or output) of an operation; undefined where it is zero or not wanted. */
export type Cotangents = readonly (Tensor | undefined)[];

/** How tensors were made: the edge from an operation's outputs back to its inputs, kept only while a derivative is taken. */
export interface Node {
  /** Name of the operation, for messages. */
  readonly name: string;
  /** One more than the highest level among the inputs: a topological order without any global counter. */
  readonly level: number;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /**
   * Cotangents of the inputs from those of the outputs. Inputs and outputs are handed in, because the engine passes detached copies when
   * no derivative is taken around this one. Cotangents of inputs that are not `wanted` need not be computed.
   */
  pull(
    cotangents: Cotangents,
    outputs: readonly Tensor[],
    inputs: readonly Tensor[],
    wanted: readonly boolean[],
  ): Cotangents;
}

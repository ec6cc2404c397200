import type { Tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import type { Layer } from './layer.js';

/** A tree of tensors: nested arrays and objects. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** What a layer learns (`params`) and what it only observes (`state`, running statistics). */
export interface Variables {
  readonly params: Tree;
  readonly state: Tree;
}

/** How a layer is run. */
export interface ApplyOptions {
  /** Use and update the statistics of this batch instead of the running ones. Default: false. */
  readonly training?: boolean;
}

/** What {@link apply} returns: the result, and the state to go on with. */
export interface Applied {
  readonly output: Tensor;
  readonly state: Tree;
}

/** What has to be known of a kind of layer. */
export interface LayerRules<L extends Layer> {
  init(layer: L, key: Key): Variables;
  apply(layer: L, variables: Variables, x: Tensor, options: ApplyOptions): Applied;
  /** Columns of the output for so many columns of the input; throws when they do not fit. */
  outputs(layer: L, inputs: number): number;
}

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

export const applyDefaults: Required<ApplyOptions> = { training: false };

/** What `apply` returns: the result, and the state to go on with. */
export interface Applied {
  readonly output: Tensor;
  readonly state: Tree;
}

/** What has to be known of a kind of layer. */
export interface LayerRules<L extends Layer> {
  /** Trees of the shapes of the variables, made of placeholders: known without drawing or holding a number. */
  template(layer: L): Variables;
  init(layer: L, key: Key): Variables;
  apply(layer: L, variables: Variables, x: Tensor, options: Required<ApplyOptions>): Applied;
  /**
   * Columns of the output for so many columns of the input, undefined where any number will do. Throws a RangeError that begins with `at`,
   * the function and the place of the layer, when they do not fit.
   */
  outputs(layer: L, inputs: number | undefined, at: string): number | undefined;
}

import type { Tensor } from '@neuronseek/tensor';

/**
 * A rule that improves parameters step by step. Everything it remembers is in its state, a tree of tensors, and it looks at no number: so a compiled step
 * can hold it.
 */
export interface Optimizer<S> {
  /** The state before the first step. */
  init<P>(params: P): S;
  /** Parameters and state after one step along the gradients, a tree like the parameters. The learning rate is a number or a tensor of order 0. */
  update<P>(
    params: P,
    gradients: P,
    state: S,
    learningRate: number | Tensor,
  ): { readonly params: P; readonly state: S };
}

/** A rule that improves parameters step by step. Everything it remembers is in its state, a plain tree. */
export interface Optimizer<S> {
  /** The state before the first step. */
  init<P>(params: P): S;
  /** Parameters and state after one step along the gradients, a tree like the parameters. */
  update<P>(params: P, gradients: P, state: S, learningRate: number): { readonly params: P; readonly state: S };
}

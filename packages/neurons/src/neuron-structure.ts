/** Which terms a polynomial neuron has, without their numbers: what a search finds. */
export interface NeuronStructure {
  /** Orders of the power stream, distinct. */
  readonly power: readonly number[];
  /** Orders and ranks of the interaction stream. */
  readonly interaction: readonly InteractionStructure[];
}

/** Order and ranks of one interaction. */
export interface InteractionStructure {
  readonly order: number;
  /** CP rank, plain or symmetric; for Tucker and TT the largest of `ranks`. */
  readonly rank: number;
  /** Default: 'cp'. */
  readonly form?: 'cp' | 'symmetric' | 'tucker' | 'tt';
  /** Of Tucker the `order` ranks, of TT the `order` − 1 inner ones. Default: all equal to `rank`. */
  readonly ranks?: readonly number[];
}

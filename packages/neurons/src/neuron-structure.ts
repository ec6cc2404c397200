/** Which terms a polynomial neuron has, without their numbers: what a search finds. */
export interface NeuronStructure {
  /** Orders of the power stream, distinct. */
  readonly power: readonly number[];
  /** Orders and CP ranks of the interaction stream. */
  readonly interaction: readonly { readonly order: number; readonly rank: number }[];
}

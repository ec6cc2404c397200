/** Terms that a search is confined to. Without candidates it looks for itself. */
export interface Candidates {
  /** Orders of the powers that may be taken. */
  readonly powers: readonly number[];
  /** Forms [order, D] of products of this order to start from, in units of the data; where there are none the order is left out. */
  readonly starts: (order: number) => readonly Float64Array[];
}

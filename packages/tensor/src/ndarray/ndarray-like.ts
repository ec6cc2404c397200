/** The store of an ndarray of kind "generic". */
export interface GenericStore {
  get(index: number): unknown;
  set(index: number, value: never): unknown;
  readonly length: number;
}

/** What makes an object an ndarray: element (i₀, …) stands at `data[offset + Σ iₐ·stride[a]]`. */
export interface NdarrayLike {
  readonly data: ArrayBufferView | readonly unknown[] | GenericStore;
  readonly shape: readonly number[];
  /** In elements; may be zero or negative. */
  readonly stride: readonly number[];
  readonly offset: number;
}

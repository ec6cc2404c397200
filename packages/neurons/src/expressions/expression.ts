/** Functions of one argument that an expression may call; log is the natural one, sigmoid 1/(1 + e^(−a)). */
export type FunctionName =
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'sigmoid';

/**
 * A formula as a tree of plain data, told apart by `op`. Nodes keep the way a formula is written, so that text and tree correspond one to one:
 * a − b is add [a, negate b], a/b is divide, and neither is rewritten unless `simplify` is asked to.
 */
export type Expression =
  /** A finite number. */
  | { readonly op: 'number'; readonly value: number }
  /** The input with this index, from 0. */
  | { readonly op: 'feature'; readonly index: number }
  /** The vector symbol x: inside `total` the element that it is at, and nowhere else. */
  | { readonly op: 'vector' }
  /** Σ_d of the argument with x_d for the vector symbol; the argument has no further `total` in it. */
  | { readonly op: 'total'; readonly argument: Expression }
  /** Two or more terms. */
  | { readonly op: 'add'; readonly terms: readonly Expression[] }
  /** Two or more factors. */
  | { readonly op: 'multiply'; readonly factors: readonly Expression[] }
  | { readonly op: 'negate'; readonly argument: Expression }
  | { readonly op: 'divide'; readonly numerator: Expression; readonly denominator: Expression }
  | { readonly op: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly op: 'call'; readonly name: FunctionName; readonly argument: Expression };

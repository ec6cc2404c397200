/**
 * Terms of a dual-stream polynomial neuron: a power stream and a low-rank (CP) interaction stream.
 *
 * With batch row b, input d, output c, component r, factor m and z = x·f:
 *
 *     terms[p, b, c]     = Σ_d w[p, d, c] · x[b, d]^powers[p]                                p < P
 *     terms[P + q, b, c] = Σ_r Π_{m < order_q} z[b, base_q + (m·rank_q + r)·C + c]           q < Q
 *
 * The factor matrices of all interactions stand side by side in ONE D × W matrix f, so that the forward pass is one
 * matrix product and its transpose one more. base_q = Σ_{i<q} order_i·rank_i·C and W = base_Q.
 *
 * Shapes, all row-major and gap-free: x [B, D], w [P, D, C], f [D, W], terms [P + Q, B, C], z [B, W].
 * Preconditions, unchecked: D ≥ 1, C ≥ 1, powers distinct integers ≥ 1 in any sequence, orders and ranks integers ≥ 1,
 * outputs overlap neither each other nor the inputs. B, P and Q may be 0.
 *
 * Flops: forward B·(2·D·W + W + P·D·(2·C + 1)); backward about twice that, three times with gx.
 * Sums run in ascending index except inside matrix products, whose order is gemm's; powers come from repeated
 * multiplication, so x^k carries at most k - 1 roundings. z is never a divisor: zeros in it are as good as any number.
 */
export interface TermSizes {
  /** B: rows of x. */
  readonly batch: number;
  /** D: columns of x. */
  readonly inputs: number;
  /** C: outputs, each with weights and factors of its own. */
  readonly outputs: number;
  /** Orders of the power stream, distinct. */
  readonly powers: readonly number[];
  readonly interactions: readonly InteractionSize[];
}

/** Order and CP rank of one interaction. */
export interface InteractionSize {
  readonly order: number;
  readonly rank: number;
}

/** Writes `terms` and `z`, which the backward pass reads. */
export type ForwardKernel = (
  sizes: TermSizes,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  terms: Float64Array,
  z: Float64Array,
) => void;

/**
 * Writes the gradients of Σ gTerms·terms with respect to x, w and f; those passed as undefined are not computed.
 * gz[b, col(q, m, r, c)] = gTerms[P + q, b, c] · Π_{m' ≠ m} z[b, col(q, m', r, c)]; gf = xᵀ·gz; gx holds gz·fᵀ.
 */
export type BackwardKernel = (
  sizes: TermSizes,
  gTerms: Float64Array,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  z: Float64Array,
  gx: Float64Array | undefined,
  gw: Float64Array | undefined,
  gf: Float64Array | undefined,
) => void;

/** W: columns of the factor matrix, Σ order·rank·outputs. */
export function factorColumns(interactions: readonly InteractionSize[], outputs: number): number {
  let columns = 0;
  for (const { order, rank } of interactions) columns += order * rank * outputs;
  return columns;
}

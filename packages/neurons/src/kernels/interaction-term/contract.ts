/**
 * One interaction of a polynomial neuron in symmetric CP, Tucker or TT form, for a batch.
 *
 * With batch row b, output c and z = x·f, the linear forms of which all factors consist side by side in one D × W matrix f:
 *
 *     symmetric   out[b, c] = Σ_r core[r, c]·z[b, r·C + c]^order                                        W = R·C
 *     tucker      out[b, c] = Σ_{r1 … rk} core[r1, …, rk, c]·Π_m z[b, base_m + r_m·C + c]                W = Σ R_m·C
 *     tt          out[b, c] = Π_m Z_m,  Z_m[i, j] = z[b, base_m + (i·R_m + j)·C + c],  R_0 = R_k = 1     W = Σ R_{m−1}·R_m·C
 *
 * base_m is where the columns of factor m begin. A train has no core: its array is empty.
 *
 * Shapes, row-major and gap-free: x [B, D], f [D, W], core as above, out [B, C], z [B, W]. Preconditions, unchecked: D, C, order and
 * ranks ≥ 1, arrays do not overlap. B may be 0. No division, so zeros are ordinary numbers.
 *
 * Flops: z and its transposes 2·B·D·W each (one forward, up to two backward); beside that, for each row and output, order + 1 times R for
 * symmetric; 2·Π R_m·(1 + 1/R_k + …) for Tucker and three times that backward; 2·Σ R_{m−1}·R_m for TT and twice that backward.
 */
export interface InteractionTermSizes {
  readonly form: 'symmetric' | 'tucker' | 'tt';
  /** B: rows of x. */
  readonly batch: number;
  /** D: columns of x. */
  readonly inputs: number;
  /** C: outputs, each with numbers of its own. */
  readonly outputs: number;
  readonly order: number;
  /** [R] of symmetric, R_1 … R_k of Tucker, R_1 … R_{k−1} of TT. */
  readonly ranks: readonly number[];
}

/** Writes `out` and `z`, which the backward pass reads. */
export type ForwardKernel = (
  sizes: InteractionTermSizes,
  x: Float64Array,
  f: Float64Array,
  core: Float64Array,
  out: Float64Array,
  z: Float64Array,
) => void;

/** Writes the gradients of Σ g·out with respect to x, f and core; those passed as undefined are not computed. */
export type BackwardKernel = (
  sizes: InteractionTermSizes,
  g: Float64Array,
  x: Float64Array,
  f: Float64Array,
  core: Float64Array,
  z: Float64Array,
  gx: Float64Array | undefined,
  gf: Float64Array | undefined,
  gCore: Float64Array | undefined,
) => void;

/** What is done with the rows [from, to) of z; row b of `gz` is row b − from. `gCore` is added to. */
export interface RowKernel {
  forward(
    sizes: InteractionTermSizes,
    from: number,
    to: number,
    z: Float64Array,
    core: Float64Array,
    out: Float64Array,
  ): void;
  backward(
    sizes: InteractionTermSizes,
    from: number,
    to: number,
    g: Float64Array,
    z: Float64Array,
    core: Float64Array,
    gz: Float64Array,
    gCore: Float64Array | undefined,
  ): void;
}

/** Columns of f that belong to each factor. */
export function factorWidths({ form, order, outputs, ranks }: InteractionTermSizes): number[] {
  switch (form) {
    case 'symmetric':
    case 'tucker':
      return ranks.map((rank) => rank * outputs);
    case 'tt': {
      const all = [1, ...ranks, 1];
      return Array.from({ length: order }, (_, m) => all[m] * all[m + 1] * outputs);
    }
  }
}

/** W: all columns of f. */
export function termColumns(sizes: InteractionTermSizes): number {
  return factorWidths(sizes).reduce((sum, width) => sum + width, 0);
}

/** Elements of the core. */
export function coreSize({ form, outputs, ranks }: InteractionTermSizes): number {
  return form === 'tt' ? 0 : ranks.reduce((product, rank) => product * rank, outputs);
}

import type { Tensor } from '@neuronseek/tensor';

/** An interaction whose coefficient tensor is a sum of `rank` outer products: Σ_r Π_m Σ_d factors[m][d, r, c]·x_d. */
export interface CpInteraction {
  readonly form: 'cp';
  readonly order: number;
  readonly rank: number;
  /** `order` tensors of shape [D, R, C]. */
  readonly factors: readonly Tensor[];
}

/** A sum of `rank` powers of linear forms: Σ_r weights[r, c]·(Σ_d factor[d, r, c]·x_d)^order. Weights carry the sign of even orders. */
export interface SymmetricInteraction {
  readonly form: 'symmetric';
  readonly order: number;
  readonly rank: number;
  /** Shape [R, C]. */
  readonly weights: Tensor;
  /** Shape [D, R, C]. */
  readonly factor: Tensor;
}

/** A small dense tensor over linear forms: Σ_{r1 … rk} core[r1, …, rk, c]·Π_m Σ_d factors[m][d, r_m, c]·x_d. */
export interface TuckerInteraction {
  readonly form: 'tucker';
  readonly order: number;
  /** R_1 … R_k, one for each factor. */
  readonly ranks: readonly number[];
  /** Shape [R_1, …, R_k, C]. */
  readonly core: Tensor;
  /** `order` tensors of shape [D, R_m, C]. */
  readonly factors: readonly Tensor[];
}

/** A tensor train: the product over m of the R_{m−1} × R_m matrices Σ_d cores[m][·, d, ·, c]·x_d, with R_0 = R_k = 1. */
export interface TtInteraction {
  readonly form: 'tt';
  readonly order: number;
  /** The inner ranks R_1 … R_{k−1}: one fewer than cores, none for order 1. */
  readonly ranks: readonly number[];
  /** `order` tensors of shape [R_{m−1}, D, R_m, C]. */
  readonly cores: readonly Tensor[];
}

/** Every way to store an interaction, told apart by `form`. */
export type Interaction = CpInteraction | SymmetricInteraction | TuckerInteraction | TtInteraction;

import type { Tensor } from '@neuronseek/tensor';

/** Options of the losses. */
export interface LossOptions {
  /** Divide by ‖x‖², or by Σ weights·x² where there are weights; by 1 where that is 0. Default: false. */
  readonly relative?: boolean;
}

/** Defaults of the losses. */
export const lossDefaults: Required<LossOptions> = { relative: false };

/** Options of the losses whose model is formed in any case. */
export interface WeightedLossOptions extends LossOptions {
  /** Σ weights·(x - model)² in place of Σ (x - model)², a tensor like x; an element of weight 0 is missing. No weights where it is left out. */
  readonly weights?: Tensor;
}

import type { Tensor } from '@neuronseek/tensor';
import { checkBoolean } from '../checks/check-boolean.js';
import { completeOptions } from '../fit/complete-options.js';

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

/** The options of a loss, checked and completed. */
export function resolveLossOptions<O extends LossOptions>(
  name: string,
  options: O,
  optional: readonly string[] = [],
): O & Required<LossOptions> {
  const resolved = completeOptions(name, lossDefaults, options, optional);
  checkBoolean(name, 'relative', resolved.relative);
  return resolved;
}

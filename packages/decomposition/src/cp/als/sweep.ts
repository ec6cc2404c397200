import type { MttkrpSweep } from '@neuronseek/tensor/kernels';
import { type AlsModel, updateMode } from './model.js';
import type { LastUpdate } from './relative-error.js';

/** Updates every free mode once, in order; returns the last update, which the error is computed from. */
export function sweep(products: MttkrpSweep, model: AlsModel, free: readonly boolean[]): LastUpdate | undefined {
  let last: LastUpdate | undefined;
  products.run(model.units, free, (mode, m) => {
    last = { m, solution: updateMode(model, mode, m) };
  });
  return last;
}

import { mttkrpSweep } from '../../kernels/mttkrp/index.js';
import type { NormalizedData } from '../../normalized-data.js';
import { type AlsModel, updateMode } from './model.js';
import type { LastUpdate } from './relative-error.js';

/** Updates every free mode once, in order; returns the last update, which the error is computed from. */
export function sweep(data: NormalizedData, model: AlsModel, free: readonly boolean[]): LastUpdate | undefined {
  let last: LastUpdate | undefined;
  mttkrpSweep(data.elements, data.shape, model.units, model.rank, free, (mode, m) => {
    last = { m, solution: updateMode(model, mode, m) };
  });
  return last;
}

import { tensor } from '@neuronseek/tensor';
import { float64Elements } from '../../float64-elements.js';
import { byWeight, fixSigns, takeColumns } from '../arrange.js';
import type { CpTensor } from '../cp-tensor.js';
import { unitColumns } from '../unit-columns.js';
import type { AlsModel } from './model.js';

/**
 * The model in the units of the data: unit columns, signs fixed as by `normalizeCp` over the free modes, weights ≥ 0 and
 * descending. Where modes are fixed, their factors are the very tensors of the start, and components keep their order.
 */
export function finishedModel(
  { rank, units: current, weights: sizes }: Pick<AlsModel, 'rank' | 'units' | 'weights'>,
  start: CpTensor,
  free: readonly boolean[],
  dataNorm: number,
): CpTensor {
  const units = current.map((unit) => unit.slice());
  const weights = sizes.map((size) => size * dataNorm);
  const modes = free.flatMap((isFree, mode) => (isFree ? [mode] : []));
  fixSigns(units, rank, modes, sizes);
  const anyFixed = modes.length < units.length;
  const order = anyFixed ? Array.from(weights.keys()) : byWeight(weights);
  const factors = units.map((unit, mode) => {
    if (free[mode]) return tensor(takeColumns(unit, rank, order), [unit.length / rank, rank]);
    const { norms } = unitColumns(float64Elements(start.factors[mode]), rank);
    norms.forEach((norm, r) => {
      weights[r] = norm > 0 ? weights[r] / norm : 0;
    });
    return start.factors[mode];
  });
  return { weights: tensor(takeColumns(weights, rank, order)), factors };
}

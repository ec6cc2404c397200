import { tensor } from '@neuronseek/tensor';
import { byWeight, fixSigns, takeColumns } from './arrange.js';
import { components } from './components.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';

/**
 * The same tensor in a form that does not depend on how it was scaled, ordered or signed: unit columns, weights ≥ 0 in
 * descending order, and in every mode but the last the entry of largest magnitude of a column (the first such) positive.
 *
 * A component with a zero column has weight 0 and keeps that column. Fresh float64 tensors, not differentiable.
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function normalizeCp(cp: CpTensor): CpTensor {
  const numbers = cpNumbers('normalizeCp', cp);
  const { rank, shape } = numbers;
  const { units, sizes } = components(numbers);
  fixSigns(units, rank, [...shape.keys()], sizes);
  const order = byWeight(sizes.map(Math.abs));
  return {
    weights: tensor(Float64Array.from(order, (r) => Math.abs(sizes[r]))),
    factors: units.map((unit, n) => tensor(takeColumns(unit, rank, order), [shape[n], rank])),
  };
}

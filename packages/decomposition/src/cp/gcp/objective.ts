import type { Objective } from '../../optimize/minimize.js';
import { type DenseModel, denseModel } from '../opt/dense-model.js';
import { factorsAt, type Parameters } from '../opt/parameters.js';
import type { ElementLoss } from './losses.js';
import type { Observed } from './observed.js';

/** The sum of losses over the observed elements and the ridge, with its gradient. */
export interface GcpObjective {
  readonly objective: Objective;
  readonly release: () => void;
}

/** Length of one block of the sum of losses: blocks are summed apart, so that a million terms lose three digits and not six. */
const BLOCK = 1024;

/**
 * F = Σ f(x, m) + Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖² over all observed elements, and its gradient: MTTKRPs of the tensor of ∂f/∂m, zero where nothing
 * was observed. Cost: 6·R·size(x) flops and size(x) losses and derivatives; memory: one tensor. (Hong, Kolda & Duersch 2020, theorem 3)
 */
export function gcpObjective(
  observed: Observed,
  loss: ElementLoss,
  parameters: Parameters,
  ridge: Float64Array,
): GcpObjective {
  const { rank, free, offsets } = parameters;
  const model: DenseModel = denseModel(observed.shape, rank);
  const objective: Objective = (x, gradient) => {
    const factors = factorsAt(parameters, x);
    model.fill(factors, false);
    let value = lossAndDerivative(observed, loss, model.elements);
    model.products.run(factors, free, (mode, m) => gradient.set(m, offsets[mode]));
    for (let q = 0; q < x.length; q++) {
      const weight = ridge[q % rank];
      value += weight * x[q] * x[q];
      gradient[q] += 2 * weight * x[q];
    }
    return value;
  };
  return { objective, release: model.release };
}

/** Sum of losses; the elements of the model give way to the derivatives by them. */
function lossAndDerivative(
  { elements: x, places }: Observed,
  { value, derivative }: ElementLoss,
  m: Float64Array,
): number {
  let sum = 0;
  let next = 0;
  const count = places?.length ?? x.length;
  for (let from = 0; from < count; from += BLOCK) {
    let part = 0;
    for (let k = from; k < Math.min(from + BLOCK, count); k++) {
      const q = places === undefined ? k : places[k];
      if (q > next) m.fill(0, next, q);
      next = q + 1;
      part += value(x[q], m[q]);
      m[q] = derivative(x[q], m[q]);
    }
    sum += part;
  }
  m.fill(0, next);
  return sum;
}

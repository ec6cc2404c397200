import { type Tensor, take, valueAndGrad } from '@neuronseek/tensor';
import { apply } from '../apply.js';
import type { Layer } from '../layers/layer.js';
import type { Tree, Variables } from '../layers/rules.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Schedule } from '../schedules/cosine.js';
import { scaleDown } from './clip-global-norm.js';
import { globalNorm } from './global-norm.js';
import type { LabelledTable } from './labelled-table.js';

/** Where training stands. */
export interface Progress<S> {
  readonly variables: Variables;
  readonly memory: S;
  /** Steps taken. */
  readonly steps: number;
}

/** What stays the same over the epochs. */
export interface EpochPlan<S> {
  readonly layer: Layer;
  readonly data: LabelledTable;
  readonly loss: (prediction: Tensor, target: Tensor) => Tensor;
  readonly optimizer: Optimizer<S>;
  readonly schedule: Schedule;
  readonly batchSize: number;
  readonly clipNorm: number;
}

/**
 * Steps of an epoch: a last batch of a single row is left out, because batch statistics of one row are void, unless batches are meant to be
 * that small or there is no other.
 */
export function stepsAnEpoch(rows: number, batchSize: number): number {
  const whole = Math.floor(rows / batchSize);
  const rest = rows - whole * batchSize;
  return rest > 1 || whole === 0 ? whole + 1 : whole;
}

/** One pass over the rows in the given order: where it led and the mean loss, or undefined as soon as a loss or gradient is not finite. */
export function trainEpoch<S>(
  from: Progress<S>,
  order: Int32Array,
  { layer, data, loss, optimizer, schedule, batchSize, clipNorm }: EpochPlan<S>,
): { readonly progress: Progress<S>; readonly loss: number } | undefined {
  let { variables, memory, steps } = from;
  let total = 0;
  let seen = 0;
  const end = steps + stepsAnEpoch(order.length, batchSize);
  for (let at = 0; steps < end; at += batchSize, steps++) {
    const batch = order.subarray(at, at + batchSize);
    const x = take(data.x, batch);
    const y = take(data.y, batch);
    const { params, state } = variables;
    let observed: Tree = state;
    const { value, grad } = valueAndGrad((trial: Tree) => {
      const applied = apply(layer, { params: trial, state }, x, { training: true });
      observed = applied.state;
      return loss(applied.output, y);
    })(params);
    const norm = globalNorm(grad);
    const mean = value.item();
    if (!Number.isFinite(mean) || !Number.isFinite(norm)) return undefined;
    const moved = optimizer.update(params, scaleDown(grad, norm, clipNorm), memory, schedule(steps));
    variables = { params: moved.params, state: observed };
    memory = moved.state;
    total += mean * batch.length;
    seen += batch.length;
  }
  return { progress: { variables, memory, steps }, loss: total / seen };
}

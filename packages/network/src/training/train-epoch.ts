import { full, Tensor, take, valueAndGrad } from '@neuronseek/tensor';
import { apply } from '../apply.js';
import type { Layer } from '../layers/layer.js';
import type { Tree, Variables } from '../layers/rules.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Schedule } from '../schedules/cosine.js';
import { scaleDown } from './clip-global-norm.js';
import { globalNorm } from './global-norm.js';
import type { LabelledTable } from './labelled-table.js';
import { steadyLoop } from './steady-loop.js';

/** What a step of training changes. */
export interface Progress<S> {
  readonly variables: Variables;
  readonly memory: S;
}

/** Training between two steps. */
export interface Training<S> {
  /** One step on the rows of these numbers. */
  readonly take: (batch: Tensor, rate: Tensor) => Taken;
  readonly progress: () => Progress<S>;
}

/** What a step tells. */
interface Taken {
  /** Mean loss over the batch, of order 0 or with one element. */
  readonly value: Tensor;
  /** Joint norm of the gradients before they were clipped. */
  readonly norm: Tensor;
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

/** Training from a start on, one compiled step for all batches of a size. */
export function training<S>(plan: EpochPlan<S>, start: Progress<S>): Training<S> {
  const { layer, data, loss, optimizer, clipNorm } = plan;
  const loop = steadyLoop(({ variables, memory }: Progress<S>, batch: Tensor, rate: Tensor) => {
    // In here: the rows are copied to where the step works, and not through a tensor of their own.
    const [x, y] = [take(data.x, batch), take(data.y, batch)];
    const { params, state } = variables;
    let observed: Tree = state;
    const { value, grad } = valueAndGrad((trial: Tree) => {
      const applied = apply(layer, { params: trial, state }, x, { training: true });
      observed = applied.state;
      return loss(applied.output, y);
    })(params);
    const norm = globalNorm(grad);
    const moved = optimizer.update(params, scaleDown(grad, norm, clipNorm), memory, rate);
    const next: Progress<S> = { variables: { params: moved.params, state: observed }, memory: moved.state };
    return [next, { value, norm }];
  }, start);
  return { take: loop.step, progress: loop.state };
}

/** One pass over the rows in the given order, from the step of that number on: the mean loss, or undefined as soon as a loss or gradient is not finite. */
export function trainEpoch<S>(
  { take: step }: Training<S>,
  order: Int32Array,
  first: number,
  { schedule, batchSize }: EpochPlan<S>,
): number | undefined {
  let total = 0;
  let seen = 0;
  const steps = stepsAnEpoch(order.length, batchSize);
  for (let i = 0; i < steps; i++) {
    const batch = order.subarray(i * batchSize, (i + 1) * batchSize);
    const { value, norm } = step(new Tensor(batch, 'int32', [batch.length]), full([], schedule(first + i)));
    const mean = value.item();
    if (!Number.isFinite(mean) || !Number.isFinite(norm.item())) return undefined;
    total += mean * batch.length;
    seen += batch.length;
  }
  return total / seen;
}

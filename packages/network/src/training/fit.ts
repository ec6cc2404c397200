import { slice, type Tensor, take, valueAndGrad } from '@neuronseek/tensor';
import { type Key, permutation, split } from '@neuronseek/tensor/random';
import { apply } from '../apply.js';
import { init } from '../init.js';
import type { Layer } from '../layers/layer.js';
import type { Tree, Variables } from '../layers/rules.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { cosine, type Schedule } from '../schedules/cosine.js';
import { clipGlobalNorm } from './clip-global-norm.js';
import { checkTable, type LabelledTable } from './labelled-table.js';

/** What {@link fit} reports after every epoch. */
export interface FitEvent {
  /** Epochs done, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean loss over the batches of the epoch. */
  readonly train: number;
  /** Loss on the validation rows; NaN without them. */
  readonly validation: number;
}

/** Options of {@link fit}. */
export interface FitOptions<S> {
  readonly loss: (prediction: Tensor, target: Tensor) => Tensor;
  readonly optimizer: Optimizer<S>;
  /** Drives initialisation and the order of rows. */
  readonly key: Key;
  /** Passes over the rows. Default: 100. */
  readonly epochs?: number;
  /** Rows a step; a last batch of a single row is left out. Default: 64. */
  readonly batchSize?: number;
  /** Learning rate by step. Default: cosine from 0.01 to 0. */
  readonly schedule?: Schedule;
  /** Gradients longer than this are scaled down to it. Default: 1. */
  readonly clipNorm?: number;
  /** Rows the weights are chosen on: those of the epoch with the lowest loss here are returned. Default: none, the last epoch counts. */
  readonly validation?: LabelledTable;
  /** Epochs without a better validation loss before training stops. Default: no limit. */
  readonly patience?: number;
  /** Start from these instead of fresh ones. */
  readonly variables?: Variables;
  /** Checked after every epoch; what was reached by then is returned. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: FitEvent) => void;
}

export const fitDefaults: {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly clipNorm: number;
} = {
  epochs: 100,
  batchSize: 64,
  learningRate: 0.01,
  clipNorm: 1,
};

/** How training ended: all epochs, patience, a loss that was no longer finite, or the signal. */
export type FitStatus = 'completed' | 'stopped-early' | 'diverged' | 'aborted';

/** What {@link fit} returns. */
export interface FitResult {
  readonly variables: Variables;
  readonly status: FitStatus;
  /** Epoch, from 1, whose variables these are; 0 when there was none. */
  readonly bestEpoch: number;
  readonly trace: readonly FitEvent[];
}

/**
 * Trains a layer by stochastic gradient descent on the mean loss of shuffled batches. Throws a RangeError when rows or columns do not fit;
 * a loss that is not finite ends the run with status 'diverged' and the last good variables. Same inputs and key, same bits.
 */
export function fit<S>(layer: Layer, data: LabelledTable, options: FitOptions<S>): FitResult {
  checkTable('fit', data);
  if (options.validation) checkTable('fit', options.validation);
  const { epochs = fitDefaults.epochs, batchSize = fitDefaults.batchSize, clipNorm = fitDefaults.clipNorm } = options;
  const [initKey, ...epochKeys] = split(options.key, epochs + 1);
  const rows = data.x.shape[0];
  const schedule = options.schedule ?? cosine(fitDefaults.learningRate, epochs * Math.ceil(rows / batchSize));

  let { params, state } = options.variables ?? init(layer, initKey);
  let memory = options.optimizer.init(params);
  let step = 0;
  let best = { variables: { params, state }, epoch: 0, loss: Number.POSITIVE_INFINITY };
  const trace: FitEvent[] = [];
  const ended = (status: FitStatus): FitResult => ({ variables: best.variables, status, bestEpoch: best.epoch, trace });

  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (options.signal?.aborted) return ended('aborted');
    const order = permutation(epochKeys[epoch - 1], rows);
    let total = 0;
    let seen = 0;
    for (let at = 0; at < rows; at += batchSize) {
      const batch = order.subarray(at, at + batchSize);
      if (batch.length === 1 && rows > 1) break;
      const x = take(data.x, batch);
      const y = take(data.y, batch);
      let observed: Tree = state;
      const { value, grad } = valueAndGrad((trial: Tree) => {
        const applied = apply(layer, { params: trial, state }, x, { training: true });
        observed = applied.state;
        return options.loss(applied.output, y);
      })(params);
      const loss = value.item();
      if (!Number.isFinite(loss)) return ended('diverged');
      const moved = options.optimizer.update(params, clipGlobalNorm(grad, clipNorm), memory, schedule(step++));
      params = moved.params;
      memory = moved.state;
      state = observed;
      total += loss * batch.length;
      seen += batch.length;
    }
    const variables = { params, state };
    const validation = options.validation
      ? evaluateLoss(layer, variables, options.validation, options.loss)
      : Number.NaN;
    const event = { epoch, epochs, train: total / seen, validation };
    trace.push(event);
    options.onProgress?.(event);
    const loss = options.validation ? validation : Number.NEGATIVE_INFINITY;
    if (loss < best.loss || !options.validation) best = { variables, epoch, loss };
    if (options.patience !== undefined && epoch - best.epoch >= options.patience) return ended('stopped-early');
  }
  return ended('completed');
}

/** Mean loss over a table in blocks of rows, with running statistics. */
function evaluateLoss(
  layer: Layer,
  variables: Variables,
  { x, y }: LabelledTable,
  loss: FitOptions<never>['loss'],
): number {
  const rows = x.shape[0];
  let total = 0;
  for (let start = 0; start < rows; start += 4096) {
    const stop = Math.min(rows, start + 4096);
    const { output } = apply(layer, variables, slice(x, [{ start, stop }]));
    total += loss(output, slice(y, [{ start, stop }])).item() * (stop - start);
  }
  return total / rows;
}

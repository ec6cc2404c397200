import type { Tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import type { Variables } from '../layers/rules.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Schedule } from '../schedules/cosine.js';
import type { LabelledTable } from './labelled-table.js';

/** What `fit` reports after every epoch. */
export interface FitEvent {
  /** Epochs done, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean loss over the batches of the epoch, each with the parameters it met. */
  readonly train: number;
  /** Loss on the validation rows; NaN without them. */
  readonly validation: number;
}

/** Options of `fit`. */
export interface FitOptions<S> {
  /** A tensor of size 1 from what the layer gives for a batch and what it should give. */
  readonly loss: (prediction: Tensor, target: Tensor) => Tensor;
  readonly optimizer: Optimizer<S>;
  /** Drives initialisation and the order of rows. */
  readonly key: Key;
  /** Passes over the rows, a positive integer. Default: 100. */
  readonly epochs?: number;
  /** Rows a step, a positive integer; when it is above 1, a last batch of a single row is left out, for it has no statistics. Default: 64. */
  readonly batchSize?: number;
  /** Learning rate by step, from 0. Default: cosine from 0.01 to 0 over all steps. */
  readonly schedule?: Schedule;
  /** Gradients with a joint Euclidean norm above this are scaled down to it; Infinity for no limit. Default: 1. */
  readonly clipNorm?: number;
  /** Rows the weights are chosen on: those of the epoch with the lowest loss here are returned. Default: none, the last epoch counts. */
  readonly validation?: LabelledTable;
  /** Epochs in a row without a better validation loss before training stops, a positive integer; of no effect without `validation`. Default: no limit. */
  readonly patience?: number;
  /** Start from these variables. Default: fresh ones. */
  readonly variables?: Variables;
  /** Looked at before every epoch; what was reached by then is returned. */
  readonly signal?: AbortSignal;
  /** Called after every epoch. */
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

/** How training ended: all epochs, patience, a number that was no longer finite, or the signal. */
export type FitStatus = 'completed' | 'stopped-early' | 'diverged' | 'aborted';

/** What `fit` returns. */
export interface FitResult {
  readonly variables: Variables;
  readonly status: FitStatus;
  /** Epoch, from 1, whose variables these are; 0 when they are those at the start. */
  readonly bestEpoch: number;
  /** One entry an epoch that was run to its end. */
  readonly trace: readonly FitEvent[];
}

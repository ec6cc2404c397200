import { adam, cosine, crossEntropy, type FitResult, fit, type Layer, mse } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';
import type { Prepared } from './prepare.js';

/** Settings shared by every trained model, so that a comparison compares models. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly key: Key;
  readonly signal?: AbortSignal;
  readonly onEpoch?: (done: number, total: number, validation: number) => void;
}

/** Highest learning rate of the cosine schedule. */
const learningRate = 0.01;
/** Tables with more rows take larger batches, to keep a step's fixed cost small beside its work. */
const manyRows = 4000;

/** Trains a network by Adam on the training rows and keeps the weights of the epoch that is best on the validation rows. */
export function trainModel(
  layer: Layer,
  { train, validation, target }: Prepared,
  { epochs, key, signal, onEpoch }: TrainingPlan,
): FitResult {
  const rows = train.x.shape[0];
  const batchSize = rows > manyRows ? 256 : 32;
  return fit(layer, train, {
    loss: target.task === 'regression' ? mse : crossEntropy,
    optimizer: adam({ weightDecay: 1e-5 }),
    schedule: cosine(learningRate, epochs * Math.ceil(rows / batchSize)),
    key,
    epochs,
    batchSize,
    validation,
    patience: Math.max(20, Math.ceil(epochs / 4)),
    signal,
    onProgress: ({ epoch, epochs: total, validation: loss }) => onEpoch?.(epoch, total, loss),
  });
}

import { adam, cosine, crossEntropy, type FitStatus, fit, type Layer, mse, type Variables } from '@neuronseek/network';
import type { Key } from '@neuronseek/tensor/random';
import { type DiscoverOptions, discoverDefaults } from './options.js';
import type { Prepared } from './prepare.js';
import type { ModelSummary } from './report.js';

/** A network after training. */
export interface TrainedModel {
  readonly name: string;
  readonly layer: Layer;
  readonly variables: Variables;
  readonly trace: ModelSummary['trace'];
  readonly note: string;
}

/** Highest learning rate of the cosine schedule. */
const learningRate = 0.01;
/** Tables with more training rows take larger batches, to keep a step's fixed cost small beside its work. */
const manyRows = 4000;

/**
 * Trains a network by Adam on the training rows and keeps the weights of the epoch that is best on the validation rows. Everything but the
 * network is the same for all of them, so that a comparison compares networks.
 */
export function trainModel(
  name: string,
  layer: Layer,
  { train, validation, target }: Prepared,
  options: DiscoverOptions,
  key: Key,
): TrainedModel {
  const { epochs = discoverDefaults.epochs, signal, onProgress } = options;
  const rows = train.x.shape[0];
  const batchSize = rows > manyRows ? 256 : 32;
  const { variables, trace, status, bestEpoch } = fit(layer, train, {
    loss: target.task === 'regression' ? mse : crossEntropy,
    optimizer: adam({ weightDecay: 1e-5 }),
    schedule: cosine(learningRate, epochs * Math.ceil(rows / batchSize)),
    key,
    epochs,
    batchSize,
    validation,
    patience: Math.max(20, Math.ceil(epochs / 4)),
    signal,
    onProgress: ({ epoch, validation: loss }) => {
      onProgress?.({
        phase: 'training',
        done: epoch,
        total: epochs,
        detail: `${name}: validation loss ${loss.toFixed(4)}`,
      });
    },
  });
  return {
    name,
    layer,
    variables,
    trace: trace.map(({ epoch, train: loss, validation: held }) => ({ epoch, train: loss, validation: held })),
    note: ending(status, bestEpoch, trace.length),
  };
}

function ending(status: FitStatus, best: number, epochs: number): string {
  const kept = `weights of epoch ${best} of ${epochs}`;
  switch (status) {
    case 'completed':
      return kept;
    case 'stopped-early':
      return `${kept}, stopped early`;
    case 'diverged':
      return `${kept}, after which the loss was no longer finite`;
    case 'aborted':
      return `${kept}, aborted`;
  }
}

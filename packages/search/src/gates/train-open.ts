import type { LabelledTable } from '@neuronseek/network';
import { ones } from '@neuronseek/tensor';
import { pow } from '@neuronseek/tensor/math';
import { fold, type Key } from '@neuronseek/tensor/random';
import type { GatesSettings } from './options.js';
import type { Model } from './products.js';
import { restated, termMoments } from './term-moments.js';
import { begin, training } from './train-epoch.js';

/** Learning rates, as a share of those of the search. */
const openRate = 0.5;
/** Share of the epochs at that. */
const held = 0.5;
/** What it falls to then. */
const lastRate = 1e-4;

/**
 * Factor on learning rates of a model without noise: held, for terms to take over from others, and then lower by the same factor every epoch, for the last
 * digits take as many steps as the first. Half a cosine ends a third above the error that there is to be had where the target has heavy tails.
 */
export function openFactor(done: number): number {
  return openRate * pow(lastRate, Math.max(0, (done - held) / (1 - held)));
}

/** A model trained on with open gates. */
export interface Trained {
  readonly model: Model;
  readonly status: 'completed' | 'aborted' | 'diverged';
}

/**
 * Trains a model for some epochs with all its gates open, without penalty, terms normalised by their moments at the start unless the batch normalises them. `afterEpoch` is told the loss of each.
 */
export function trainOpen(
  { structure, params }: Model,
  epochs: number,
  data: LabelledTable,
  settings: GatesSettings,
  key: Key,
  afterEpoch: (loss: number) => void,
): Trained {
  const fixedGates = ones(params.logAlpha.shape);
  const moments = settings.normalization === 'rows' ? termMoments(structure, params, data.x) : undefined;
  const run = training(begin(params), data, structure, settings);
  const trained = (status: Trained['status']): Trained => {
    const { params: last } = run.progress();
    const own = moments === undefined ? last : restated(last, moments, termMoments(structure, last, data.x));
    return { model: { structure, params: own }, status };
  };
  for (let e = 0; e < epochs; e++) {
    if (settings.signal?.aborted) return trained('aborted');
    const plan = { lambda: 0, rate: openFactor(e / epochs), trainGates: false, fixedGates, moments };
    const loss = run.epoch(plan, fold(key, e));
    if (Number.isNaN(loss)) return { model: { structure, params }, status: 'diverged' };
    afterEpoch(loss);
  }
  return trained('completed');
}

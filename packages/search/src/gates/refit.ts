import { crossEntropy, type LabelledTable, mse } from '@neuronseek/network';
import { evaluate, type NeuronStructure, type PolynomialNeuron } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { fold, type Key } from '@neuronseek/tensor/random';
import { cosineFactor, type Phase, report } from './anneal.js';
import type { GatedParams } from './gated-model.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { restated, termMoments } from './term-moments.js';
import { toNeuron } from './to-neuron.js';
import { begin, training } from './train-epoch.js';
import { openFactor } from './train-open.js';

/** Learning rates of the refit as a share of those of the search, where batches normalise. */
const gentle = 0.1;

/** A neuron, unless not even the first has finite numbers, and how its training ended. */
export interface Refitted {
  readonly neuron: PolynomialNeuron | undefined;
  readonly status: Phase['status'];
}

/**
 * Trains the kept terms alone, with open gates and no penalty, and returns the neuron: that of the last epoch or, with validation rows, of
 * the epoch (the start included) that is best on them. When it diverges without validation rows, the neuron is that of the start.
 */
export function refit(
  params: GatedParams,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): Refitted {
  const { refitEpochs, validation, features, normalization } = settings;
  const done = trace.at(-1)?.epoch ?? settings.epochs;
  const moments = normalization === 'rows' ? termMoments(structure, params, data.x) : undefined;
  const fixedGates = ones(params.logAlpha.shape);
  const gates = trace.at(-1)?.gates ?? [];
  const current = (): PolynomialNeuron | undefined => {
    const { params: last } = progress;
    const own = moments === undefined ? last : restated(last, moments, termMoments(structure, last, data.x));
    return toNeuron(structure, own, data.x, fixedGates, features)?.neuron;
  };
  const lossOf = settings.task === 'regression' ? mse : crossEntropy;
  let progress = begin(params);
  const run = training(progress, data, structure, settings);
  let best = { neuron: current(), loss: Number.POSITIVE_INFINITY };
  if (!best.neuron) return { neuron: undefined, status: 'diverged' };
  const consider = (): void => {
    const neuron = validation && current();
    const loss = neuron ? lossOf(evaluate(neuron, validation.x), validation.y).item() : Number.NaN;
    if (loss < best.loss) best = { neuron, loss };
  };
  consider();
  for (let e = 0; e < refitEpochs; e++) {
    if (settings.signal?.aborted) return { neuron: validation ? best.neuron : current(), status: 'aborted' };
    const rate = moments === undefined ? gentle * cosineFactor(e / refitEpochs) : openFactor(e / refitEpochs);
    const plan = { lambda: 0, rate, trainGates: false, fixedGates, moments };
    const loss = run.epoch(plan, fold(key, e));
    if (Number.isNaN(loss)) return { neuron: best.neuron, status: 'diverged' };
    progress = run.progress();
    consider();
    report(
      { epoch: done + e + 1, epochs: done + refitEpochs, phase: 'refit', loss, lambda: 0, gates },
      settings,
      trace,
    );
  }
  const last = current();
  if (!last) return { neuron: best.neuron, status: 'diverged' };
  return { neuron: validation ? best.neuron : last, status: 'completed' };
}

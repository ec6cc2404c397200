import { crossEntropy, type LabelledTable, mse } from '@neuronseek/network';
import { evaluate, type NeuronStructure, type PolynomialNeuron } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { fold, type Key } from '@neuronseek/tensor/random';
import { cosineFactor, type Phase, report } from './anneal.js';
import type { GatedParams } from './gated-model.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { toNeuron } from './to-neuron.js';
import { begin, trainEpoch } from './train-epoch.js';

/** Learning rates of the refit as a share of those of the search. */
const gentle = 0.1;

/**
 * Trains the kept terms alone, with open gates and no penalty, and returns the neuron: that of the last epoch or, with validation rows, of
 * the epoch (the start included) that is best on them.
 */
export function refit(
  params: GatedParams,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): { readonly neuron: PolynomialNeuron; readonly status: Phase['status'] } {
  const { epochs, refitEpochs, validation, features } = settings;
  const fixedGates = ones(params.logAlpha.shape);
  const gates = trace.at(-1)?.gates ?? [];
  const current = (): PolynomialNeuron => toNeuron(structure, progress.params, data.x, fixedGates, features).neuron;
  let progress = begin(params);
  let best = { neuron: current(), loss: Number.POSITIVE_INFINITY };
  const consider = (): void => {
    if (!validation) return;
    const neuron = current();
    const lossOf = settings.task === 'regression' ? mse : crossEntropy;
    const loss = lossOf(evaluate(neuron, validation.x), validation.y).item();
    if (loss < best.loss) best = { neuron, loss };
  };
  consider();
  let status: Phase['status'] = 'completed';
  for (let e = 0; e < refitEpochs; e++) {
    if (settings.signal?.aborted) status = 'aborted';
    if (status !== 'completed') break;
    const plan = {
      settings,
      structure,
      lambda: 0,
      rate: gentle * cosineFactor(e / refitEpochs),
      trainGates: false,
      fixedGates,
    };
    const next = trainEpoch(progress, data, plan, fold(key, e));
    if (Number.isNaN(next.loss)) {
      status = 'diverged';
      break;
    }
    progress = next;
    consider();
    const event = {
      epoch: epochs + e + 1,
      epochs: epochs + refitEpochs,
      phase: 'refit' as const,
      loss: next.loss,
      lambda: 0,
      gates,
    };
    report(event, settings, trace);
  }
  return { neuron: validation ? best.neuron : current(), status };
}

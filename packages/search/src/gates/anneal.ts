import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { cos } from '@neuronseek/tensor/math';
import { fold, type Key } from '@neuronseek/tensor/random';
import { mostTrials, trialEpochs } from './closing-plan.js';
import { openProbability } from './hard-concrete.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { restated, type TermMoments, termMoments } from './term-moments.js';
import { type Progress, training } from './train-epoch.js';

/** Where a phase of training ended. */
export interface Phase {
  readonly progress: Progress;
  readonly status: 'completed' | 'aborted' | 'diverged';
}

/**
 * The search proper: warm-up with untrained gates and no penalty, then a penalty that rises linearly to `lambda`, then the rest at `lambda`;
 * every learning rate follows half a cosine. Events are appended to `trace`.
 *
 * With `normalization: 'rows'` terms are normalised after the warm-up by their moments over all rows as they stand then: moments of a batch err by a
 * tenth, which is an error of the model that no weights can take away, and every false term saves some of it.
 */
export function anneal(
  start: Progress,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): Phase {
  const { epochs, warmUp, annealed, normalization } = settings;
  const run = training(start, data, structure, settings);
  let progress = start;
  let moments: TermMoments | undefined;
  // Parameters that mean the same where terms are normalised by what they are, as they are everywhere else.
  const phase = (status: Phase['status']): Phase => {
    if (moments === undefined || status === 'diverged') return { progress, status };
    const params = restated(progress.params, moments, termMoments(structure, progress.params, data.x));
    return { progress: { ...progress, params }, status };
  };
  for (let e = 0; e < epochs; e++) {
    if (settings.signal?.aborted) return phase('aborted');
    const done = e / epochs;
    const name = done < warmUp ? 'warm-up' : done < annealed ? 'anneal' : 'settle';
    if (name !== 'warm-up' && normalization === 'rows') moments ??= termMoments(structure, progress.params, data.x);
    const ramp = name === 'warm-up' ? 0 : name === 'anneal' ? (done - warmUp) / (annealed - warmUp) : 1;
    const lambda = settings.lambda * ramp;
    const plan = { lambda, rate: cosineFactor(done), trainGates: name !== 'warm-up', moments };
    const loss = run.epoch(plan, fold(key, e));
    if (Number.isNaN(loss)) return phase('diverged');
    progress = run.progress();
    const gates = Array.from(openProbability(progress.params.logAlpha).toTypedArray());
    report({ epoch: e + 1, epochs: mostEpochs(settings, data), phase: name, loss, lambda, gates }, settings, trace);
  }
  return phase('completed');
}

/** Epochs of the annealing, of every trial that may be made, and of the refit. */
export function mostEpochs(settings: GatesSettings, data: LabelledTable): number {
  return settings.epochs + mostTrials(settings) * trialEpochs(settings, data) + settings.refitEpochs;
}

/** Factor on learning rates: from 1 at the start to a thousandth at the end: the reference anneals 0.01 to 1e-5. */
export function cosineFactor(done: number): number {
  const floor = 1e-3;
  return floor + 0.5 * (1 - floor) * (1 + cos(Math.PI * done));
}

/** Adds an event to the trace and hands it to the caller. */
export function report(event: SearchEvent, settings: GatesSettings, trace: SearchEvent[]): void {
  trace.push(event);
  settings.onProgress?.(event);
}

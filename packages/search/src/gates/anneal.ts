import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { fold, type Key } from '@neuronseek/tensor/random';
import { openProbability } from './hard-concrete.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { type Progress, trainEpoch } from './train-epoch.js';

/** Where a phase of training ended. */
export interface Phase {
  readonly progress: Progress;
  readonly status: 'completed' | 'aborted' | 'diverged';
}

/**
 * The search proper: warm-up with untrained gates and no penalty, then a penalty that rises linearly to `lambda`, then the rest at `lambda`;
 * every learning rate follows half a cosine. Events are appended to `trace`.
 */
export function anneal(
  start: Progress,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): Phase {
  const { epochs, refitEpochs, warmUp, annealed } = settings;
  let progress = start;
  for (let e = 0; e < epochs; e++) {
    if (settings.signal?.aborted) return { progress, status: 'aborted' };
    const done = e / epochs;
    const phase = done < warmUp ? 'warm-up' : done < annealed ? 'anneal' : 'settle';
    const ramp = phase === 'warm-up' ? 0 : phase === 'anneal' ? (done - warmUp) / (annealed - warmUp) : 1;
    const lambda = settings.lambda * ramp;
    const plan = { settings, structure, lambda, rate: cosineFactor(done), trainGates: phase !== 'warm-up' };
    const next = trainEpoch(progress, data, plan, fold(key, e));
    if (Number.isNaN(next.loss)) return { progress, status: 'diverged' };
    progress = next;
    const gates = Array.from(openProbability(progress.params.logAlpha).toTypedArray());
    report({ epoch: e + 1, epochs: epochs + refitEpochs, phase, loss: next.loss, lambda, gates }, settings, trace);
  }
  return { progress, status: 'completed' };
}

/** Trains the kept terms alone, with open gates and no penalty, at rates that fall from a tenth of those of the search. */
export function refit(
  start: Progress,
  data: LabelledTable,
  structure: NeuronStructure,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): Phase {
  const { epochs, refitEpochs } = settings;
  const fixedGates = ones(start.params.logAlpha.shape);
  const gates = trace.at(-1)?.gates ?? [];
  let progress = start;
  for (let e = 0; e < refitEpochs; e++) {
    if (settings.signal?.aborted) return { progress, status: 'aborted' };
    const plan = {
      settings,
      structure,
      lambda: 0,
      rate: 0.1 * cosineFactor(e / refitEpochs),
      trainGates: false,
      fixedGates,
    };
    const next = trainEpoch(progress, data, plan, fold(key, e));
    if (Number.isNaN(next.loss)) return { progress, status: 'diverged' };
    progress = next;
    report(
      { epoch: epochs + e + 1, epochs: epochs + refitEpochs, phase: 'refit', loss: next.loss, lambda: 0, gates },
      settings,
      trace,
    );
  }
  return { progress, status: 'completed' };
}

/** From 1 at the start to a thousandth at the end: the reference anneals 0.01 to 1e-5. */
function cosineFactor(done: number): number {
  const floor = 1e-3;
  return floor + 0.5 * (1 - floor) * (1 + Math.cos(Math.PI * done));
}

function report(event: SearchEvent, settings: GatesSettings, trace: SearchEvent[]): void {
  trace.push(event);
  settings.onProgress?.(event);
}

import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import { cos } from '@neuronseek/tensor/math';
import { fold, type Key } from '@neuronseek/tensor/random';
import { openProbability } from './hard-concrete.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { type Progress, training } from './train-epoch.js';

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
  const run = training(start, data, structure, settings);
  let progress = start;
  for (let e = 0; e < epochs; e++) {
    if (settings.signal?.aborted) return { progress, status: 'aborted' };
    const done = e / epochs;
    const phase = done < warmUp ? 'warm-up' : done < annealed ? 'anneal' : 'settle';
    const ramp = phase === 'warm-up' ? 0 : phase === 'anneal' ? (done - warmUp) / (annealed - warmUp) : 1;
    const lambda = settings.lambda * ramp;
    const plan = { lambda, rate: cosineFactor(done), trainGates: phase !== 'warm-up' };
    const loss = run.epoch(plan, fold(key, e));
    if (Number.isNaN(loss)) return { progress, status: 'diverged' };
    progress = run.progress();
    const gates = Array.from(openProbability(progress.params.logAlpha).toTypedArray());
    report({ epoch: e + 1, epochs: epochs + refitEpochs, phase, loss, lambda, gates }, settings, trace);
  }
  return { progress, status: 'completed' };
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

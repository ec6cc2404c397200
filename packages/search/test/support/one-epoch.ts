import type { LabelledTable } from '@neuronseek/network';
import type { NeuronStructure } from '@neuronseek/neurons';
import type { Key } from '@neuronseek/tensor/random';
import type { GatesSettings } from '../../src/gates/options.js';
import { type EpochPlan, type Progress, training } from '../../src/gates/train-epoch.js';

/** One epoch by itself: where it led, and its loss. */
export function oneEpoch(
  from: Progress,
  data: LabelledTable,
  {
    settings,
    structure,
    ...plan
  }: EpochPlan & { readonly settings: GatesSettings; readonly structure: NeuronStructure },
  key: Key,
): Progress & { readonly loss: number } {
  const run = training(from, data, structure, settings);
  const loss = run.epoch(plan, key);
  return { ...run.progress(), loss };
}

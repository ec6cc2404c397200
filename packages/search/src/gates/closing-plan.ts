import type { LabelledTable } from '@neuronseek/network';
import { candidateStructure } from './candidates.js';
import type { GatesSettings } from './options.js';

/** Trials a candidate, on average: an interaction alone may need six to find its rank. */
const trialsOfEach = 4;

/** Trials at most, 0 where none are made. */
export function mostTrials(settings: GatesSettings): number {
  if (settings.trialSteps === 0 || settings.evaluation !== 'gates') return 0;
  const { power, interaction } = candidateStructure(settings);
  return trialsOfEach * (power.length + interaction.length);
}

/** Epochs of a trial: as many as make its steps. */
export function trialEpochs({ trialSteps, batchSize }: GatesSettings, { x }: LabelledTable): number {
  return Math.ceil(trialSteps / Math.ceil(x.shape[0] / batchSize));
}

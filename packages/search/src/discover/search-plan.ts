import type { GatesOptions } from '../gates/options.js';
import { gatesDefaults } from '../gates/options.js';
import type { Prepared } from './prepare.js';

/** Steps of gradient descent that the gates need to open and close: what 200 epochs of the reference's 2,000 rows amount to, and some more. */
const searchSteps = 8000;
const fewestEpochs = 30;
const mostEpochs = 2000;
/** Training rows wanted for every input of a rank-one factor. */
const rowsPerInput = 50;

/**
 * Fits the search to the size of a table. Epochs: as many as make 8,000 steps, because gates move by steps, not by rows seen. Rank: the
 * published 8 where there are rows for it, less in small tables, which rank 8 would fit by heart.
 */
export function searchPlan({ train, inputs }: Prepared): Pick<GatesOptions, 'epochs' | 'refitEpochs' | 'rank'> {
  const rows = train.x.shape[0];
  const steps = Math.ceil(rows / gatesDefaults.batchSize);
  const epochs = Math.min(mostEpochs, Math.max(fewestEpochs, Math.ceil(searchSteps / steps)));
  const rank = Math.max(1, Math.min(gatesDefaults.rank, Math.floor(rows / (rowsPerInput * inputs.length))));
  return { epochs, refitEpochs: Math.ceil(epochs / 4), rank };
}

import { searchTensorDecomposition } from '@neuronseek/search';
import { tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { median } from './median.js';

export const batch = 256;
const steps = 40;

/** Milliseconds a training step of the search model, drawing the batches included: the median over the epochs of one search. */
export function dualStreamStep(inputs: number): number {
  const rows = batch * steps;
  const x = tensor(normal(key(1), rows * inputs), [rows, inputs]);
  const y = tensor(normal(key(2), rows), [rows, 1]);
  const times: number[] = [];
  let last = performance.now();
  searchTensorDecomposition(
    { x, y },
    {
      method: 'gates',
      key: key(3),
      minInteractionOrder: 1,
      batchSize: batch,
      epochs: 12,
      refitEpochs: 0,
      // What the peer does: every batch normalises; and its step alone, not those of trials with fewer terms.
      normalization: 'batch',
      trialSteps: 0,
      onProgress: () => {
        const now = performance.now();
        times.push((now - last) / steps);
        last = now;
      },
    },
  );
  // The first epochs compile.
  return median(times.slice(4));
}

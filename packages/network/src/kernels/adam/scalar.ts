import { pow } from '@neuronseek/tensor/math';
import type { AdamKernel } from './contract.js';

/** Implements {@link AdamKernel}. */
export const adamKernel: AdamKernel = (out, theta, gradient, mean, square, newMean, newSquare, step) => {
  const { beta1, beta2, epsilon, weightDecay } = step;
  const rate = step.learningRate / (1 - pow(beta1, step.steps));
  const correction = 1 / (1 - pow(beta2, step.steps));
  for (let i = 0; i < out.length; i++) {
    const g = gradient[i] + weightDecay * theta[i];
    const m = beta1 * mean[i] + (1 - beta1) * g;
    const v = beta2 * square[i] + (1 - beta2) * g * g;
    newMean[i] = m;
    newSquare[i] = v;
    out[i] = theta[i] - (rate * m) / (Math.sqrt(v * correction) + epsilon);
  }
};

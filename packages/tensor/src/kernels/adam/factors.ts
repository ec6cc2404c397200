import { pow } from '../../math/pow.js';
import type { AdamFactors, AdamStep } from './contract.js';

/** What a step's elements share: β₁, 1 − β₁, β₂, 1 − β₂, ε, weight decay, ρ and κ. */
export function adamFactors({ learningRate, beta1, beta2, epsilon, weightDecay, steps }: AdamStep): AdamFactors {
  const rate = learningRate / (1 - pow(beta1, steps));
  return [beta1, 1 - beta1, beta2, 1 - beta2, epsilon, weightDecay, rate, 1 / (1 - pow(beta2, steps))];
}

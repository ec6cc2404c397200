import type { Buffer } from '@neuronseek/tensor/kernels';

/** Numbers of one Adam step. */
export interface AdamStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** This step's number, from 1. */
  readonly steps: number;
}

/**
 * One Adam step on n gap-free values: with g' = g + weightDecay·θ,
 * m ← β₁m + (1 − β₁)g', v ← β₂v + (1 − β₂)g'², out = θ − η·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε), element by element in float64.
 * All arrays have the length of `out`; `out` may be `theta`, and the new moments the old ones. About 14 flops an element.
 */
export type AdamKernel = (
  out: Buffer,
  theta: Buffer,
  gradient: Buffer,
  mean: Float64Array,
  square: Float64Array,
  newMean: Float64Array,
  newSquare: Float64Array,
  step: AdamStep,
) => void;

import type { Buffer } from '../copy/index.js';

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
 * m ← β₁m + (1 − β₁)g', v ← β₂v + ((1 − β₂)g')g', out = θ − (ρ·m)/(√(v·κ) + ε), element by element in float64, where ρ = η/(1 − β₁ᵗ) and
 * κ = 1/(1 − β₂ᵗ); out is rounded once to its type. Every variant does these operations on an element in this order, so all give the same bits.
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

/** The numbers of a step that all elements share, in the order in which the kernels take them. */
export type AdamFactors = readonly [
  beta1: number,
  rest1: number,
  beta2: number,
  rest2: number,
  epsilon: number,
  weightDecay: number,
  rate: number,
  correction: number,
];

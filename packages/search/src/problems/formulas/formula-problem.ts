import type { ExpressionNeuron } from '@neuronseek/neurons';

/** How rows of inputs are drawn: evenly from a box, or all points of a grid, the last column fastest. */
export type Sampling =
  | { readonly kind: 'uniform'; readonly rows: number; readonly ranges: readonly Range[] }
  | { readonly kind: 'grid'; readonly axes: readonly GridAxis[] };

/** From min to max. */
export type Range = readonly [min: number, max: number];

/** min + i·step for i = 0 … count − 1. */
export interface GridAxis {
  readonly min: number;
  readonly step: number;
  readonly count: number;
}

/** A formula of a symbolic regression benchmark with the rows it is asked at, as plain data; `sampleProblem` draws them. */
export interface FormulaProblem {
  readonly name: string;
  /** The formula; undefined where the target is no expression, which is Keijzer 6 alone. */
  readonly neuron: ExpressionNeuron | undefined;
  /** Names of the inputs. */
  readonly features: readonly string[];
  /** The formula as text, for people. */
  readonly formula: string;
  readonly train: Sampling;
  readonly test: Sampling;
  /** Standard deviation of normal noise that the benchmark adds to the target of training rows; 0 for most. */
  readonly noise: number;
}

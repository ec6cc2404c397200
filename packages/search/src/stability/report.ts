import type { Neuron } from '@neuronseek/neurons';
import type { Tensor } from '@neuronseek/tensor';
import type { Spread } from './percentiles.js';
import type { Interval } from './wilson.js';

/** One run of a study that has ended. */
export interface StabilityRun {
  /** From 0. */
  readonly seed: number;
  /** From 0; undefined where the rows were taken as they are. */
  readonly bootstrap: number | undefined;
  /** That of the search, or 'failed' where it threw an error. */
  readonly status: string;
  /** As in {@link StabilityReport.structures}; undefined of a failed run. */
  readonly structure: string | undefined;
  readonly terms: readonly string[];
  readonly neuron: Neuron | undefined;
  /** Of a failed run, what was thrown. */
  readonly error: string | undefined;
}

/** How often something was found, as a share of the runs that count, with its Wilson interval. */
export interface Frequency {
  readonly name: string;
  readonly count: number;
  readonly frequency: number;
  readonly interval: Interval;
}

/** A weight of the power stream among the runs with the modal structure. */
export interface WeightSpread extends Spread {
  readonly order: number;
  /** Index of the input, from 0. */
  readonly input: number;
  readonly output: number;
}

/** A coefficient of the neuron written out as monomials, among the runs with the modal structure; 0 where it does not occur. */
export interface CoefficientSpread extends Spread {
  readonly exponents: readonly number[];
  readonly output: number;
}

/** Predictions of all runs that count, [points, outputs] each. */
export interface PredictionSpread {
  readonly low: Tensor;
  readonly median: Tensor;
  readonly high: Tensor;
}

/** What a study found. */
export interface StabilityReport {
  /** 'aborted' where the signal came first: the rest is of what had ended. */
  readonly status: 'complete' | 'aborted';
  /** Runs that ended, by bootstrap and seed. */
  readonly runs: readonly StabilityRun[];
  /** Runs that count: those that ended with a neuron and were not aborted. */
  readonly counted: number;
  /** Most frequent first, equal ones by name: 'P1 I2 I3×2' has a linear power and interactions of order 2, rank 1, and order 3, rank 2; 'none' has no term. */
  readonly structures: readonly Frequency[];
  /** 'P1', 'I3' …, likewise. */
  readonly terms: readonly Frequency[];
  /** The most frequent structure: how often it was recovered; undefined where no run counts. */
  readonly modal: Frequency | undefined;
  /** Where the truth was given: how often it was found, orders and ranks. */
  readonly recovery: Frequency | undefined;
  /** Mean over pairs of runs of the Jaccard similarity of their terms; 1 for fewer than two runs. */
  readonly jaccard: number;
  /** Where the modal structure is one of polynomial neurons, else empty. */
  readonly weights: readonly WeightSpread[];
  /** Likewise, and undefined where there are more monomials than `maxMonomials`. */
  readonly coefficients: readonly CoefficientSpread[] | undefined;
  /** Undefined where no run counts. */
  readonly predictions: PredictionSpread | undefined;
}

import type { Model } from '@neuronseek/network';
import type { PolynomialNeuron } from '@neuronseek/neurons';
import type { AlsOptions } from '../als/options.js';
import type { GatesOptions } from '../gates/options.js';
import type { FeatureScale } from './encode-columns.js';
import type { DiscoverReport } from './report.js';
import type { TargetScale } from './target.js';

/** What {@link discover} reports while it works. */
export interface DiscoverEvent {
  readonly phase: 'search' | 'training';
  /** Epochs done of this search or training, and in all; of the closed-form search, whose length nobody knows beforehand, a guess. */
  readonly done: number;
  readonly total: number;
  /** A few words on where it stands. */
  readonly detail: string;
}

type SetByDiscover = 'key' | 'task' | 'features' | 'validation' | 'signal' | 'onProgress';

/** The closed-form search with options of its own. */
export type ClosedFormChoice = Omit<AlsOptions, SetByDiscover>;

/** The gated search with options of its own. */
export type GatesChoice = Omit<GatesOptions, SetByDiscover>;

/** Searches that can be asked for, in words. */
export const searchMethods: Readonly<Record<'als' | 'gates', string>> = {
  als: 'closed-form fits of powers and products, kept by description length',
  gates: 'tensor decomposition with hard-concrete gates (NS-TD)',
};

/** Options of {@link discover}. */
export interface DiscoverOptions {
  /** Name of the column to predict. */
  readonly target: string;
  /** Default: classification when the target is text or has two values, else regression. */
  readonly task?: 'regression' | 'classification';
  /** Drives the split, the search and the training: same table, options and seed, same bits. Default: 0. */
  readonly seed?: number;
  /**
   * Options of the search; its task, key, feature names and validation rows are set here. Default: `{ method: 'als' }`, in closed form. With
   * `{ method: 'gates' }` epochs and rank follow the size of the table, and highest orders 2, 3 and 5 are tried unless there is a `maxOrder`.
   */
  readonly search?: ClosedFormChoice | GatesChoice;
  /** Epochs of every trained network, the baseline included. Default: 200. */
  readonly epochs?: number;
  /** Milliseconds from a monotone clock, for the times in the report; without one they are 0. */
  readonly clock?: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: DiscoverEvent) => void;
}

export const discoverDefaults: { readonly seed: number; readonly epochs: number } = { seed: 0, epochs: 200 };

/** What {@link discover} returns. */
export interface DiscoverResult {
  readonly report: DiscoverReport;
  /** The neuron that was found, fitted to the training rows: a polynomial in the standardised inputs. */
  readonly neuron: PolynomialNeuron;
  /** The trained network of such neurons. */
  readonly model: Model;
  /** How cells become inputs, and outputs predictions. */
  readonly scaling: { readonly inputs: readonly FeatureScale[]; readonly target: TargetScale };
}

import type { Confirmation } from '../als/confirm.js';
import type { SearchEvent } from '../gates/options.js';

/** What a run of `discover` found, as plain data: everything the command line prints and the HTML report draws comes from here. */
export interface DiscoverReport {
  /** Format of this object, raised when a field changes its meaning. */
  readonly version: 2;
  readonly task: 'regression' | 'classification';
  readonly target: string;
  /** Class labels in the order of the outputs; empty for regression. */
  readonly classes: readonly string[];
  readonly seed: number;
  readonly data: DataSummary;
  readonly search: SearchSummary;
  readonly formula: FormulaSummary;
  /** The network of found neurons first, then the baselines, all scored on the same test rows. */
  readonly models: readonly ModelSummary[];
  readonly predictions: PredictionSummary;
  readonly seconds: { readonly search: number; readonly training: number; readonly total: number };
  /** Sentences a reader must see: what was weak, unstable or assumed. */
  readonly remarks: readonly string[];
}

/** What became of the table before learning. */
export interface DataSummary {
  readonly rows: number;
  /** Rows left out because their target was missing. */
  readonly rowsWithoutTarget: number;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly columns: readonly ColumnSummary[];
  /** Names of the numeric inputs the search saw, after encoding. */
  readonly inputs: readonly string[];
}

/** What became of one column of the table. */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'date' | 'target' | 'dropped';
  /** Cells without a value, and what stands in for them (a training mean, say). */
  readonly missing: number;
  readonly filledWith?: string;
  /** How the column became inputs, or why it did not. */
  readonly note: string;
  /** The inputs made from it. */
  readonly inputs: readonly string[];
}

/** One (stream, order) of the gated search and its verdict on it. */
export interface TermSummary {
  readonly stream: 'power' | 'interaction';
  readonly order: number;
  /** CP rank; 1 for the power stream. */
  readonly rank: number;
  readonly kept: boolean;
  /** Probability that the gate is open, at the end of the search. */
  readonly probability: number;
  /**
   * Variance of this term on the training rows, gate included, as a share of the sum over all terms: the shares add up to 1, unless
   * all gates are 0 or the search diverged, when they are 0.
   */
  readonly variance: number;
  /** One sentence: why it was kept or dropped. */
  readonly reason: string;
}

/** One (stream, order) of the structure that the closed-form search found, and what speaks for it. */
export interface FoundTermSummary {
  readonly stream: 'power' | 'interaction';
  readonly order: number;
  /** Products of this order; 1 for the power stream. */
  readonly rank: number;
  /** By how much the deviance rises without the term, of an interaction without its weakest product. */
  readonly gain: number;
  /** What a term of this kind gains in noise at most, nearly always. */
  readonly noise: number;
  /** Variance of this term on the training rows as a share of the sum over all terms. */
  readonly variance: number;
  /** One sentence: why it was kept. */
  readonly reason: string;
}

/** The search, by the method that was asked for. */
export type SearchSummary = AlsSummary | GatesSummary;

/** What the closed-form search found, and how. */
export interface AlsSummary {
  readonly method: 'als';
  /** The method in words. */
  readonly name: string;
  readonly status: 'completed' | 'no-structure' | 'aborted';
  readonly terms: readonly FoundTermSummary[];
  /** Names of the inputs that the neuron depends on. */
  readonly variables: readonly string[];
  /** Searches that were made. */
  readonly tries: number;
  /** How the structure does on training rows that were held out; absent where there is none. */
  readonly confirmation?: Confirmation;
  /** Why the result is to be doubted, or why there is no structure; absent where all is well. */
  readonly doubt?: string;
  /** Per step: the best structure, its deviance, and its description length. */
  readonly steps: readonly { readonly structure: string; readonly deviance: number; readonly score: number }[];
}

/** The course of the gated search. */
export interface GatesSummary {
  readonly method: 'gates';
  /** The method in words. */
  readonly name: string;
  readonly status: 'completed' | 'no-structure' | 'aborted' | 'diverged';
  readonly epochs: number;
  readonly terms: readonly TermSummary[];
  /** Per epoch: mean training loss, penalty weight, and the gate probabilities in the order of `terms`. */
  readonly trace: readonly Pick<SearchEvent, 'epoch' | 'loss' | 'lambda' | 'gates'>[];
}

/** The neuron written out. */
export interface FormulaSummary {
  /** The shape of the neuron, weights left open: `w1·x + w2·x² + ⟨u1, x⟩⟨u2, x⟩`. */
  readonly structure: string;
  /** The neuron fitted to the data, expanded into monomials of the standardised inputs, largest share of variance first. */
  readonly expanded: string;
  /** Standardisation that `expanded` refers to, one sentence an input. */
  readonly where: readonly string[];
  /** Monomials behind `expanded`, largest first. */
  readonly monomials: readonly { readonly text: string; readonly coefficient: number; readonly variance: number }[];
}

/** One trained model and its score on the test rows. */
export interface ModelSummary {
  readonly name: string;
  readonly parameters: number;
  /** Regression: RMSE in units of the target. Classification: share of wrong answers. */
  readonly error: number;
  readonly metric: 'rmse' | 'error rate';
  /** Regression: R². Classification: accuracy. */
  readonly score: number;
  readonly scoreName: 'R²' | 'accuracy';
  readonly seconds: number;
  /** Per epoch: training and validation loss. Empty for closed-form models. */
  readonly trace: readonly { readonly epoch: number; readonly train: number; readonly validation: number }[];
  readonly note: string;
}

/** Predictions of the first model on the test rows (at most 2,000 of them, evenly spaced). */
export interface PredictionSummary {
  /** Regression: values in units of the target. Classification: index into `classes`. */
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

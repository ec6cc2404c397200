/** What a run of `discover` found, as plain data: everything the command line prints and the HTML report draws comes from here. */
export interface DiscoverReport {
  /** Format of this object, raised when a field changes its meaning. */
  readonly version: 1;
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

/** One (stream, order) of the neuron and the search's verdict on it. */
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

/** The course of the search. */
export interface SearchSummary {
  readonly method: string;
  readonly epochs: number;
  readonly terms: readonly TermSummary[];
  /** Per epoch: mean training loss, penalty weight, and the gate probabilities in the order of `terms`. */
  readonly trace: readonly {
    readonly epoch: number;
    readonly loss: number;
    readonly lambda: number;
    readonly gates: readonly number[];
  }[];
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

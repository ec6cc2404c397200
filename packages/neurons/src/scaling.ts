/**
 * How a neuron's inputs and outputs are standardised: z_d = (x_d − means[d])/deviations[d] goes into its formula, and what comes out
 * is y_c = targetMeans[c] + targetDeviations[c]·output_c.
 *
 * The numbers are plain arrays and no tensors, so that `grad` does not take them for parameters of the model.
 */
export interface Scaling {
  /** D numbers. */
  readonly means: readonly number[];
  /** D numbers, none of them 0. */
  readonly deviations: readonly number[];
  /** C numbers. */
  readonly targetMeans: readonly number[];
  /** C numbers; 0 makes an output constant. */
  readonly targetDeviations: readonly number[];
}

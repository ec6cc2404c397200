import { checkNeuron } from './check-neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** What {@link withScaling} takes: the numbers by which the data of the neuron were standardised. */
export interface ScalingOptions {
  /** Mean of each input. */
  readonly means: readonly number[];
  /** What each input was divided by, not 0. */
  readonly deviations: readonly number[];
  /** Mean of the target, one number for all outputs or one each. Default: 0. */
  readonly targetMean?: number | readonly number[];
  /** What the target was divided by, one number for all outputs or one each. Default: 1. */
  readonly targetDeviation?: number | readonly number[];
}

/** Defaults of {@link withScaling}. */
export const withScalingDefaults: { readonly targetMean: number; readonly targetDeviation: number } = {
  targetMean: 0,
  targetDeviation: 1,
};

/**
 * The neuron in the units of the data, of one that was fitted on standardised inputs z_d = (x_d − means[d])/deviations[d] and a standardised
 * target: y = targetMean + targetDeviation·neuron(z).
 *
 * The scaling is kept beside the terms and not multiplied into them. (x − m)ᵏ has all powers below k with coefficients that cancel by a factor (|m|/s)ᵏ,
 * and a product of k forms with offsets is a sum of 2ᵏ products: kept apart, `evaluate` gives what the fitted neuron gives, whatever the mean, and
 * `structureOf` what was searched. `expand` multiplies out exactly, so printing and comparison are in the units of the data, and `absorbScaling`
 * writes them into terms for what knows no scaling. A neuron that has a scaling already is refused. Throws a RangeError or TypeError where numbers do not fit or are not finite.
 */
export function withScaling(neuron: PolynomialNeuron, options: ScalingOptions): PolynomialNeuron {
  if (neuron.scaling !== undefined) throw new RangeError('withScaling: the neuron has a scaling already: got scaling');
  const { targetMean = withScalingDefaults.targetMean, targetDeviation = withScalingDefaults.targetDeviation } =
    options;
  const spread = (value: number | readonly number[]): readonly number[] =>
    typeof value === 'number' ? new Array<number>(neuron.outputs).fill(value) : [...value];
  return checkNeuron('withScaling', '', {
    ...neuron,
    scaling: {
      means: [...options.means],
      deviations: [...options.deviations],
      targetMeans: spread(targetMean),
      targetDeviations: spread(targetDeviation),
    },
  });
}

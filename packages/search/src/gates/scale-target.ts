import type { LabelledTable } from '@neuronseek/network';
import { type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { add, flatten, mul, reshape, tensor } from '@neuronseek/tensor';
import { moments } from '../discover/moments.js';
import type { GatesSettings } from './options.js';

/** Per output: target = mean + deviation·standardised. */
export interface TargetUnits {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** The data, and the validation rows, with regression targets of mean 0 and variance 1; as they are where that is not asked for. */
export function scaledTargets(
  data: LabelledTable,
  settings: GatesSettings,
): { data: LabelledTable; settings: GatesSettings; units: TargetUnits | undefined } {
  const { task, scaleTarget, validation } = settings;
  if (!scaleTarget || task !== 'regression') return { data, settings, units: undefined };
  const outputs = data.y.shape[1];
  const values = Array.from(flatten(data.y));
  const columns = Array.from({ length: outputs }, (_, c) => moments(values.filter((_, i) => i % outputs === c)));
  const means = Float64Array.from(columns, ({ mean }) => mean);
  // What a constant target leaves of itself is rounding.
  const deviations = Float64Array.from(columns, ({ mean, deviation }) =>
    deviation > 1e-14 * Math.abs(mean) ? deviation : 1,
  );
  const scaled = ({ x, y }: LabelledTable): LabelledTable => ({
    x,
    y: tensor(
      Float64Array.from(flatten(y), (v, i) => (v - means[i % outputs]) / deviations[i % outputs]),
      y.shape,
    ),
  });
  return {
    data: scaled(data),
    settings: validation === undefined ? settings : { ...settings, validation: scaled(validation) },
    units: { means, deviations },
  };
}

/** A neuron of standardised targets as one of the targets themselves. */
export function inUnits(neuron: PolynomialNeuron, units: TargetUnits | undefined): PolynomialNeuron {
  if (units === undefined) return neuron;
  const { inputs, outputs, features, bias, power, interaction } = neuron;
  const slopes = tensor(units.deviations, [outputs]);
  return polynomialNeuron({
    inputs,
    outputs,
    features,
    bias: add(mul(bias, slopes), tensor(units.means, [outputs])),
    power: power.map(({ order, weights }) => ({ order, weights: mul(weights, slopes) })),
    interaction: interaction.map((part) => {
      if (part.form !== 'cp') throw new TypeError(`inUnits: expected CP interactions, got ${part.form}`);
      const last = part.factors.length - 1;
      const factors = part.factors.map((u, m) => (m === last ? mul(u, reshape(slopes, [1, 1, outputs])) : u));
      return { ...part, factors };
    }),
  });
}

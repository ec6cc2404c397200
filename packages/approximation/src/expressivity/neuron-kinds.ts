import { type Interaction, type PolynomialNeuron, type PowerTerm, polynomialNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { type Key, normal, split } from '@neuronseek/tensor/random';

/** Kinds of hidden neurons that {@link expressivityCurve} compares. */
export type NeuronKind = 'linear' | 'quadratic' | 'cp' | 'tucker' | 'tt' | 'kan';

/** All kinds. */
export const neuronKinds: readonly NeuronKind[] = ['linear', 'quadratic', 'cp', 'tucker', 'tt', 'kan'];

/** Powers of the power stream by kind: the polynomial edges of 'kan' have degree 4. */
const powersOf: Readonly<Record<NeuronKind, readonly number[]>> = {
  linear: [1],
  quadratic: [1, 2],
  cp: [1, 2],
  tucker: [1, 2],
  tt: [1, 2],
  kan: [1, 2, 3, 4],
};

/**
 * A hidden layer of one kind, before its activation, with drawn numbers. linear: ⟨w, x⟩ + b. quadratic: ⟨u, x⟩⟨v, x⟩ + ⟨w, x²⟩ + ⟨w′, x⟩ + b
 * (Fan, Xiong and Wang 2020). cp, tucker and tt: powers 1 and 2 and an interaction of order 3, of rank 2, ranks (2, 2, 2) or inner ranks (2, 2). kan: Σ_d φ_d(x_d) with a
 * polynomial of degree 4 on every edge, in place of the splines of Liu et al. 2024. Weights have variance 1/(terms · D).
 */
export function hiddenLayer(kind: NeuronKind, inputs: number, width: number, key: Key): PolynomialNeuron {
  const [powerKey, biasKey, partKey] = split(key, 3);
  const powers = powersOf[kind];
  const standardDeviation = 1 / Math.sqrt(inputs * powers.length);
  const power = split(powerKey, powers.length).map(
    (own, p): PowerTerm => ({
      order: powers[p],
      weights: tensor(normal(own, inputs * width, { standardDeviation }), [inputs, width]),
    }),
  );
  const interaction = interactionOf(kind, inputs, width, partKey);
  return polynomialNeuron({
    inputs,
    outputs: width,
    bias: tensor(normal(biasKey, width, { standardDeviation: 0.5 })),
    power,
    interaction: interaction ? [interaction] : [],
  });
}

function interactionOf(kind: NeuronKind, inputs: number, width: number, key: Key): Interaction | undefined {
  const keys = split(key, 4);
  const drawn = (i: number, shape: readonly number[]): ReturnType<typeof tensor> => {
    const size = shape.reduce((product, n) => product * n, 1);
    return tensor(normal(keys[i], size, { standardDeviation: 1 / Math.sqrt(inputs) }), shape);
  };
  const rank = 2;
  switch (kind) {
    case 'linear':
    case 'kan':
      return undefined;
    case 'quadratic':
      return { form: 'cp', order: 2, rank: 1, factors: [0, 1].map((m) => drawn(m, [inputs, 1, width])) };
    case 'cp':
      return { form: 'cp', order: 3, rank, factors: [0, 1, 2].map((m) => drawn(m, [inputs, rank, width])) };
    case 'tucker':
      return {
        form: 'tucker',
        order: 3,
        ranks: [rank, rank, rank],
        core: drawn(3, [rank, rank, rank, width]),
        factors: [0, 1, 2].map((m) => drawn(m, [inputs, rank, width])),
      };
    case 'tt':
      return {
        form: 'tt',
        order: 3,
        ranks: [rank, rank],
        cores: [
          drawn(0, [1, inputs, rank, width]),
          drawn(1, [rank, inputs, rank, width]),
          drawn(2, [rank, inputs, 1, width]),
        ],
      };
  }
}

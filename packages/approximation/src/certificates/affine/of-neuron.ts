import type { Interaction, PolynomialNeuron } from '@neuronseek/neurons';
import { flatten } from '@neuronseek/tensor';
import { powerForm, reciprocal } from './elementary.js';
import { affine, combine, constantForm, type Form, product } from './form.js';

/** The first output of a polynomial neuron as a function on forms; numbers are read once. */
export function formOfPolynomialNeuron(neuron: PolynomialNeuron): (x: readonly Form[]) => Form {
  const { outputs, scaling } = neuron;
  const bias = numbers(neuron.bias)[0];
  const powers = neuron.power.map(({ order, weights }) => ({ order, weights: numbers(weights) }));
  const parts = neuron.interaction.map((part) => interactionForm(part, outputs));
  return (own) => {
    const x = scaling ? own.map((form, d) => standardised(form, scaling.means[d], scaling.deviations[d])) : own;
    const terms = powers.map(({ order, weights }) =>
      combine(
        x.map((form) => powerForm(form, order)),
        weights,
        0,
        outputs,
        0,
      ),
    );
    for (const part of parts) terms.push(part(x));
    const value =
      terms.length === 0
        ? constantForm(x[0].length - 2, bias)
        : combine(terms, new Float64Array(terms.length).fill(1), 0, 1, bias);
    return scaling ? affine(value, scaling.targetDeviations[0], scaling.targetMeans[0], 0) : value;
  };
}

function standardised(form: Form, mean: number, deviation: number): Form {
  return product(affine(form, 1, -mean, 0), reciprocal(constantForm(form.length - 2, deviation)));
}

function numbers(tensor: Parameters<typeof flatten>[0]): Float64Array {
  return Float64Array.from(flatten(tensor));
}

/** One interaction for output 0 of C: sums run over the strides that its tensors have. */
function interactionForm(part: Interaction, outputs: number): (x: readonly Form[]) => Form {
  switch (part.form) {
    case 'cp': {
      const { rank } = part;
      const factors = part.factors.map(numbers);
      return (x) =>
        total(
          Array.from({ length: rank }, (_, r) =>
            factors.map((u) => combine(x, u, r * outputs, rank * outputs, 0)).reduce(product),
          ),
        );
    }
    case 'symmetric': {
      const { rank, order } = part;
      const [weights, factor] = [numbers(part.weights), numbers(part.factor)];
      return (x) =>
        combine(
          Array.from({ length: rank }, (_, r) => powerForm(combine(x, factor, r * outputs, rank * outputs, 0), order)),
          weights,
          0,
          outputs,
          0,
        );
    }
    case 'tucker': {
      const { ranks } = part;
      const [core, factors] = [numbers(part.core), part.factors.map(numbers)];
      return (x) => {
        // The core is contracted with the linear forms of one factor after the other, the first index first.
        let rest = Array.from({ length: core.length / outputs }, (_, i) =>
          constantForm(x[0].length - 2, core[i * outputs]),
        );
        ranks.forEach((rank, m) => {
          const z = Array.from({ length: rank }, (_, r) => combine(x, factors[m], r * outputs, rank * outputs, 0));
          const width = rest.length / rank;
          rest = Array.from({ length: width }, (_, i) => total(z.map((form, r) => product(form, rest[r * width + i]))));
        });
        return rest[0];
      };
    }
    case 'tt': {
      const sizes = [1, ...part.ranks, 1];
      const cores = part.cores.map(numbers);
      return (x) => {
        let row: Form[] = [constantForm(x[0].length - 2, 1)];
        cores.forEach((core, m) => {
          const right = sizes[m + 1];
          row = Array.from({ length: right }, (_, s) =>
            total(
              row.map((form, r) =>
                product(form, combine(x, core, (r * x.length * right + s) * outputs, right * outputs, 0)),
              ),
            ),
          );
        });
        return row[0];
      };
    }
  }
}

function total(forms: readonly Form[]): Form {
  return combine(forms, new Float64Array(forms.length).fill(1), 0, 1, 0);
}

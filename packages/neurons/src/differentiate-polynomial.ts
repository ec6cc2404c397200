import {
  add,
  matmul,
  mul,
  reshape,
  slice,
  squeeze,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import type { Interaction, SymmetricInteraction, TtInteraction, TuckerInteraction } from './interaction.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** What is left of an interaction of order k: interactions of order k − 1, or for k = 1 a constant [C]. */
type Derivative = { readonly constant: Tensor } | { readonly parts: readonly Interaction[] };

/** The derivative of a polynomial neuron with respect to feature `by`, in operations of tensors; see `differentiate`. */
export function differentiatePolynomial(neuron: PolynomialNeuron, by: number): PolynomialNeuron {
  const { inputs, outputs, bias, power, interaction, scaling } = neuron;
  let constant = zeros([outputs], { dtype: bias.dtype });
  const mask = tensor(
    Array.from({ length: inputs }, (_, d) => [d === by ? 1 : 0]),
    [inputs, 1],
    { dtype: bias.dtype },
  );
  const powers = power.flatMap(({ order, weights }) => {
    const lowered = mul(weights, mul(mask, order));
    if (order > 1) return [{ order: order - 1, weights: lowered }];
    constant = add(constant, sum(lowered, { axes: 0 }));
    return [];
  });
  const parts = interaction.flatMap((part) => {
    const left = differentiateInteraction(part, by);
    if ('parts' in left) return left.parts;
    constant = add(constant, left.constant);
    return [];
  });
  return checkNeuron('differentiate', '', {
    ...neuron,
    bias: constant,
    power: powers,
    interaction: parts,
    // y = m + s·f((x − means)/deviations): the derivative is s/deviations[by]·f′.
    ...(scaling && {
      scaling: {
        ...scaling,
        targetMeans: scaling.targetMeans.map(() => 0),
        targetDeviations: scaling.targetDeviations.map((s) => s / scaling.deviations[by]),
      },
    }),
  });
}

function differentiateInteraction(part: Interaction, by: number): Derivative {
  switch (part.form) {
    case 'cp': {
      const { order, factors } = part;
      // The numbers of the input, [1, R, C]: what a linear form leaves when it is differentiated.
      const rows = factors.map((factor) => slice(factor, [{ start: by, stop: by + 1 }]));
      if (order === 1) return { constant: sum(rows[0], { axes: [0, 1] }) };
      return {
        parts: rows.map((row, m): Interaction => {
          const [first, ...rest] = factors.filter((_, i) => i !== m);
          return { ...part, order: order - 1, factors: [mul(first, row), ...rest] };
        }),
      };
    }
    case 'symmetric':
      return differentiateSymmetric(part, by);
    case 'tucker':
      return differentiateTucker(part, by);
    case 'tt':
      return differentiateTt(part, by);
  }
}

/** (w·⟨u, x⟩^k)′ = k·w·u_d·⟨u, x⟩^(k − 1). */
function differentiateSymmetric(part: SymmetricInteraction, by: number): Derivative {
  const { order, weights, factor } = part;
  const lowered = mul(mul(weights, slice(factor, [by])), order);
  return order === 1
    ? { constant: sum(lowered, { axes: 0 }) }
    : { parts: [{ ...part, order: order - 1, weights: lowered }] };
}

/** One mode of the core after the other is summed against the numbers of the input. */
function differentiateTucker(part: TuckerInteraction, by: number): Derivative {
  const { order, ranks, core, factors } = part;
  const outputs = core.shape[order];
  const cores = factors.map((factor, m) => {
    const shape = ranks.map((r, i) => (i === m ? r : 1));
    return sum(mul(core, reshape(slice(factor, [by]), [...shape, outputs])), { axes: m });
  });
  if (order === 1) return { constant: cores[0] };
  return {
    parts: cores.map(
      (lowered, m): Interaction => ({
        ...part,
        order: order - 1,
        ranks: ranks.filter((_, i) => i !== m),
        core: lowered,
        factors: factors.filter((_, i) => i !== m),
      }),
    ),
  };
}

/** The matrix that one core is at the input goes into the next core, or, from the last one, into the one before. */
function differentiateTt(part: TtInteraction, by: number): Derivative {
  const { order, ranks, cores } = part;
  // [C, R, R′] for the products of matrices.
  const matrices = cores.map((core) => transpose(slice(core, [undefined, by]), [2, 0, 1]));
  if (order === 1) return { constant: squeeze(matrices[0], [1, 2]) };
  return {
    parts: matrices.map((matrix, m): Interaction => {
      const last = m === order - 1;
      const neighbour = cores[last ? m - 1 : m + 1];
      // [R, D, R′, C] as [C, D, R, R′], so that the matrix of each output meets all inputs at once.
      const stacked = transpose(neighbour, [3, 1, 0, 2]);
      const [outputs, left, right] = matrix.shape;
      const spread = reshape(matrix, [outputs, 1, left, right]);
      const merged = transpose(last ? matmul(stacked, spread) : matmul(spread, stacked), [2, 1, 3, 0]);
      const others = cores.filter((_, i) => i !== m);
      others[last ? m - 1 : m] = merged;
      return { ...part, order: order - 1, ranks: ranks.filter((_, i) => i !== (last ? m - 1 : m)), cores: others };
    }),
  };
}

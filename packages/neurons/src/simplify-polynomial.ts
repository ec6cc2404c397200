import { flatten, type Tensor, take, tensor } from '@neuronseek/tensor';
import type { Interaction } from './interaction.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** The neuron without the terms, ranks and interactions that are 0 for every output; see `simplify`. */
export function simplifyPolynomial(neuron: PolynomialNeuron): PolynomialNeuron {
  return {
    ...neuron,
    power: neuron.power.filter(({ weights }) => !isZero(weights)),
    interaction: neuron.interaction.flatMap(simplifyInteraction),
  };
}

function simplifyInteraction(part: Interaction): Interaction[] {
  switch (part.form) {
    case 'cp': {
      const kept = keptRanks(part.rank, part.factors, 1);
      if (kept.length === 0) return [];
      return [{ ...part, rank: kept.length, factors: part.factors.map((factor) => picked(factor, kept, 1)) }];
    }
    case 'symmetric': {
      const { rank, weights, factor } = part;
      const nonzero = keptRanks(rank, [weights], 0);
      const kept = keptRanks(rank, [factor], 1).filter((r) => nonzero.includes(r));
      if (kept.length === 0) return [];
      return [{ ...part, rank: kept.length, weights: picked(weights, kept, 0), factor: picked(factor, kept, 1) }];
    }
    case 'tucker':
      return isZero(part.core) || part.factors.some(isZero) ? [] : [part];
    case 'tt':
      return part.cores.some(isZero) ? [] : [part];
  }
}

/** The places along `axis` at which every tensor has a number other than 0. */
function keptRanks(rank: number, tensors: readonly Tensor[], axis: number): number[] {
  return Array.from({ length: rank }, (_, r) => r).filter((r) => tensors.every((t) => !isZero(picked(t, [r], axis))));
}

function picked(t: Tensor, places: readonly number[], axis: number): Tensor {
  return places.length === t.shape[axis] ? t : take(t, tensor(Int32Array.from(places)), { axis });
}

function isZero(t: Tensor): boolean {
  return flatten(t).every((value) => value === 0);
}

import { type CpTensor, cpAls, cpToTensor } from '@neuronseek/decomposition';
import { type CpInteraction, type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { flatten, mul, ones, slice, stack, type Tensor } from '@neuronseek/tensor';
import { fold, type Key } from '@neuronseek/tensor/random';

/** Coefficient tensors with more entries than this keep the rank they were searched with. */
const mostEntries = 20_000;
/** Starts of the alternating least squares: one may end in a poor local minimum. */
const starts = 3;

/**
 * Replaces every interaction of a neuron by one of the lowest CP rank whose coefficient tensor differs by at most `tolerance` in relative
 * Frobenius norm, for every output. The search fixes the rank beforehand; how many products the found tensor really needs is a question
 * of decomposition. Interactions of more than 20,000 coefficients stay as they are. Cost: (rank − 1)·3 runs of `cpAls` on Dᵏ entries at most.
 */
export function reduceRank(neuron: PolynomialNeuron, tolerance: number, key: Key): PolynomialNeuron {
  const { inputs, outputs } = neuron;
  const interaction = neuron.interaction.map((part, q) =>
    part.form !== 'cp' || inputs ** part.order > mostEntries || part.order < 2
      ? part
      : reduceInteraction(part, outputs, tolerance, fold(key, q)),
  );
  return polynomialNeuron({ ...neuron, interaction });
}

function reduceInteraction(part: CpInteraction, outputs: number, tolerance: number, key: Key): CpInteraction {
  const coefficients = Array.from({ length: outputs }, (_, c) => cpToTensor(componentOf(part, c)));
  // Products of factors may overflow where no factor does.
  if (!coefficients.every((x) => flatten(x).every(Number.isFinite))) return part;
  for (let rank = 1; rank < part.rank; rank++) {
    const found = coefficients.map((x, c) => bestFit(x, rank, tolerance, fold(fold(key, rank), c)));
    if (found.every((cp) => cp !== undefined)) return joined(part, rank, found);
  }
  return part;
}

/** The first CP tensor of this rank that is close enough, if a start leads to one. */
function bestFit(x: Tensor, rank: number, tolerance: number, key: Key): CpTensor | undefined {
  for (let start = 0; start < starts; start++) {
    const cp = cpAls(x, rank, { key: fold(key, start), init: start === 0 ? 'svd' : 'random', maxIterations: 200 });
    if (cp.relativeError <= tolerance && cp.status !== 'degenerate') return cp;
  }
  return undefined;
}

/** The interaction of output c as a CP tensor of shape [D, …, D]. */
function componentOf({ factors, rank }: CpInteraction, c: number): CpTensor {
  return { weights: ones([rank]), factors: factors.map((u) => slice(u, [undefined, undefined, c])) };
}

/** CP tensors of one rank, one an output, as an interaction; the weights go into the last factor. */
function joined(part: CpInteraction, rank: number, tensors: readonly CpTensor[]): CpInteraction {
  const last = part.order - 1;
  const factors = part.factors.map((_, m) =>
    stack(
      tensors.map(({ weights, factors: a }) => (m === last ? mul(a[m], weights) : a[m])),
      { axis: 2 },
    ),
  );
  return { form: 'cp', order: part.order, rank, factors };
}

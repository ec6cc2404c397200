import { flatten, type Tensor } from '@neuronseek/tensor';
import type { Interaction } from '../interaction.js';
import { monomialCount } from '../monomial-table.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';

/** All terms of one total degree, for one output. */
export interface Part {
  readonly degree: number;
  /** Coefficient of x_d^degree in the power stream; empty without one. */
  readonly pure: readonly number[];
  readonly interactions: readonly Interaction[];
  /** Inputs that an interaction may contain. */
  readonly active: readonly number[];
}

/** The terms of one output by degree, ascending. */
export function homogeneousParts(neuron: PolynomialNeuron, output: number): Part[] {
  const { inputs, outputs } = neuron;
  const degrees = new Set([...neuron.power, ...neuron.interaction].map((term) => term.order));
  return Array.from(degrees)
    .sort((a, b) => a - b)
    .map((degree) => {
      const power = neuron.power.find((term) => term.order === degree);
      const weights = power && flatten(power.weights);
      const interactions = neuron.interaction.filter((part) => part.order === degree);
      const occurs = new Uint8Array(inputs);
      for (const part of interactions)
        for (const t of factorsOf(part)) markOccurring(occurs, t, inputs, outputs, output);
      return {
        degree,
        pure: weights ? Array.from({ length: inputs }, (_, d) => weights[d * outputs + output]) : [],
        interactions,
        active: Array.from({ length: inputs }, (_, d) => d).filter((d) => occurs[d] === 1),
      };
    });
}

/** Refuses an output of `neuron` that may have too many monomials. */
export function refuseTooMany(parts: readonly Part[], inputs: number, output: number, maxMonomials: number): void {
  let count = 1;
  for (const { degree, pure, active } of parts) {
    count += (active.length > 0 ? monomialCount(active.length, degree) : 0) + pure.length;
  }
  if (count > maxMonomials || count * inputs > 100 * maxMonomials) {
    throw new RangeError(
      `expand: output ${output} may have ${count} monomials of ${inputs} exponents: ` +
        `the limit is maxMonomials = ${maxMonomials}, and ${100 * maxMonomials} exponents in all`,
    );
  }
}

/** The tensors whose entries belong to inputs. */
function factorsOf(part: Interaction): readonly Tensor[] {
  switch (part.form) {
    case 'cp':
    case 'tucker':
      return part.factors;
    case 'symmetric':
      return [part.factor];
    case 'tt':
      return part.cores;
  }
}

/** Marks the inputs with an entry other than 0: the axis of inputs is the last but two, that of outputs the last. */
function markOccurring(occurs: Uint8Array, t: Tensor, inputs: number, outputs: number, output: number): void {
  const values = flatten(t);
  const rank = t.shape[t.order - 2];
  for (let i = output; i < values.length; i += outputs) {
    if (values[i] !== 0) occurs[Math.floor(i / (rank * outputs)) % inputs] = 1;
  }
}

import { type Tensor, tensor } from '@neuronseek/tensor';
import { doubleCoefficients } from '../expansion/coefficients.js';
import { interactionCoefficients } from '../expansion/interaction-coefficients.js';
import type { Interaction } from '../interaction.js';
import { monomialTable } from '../monomial-table.js';

/** Entries that are not refused. */
const mostEntries = 10_000_000;

/**
 * The symmetric tensor A of shape [D, …, D], as many axes as the order, with ⟨A, x ⊗ … ⊗ x⟩ the value of one output of an interaction. Of all tensors with
 * that property it is the symmetric one, equal under every permutation of its axes bit for bit: each monomial's coefficient is divided among its
 * places. float64.
 *
 * Throws a RangeError for an output that is none, and where there would be more than ten million entries. Cost: that of `expand` and Dᵏ.
 */
export function coefficientTensor(part: Interaction, output = 0): Tensor {
  const { order } = part;
  const [inputs, outputs] = sizesOf(part);
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new RangeError(`coefficientTensor: output must be an integer from 0 to ${outputs - 1}: got ${output}`);
  }
  const size = inputs ** order;
  if (size > mostEntries) {
    throw new RangeError(`coefficientTensor: must have at most ${mostEntries} entries: got ${inputs}^${order}`);
  }
  const active = Array.from({ length: inputs }, (_, d) => d);
  const table = monomialTable(inputs, order);
  const scope = { inputs, outputs, output, active, table };
  const coefficients = interactionCoefficients(doubleCoefficients, part, scope, doubleCoefficients.read);
  // How many places of the tensor a monomial has: how often they are met when the axes are walked.
  const places = new Uint32Array(coefficients.length);
  const monomials = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    let monomial = 0;
    for (let k = 0, rest = i; k < order; k++, rest = Math.floor(rest / inputs)) {
      monomial = table[k].next[monomial * inputs + (rest % inputs)];
    }
    monomials[i] = monomial;
    places[monomial]++;
  }
  const data = Float64Array.from(monomials, (monomial) => coefficients[monomial] / places[monomial]);
  return tensor(data, new Array<number>(order).fill(inputs));
}

function sizesOf(part: Interaction): readonly [number, number] {
  switch (part.form) {
    case 'cp':
    case 'tucker':
      return [part.factors[0].shape[0], part.factors[0].shape[2]];
    case 'symmetric':
      return [part.factor.shape[0], part.factor.shape[2]];
    case 'tt':
      return [part.cores[0].shape[1], part.cores[0].shape[3]];
  }
}

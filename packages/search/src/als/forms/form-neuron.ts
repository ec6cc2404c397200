import { type Interaction, type NeuronStructure, type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import type { Problem } from '../problem.js';
import { type Naming, toNeuron, type Units } from '../to-neuron.js';
import { type FormParameters, powerPart } from './form-model.js';
import type { FormShape } from './form-price.js';
import { rankOf, slotsOf, type Term, type TermShape } from './term.js';
import { startsOf } from './term-values.js';

/** The structure with form and ranks of its interactions. */
export function formStructure({ powers, terms }: FormShape): NeuronStructure {
  return {
    power: [...powers],
    interaction: terms.map((term) => {
      const { form, order, ranks } = term;
      const rank = rankOf(term);
      return form === 'symmetric' ? { order, rank, form } : { order, rank, form, ranks: [...ranks] };
    }),
  };
}

/** Fitted parameters as a neuron in the units of the data; an output without parameters, the first of two classes, is zero. */
export function formNeuron(
  problem: Problem,
  { powers, terms }: FormShape,
  outputs: readonly (FormParameters | undefined)[],
  units: readonly Units[],
  naming: Naming,
): PolynomialNeuron {
  const plain = outputs.map((output) => output && powerPart(output));
  const base = toNeuron(problem, { powers, orders: [] }, plain, units, naming);
  const interaction = terms.map((shape, t) =>
    interactionOf(
      problem,
      shape,
      outputs.map((output) => output?.terms[t]),
      units,
      naming,
    ),
  );
  return polynomialNeuron({ ...base, interaction });
}

function interactionOf(
  { scales }: Problem,
  shape: TermShape,
  outputs: readonly (Term | undefined)[],
  units: readonly Units[],
  { inputs, columns }: Naming,
): Interaction {
  const { form, order, ranks } = shape;
  const count = outputs.length;
  const slots = slotsOf(shape);
  const starts = startsOf(slots);
  const bonds = [1, ...ranks, 1];
  // The train carries the unit of the target in its first core, the others in the numbers beside their forms.
  const parts = slots.map((n) => new Float64Array(inputs * n * count));
  const core = new Float64Array((form === 'tucker' ? ranks.reduce((n, r) => n * r, 1) : ranks[0]) * count);
  outputs.forEach((term, c) => {
    if (term === undefined) return;
    const { deviation } = units[c];
    if (form !== 'tt') {
      term.core.forEach((v, i) => {
        core[i * count + c] = deviation * v;
      });
    }
    parts.forEach((part, m) => {
      const unit = form === 'tt' && m === 0 ? deviation : 1;
      for (let s = 0; s < slots[m]; s++) {
        columns.forEach((column, d) => {
          const place =
            form === 'tt'
              ? (Math.floor(s / bonds[m + 1]) * inputs + column) * bonds[m + 1] + (s % bonds[m + 1])
              : column * slots[m] + s;
          part[place * count + c] = (unit * term.forms[(starts[m] + s) * columns.length + d]) / scales[d];
        });
      }
    });
  });
  if (form === 'tt') {
    const cores = parts.map((part, m) => tensor(part, [bonds[m], inputs, bonds[m + 1], count]));
    return { form, order, ranks, cores };
  }
  const factors = parts.map((part, m) => tensor(part, [inputs, slots[m], count]));
  if (form === 'tucker') return { form, order, ranks, core: tensor(core, [...ranks, count]), factors };
  return { form, order, rank: ranks[0], weights: tensor(core, [ranks[0], count]), factor: factors[0] };
}

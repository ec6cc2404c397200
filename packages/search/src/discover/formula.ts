import type { NeuronStructure } from '@neuronseek/neurons';
import {
  expand,
  type PolynomialNeuron,
  print,
  printMonomial,
  printStructure,
  sampleMonomials,
} from '@neuronseek/neurons';
import type { Tensor } from '@neuronseek/tensor';
import type { FeatureScale } from './encode-columns.js';
import type { FormulaSummary } from './report.js';
import type { TargetScale } from './target.js';

/** Monomials beyond this many are neither computed nor listed: the CP form in formula.json is then the formula. */
const mostMonomials = 50_000;
/** The same for exponents: in a table of thousands of columns even linear terms have millions. */
const mostExponents = 5_000_000;
/** Monomials listed in the report, for each output. */
const listed = 40;

/** The found neuron, which depends on `used` of its inputs, written out over the rows `sample` of standardised inputs. */
export function describeFormula(
  neuron: PolynomialNeuron,
  structure: NeuronStructure,
  sample: Tensor,
  scales: readonly FeatureScale[],
  target: TargetScale,
  targetName: string,
  used: number = neuron.inputs,
): FormulaSummary {
  const output = target.task === 'regression' ? `${targetName}*` : target.classes.map((label) => `score(${label})`);
  const where = scales.map(standardisation);
  if (target.task === 'regression') where.push(`${targetName}* = ${standardised(targetName, target)}`);
  const open = { structure: printStructure(structure), where };
  const count = countMonomials(neuron, used);
  if (count > mostMonomials || count * neuron.inputs > mostExponents) {
    return {
      ...open,
      expanded: `more than can be listed (up to ${Math.round(count)} monomials): see formula.json for the neuron as sums of products`,
      monomials: [],
    };
  }
  const rows = sample.shape[0];
  const values = sample.toTypedArray();
  const monomials = expand(neuron).flatMap((polynomial, c) => {
    const terms = polynomial.monomials.filter(({ exponents }) => exponents.some((e) => e > 0));
    const { variances, varianceOfSum } = sampleMonomials(terms, rows, values);
    const total = varianceOfSum(terms.map((_, i) => i)) || 1;
    const prefix = target.task === 'classification' ? `${target.classes[c]}: ` : '';
    return terms
      .map((term, i) => ({
        text: prefix + printMonomial(term, neuron.features),
        coefficient: term.coefficient,
        variance: variances[i] / total,
      }))
      .sort((a, b) => b.variance - a.variance)
      .slice(0, listed);
  });
  return { ...open, expanded: print(neuron, { sample, output }), monomials };
}

/** C(D + K, K), an upper bound on the monomials of a polynomial of degree K in D inputs. */
function countMonomials({ power, interaction }: PolynomialNeuron, inputs: number): number {
  const degree = Math.max(0, ...power.map(({ order }) => order), ...interaction.map(({ order }) => order));
  if (interaction.length === 0) return 1 + inputs * power.length;
  let count = 1;
  for (let i = 1; i <= degree; i++) count = (count * (inputs + i)) / i;
  return count;
}

function standardisation({ name, low, high, ...scale }: FeatureScale): string {
  // An indicator (Sex=F) has no other values, so there is nothing to limit.
  const limits =
    name.includes('=') && low === 0 && high === 1 ? '' : `, ${name} limited to ${show(low)} … ${show(high)}`;
  return `${name} stands for ${standardised(name, scale)}${limits}`;
}

function standardised(
  name: string,
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
): string {
  return `(${name} ${mean < 0 ? '+' : '−'} ${show(Math.abs(mean))})/${show(deviation)}`;
}

function show(v: number): string {
  return String(Number(v.toPrecision(5)));
}

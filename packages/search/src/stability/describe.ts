import {
  type Expression,
  type ExpressionNeuron,
  expressionNeuron,
  type InteractionStructure,
  type Neuron,
  type NeuronStructure,
  print,
  structureOf,
} from '@neuronseek/neurons';

/** What a neuron is made of, as text that is equal for equal structures. */
export interface Description {
  /** 'P1 P3 I2 I3×2': powers 1 and 3, interactions of order 2 with rank 1 and of order 3 with rank 2; 'none' without terms. */
  readonly structure: string;
  /** 'P1', 'I3': stream and order, without ranks; each once. */
  readonly terms: readonly string[];
}

/**
 * Structure and terms of a neuron. A formula is told by its shape: numbers but those in exponents are written c, and terms are the parts of the
 * sum that it is, in alphabetical sequence.
 */
export function describe(neuron: Neuron): Description {
  return neuron.kind === 'polynomial' ? describeStructure(structureOf(neuron)) : describeFormula(neuron);
}

/** The same of a structure by itself. */
export function describeStructure({ power, interaction }: NeuronStructure): Description {
  const powers = [...power].sort((a, b) => a - b).map((order) => `P${order}`);
  const products = [...interaction].sort((a, b) => a.order - b.order || a.rank - b.rank);
  return {
    structure: [...powers, ...products.map(interactionText)].join(' ') || 'none',
    terms: [...new Set([...powers, ...products.map(({ order }) => `I${order}`)])],
  };
}

function interactionText({ order, rank, form = 'cp', ranks }: InteractionStructure): string {
  const size = ranks === undefined ? `${rank}` : ranks.join(',');
  return `I${order}${rank === 1 && ranks === undefined ? '' : `×${size}`}${form === 'cp' ? '' : ` (${form})`}`;
}

function describeFormula({ features, inputs, expressions }: ExpressionNeuron): Description {
  const name = features.includes('c') ? `c${'_'.repeat(Math.max(...features.map((f) => f.length)))}` : 'c';
  const text = (expression: Expression): string =>
    print(expressionNeuron({ features: [...features, name], expressions: [withoutNumbers(expression, inputs)] }), {
      format: 'text',
    });
  const terms = expressions.flatMap((expression) => {
    const parts = expression.op === 'add' ? expression.terms : [expression];
    return parts.map((part) => text(part.op === 'negate' ? part.argument : part)).sort();
  });
  return { structure: terms.join(' + '), terms: [...new Set(terms.filter((term) => term !== name))] };
}

/** The tree with the input `constant` for every number that is no exponent. */
function withoutNumbers(expression: Expression, constant: number): Expression {
  const walk = (e: Expression): Expression => withoutNumbers(e, constant);
  switch (expression.op) {
    case 'number':
      return { op: 'feature', index: constant };
    case 'feature':
    case 'vector':
      return expression;
    case 'add':
      return { ...expression, terms: expression.terms.map(walk) };
    case 'multiply':
      return { ...expression, factors: expression.factors.map(walk) };
    case 'divide':
      return { ...expression, numerator: walk(expression.numerator), denominator: walk(expression.denominator) };
    case 'power': {
      const { base, exponent } = expression;
      return { ...expression, base: walk(base), exponent: exponent.op === 'number' ? exponent : walk(exponent) };
    }
    case 'total':
    case 'negate':
    case 'call':
      return { ...expression, argument: walk(expression.argument) };
  }
}

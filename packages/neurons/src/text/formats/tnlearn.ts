import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { expectEnd } from '../finish.js';
import { infixNotation, levels, type Notation } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { accept, fail, openSource, peek, type Source, take } from '../source.js';
import { writeExpression } from '../write-expression.js';

const notation: Notation = {
  .../* @__PURE__ */ infixNotation('**'),
  times: '@',
  vector: 'x',
  // Neither occurs: `refuse` comes first.
  feature: () => '',
  call: () => '',
  total: (argument, write) => write(argument, levels.power, true, true),
  callLevel: levels.power,
};

/**
 * A string of tnlearn, `2@x**3 - 0.5@x + 7`: sums of numbers and of powers of the vector symbol, c@x**k for c·Σ_d x_d^k.
 *
 * One output, and of its sums nothing else can be said in these strings; other formulas are refused.
 */
export function writeTnlearn({ expressions }: ExpressionNeuron): string {
  if (expressions.length > 1) {
    throw new RangeError(`print: a string of tnlearn has one output: got ${expressions.length}`);
  }
  const part = unfit(expressions[0]);
  if (part !== undefined) {
    throw new RangeError(
      `print: a string of tnlearn holds sums of numbers and of c·Σ xᵏ with k an integer from 1 to 999: got ${describe(part)}`,
    );
  }
  return writeExpression(expressions[0], notation);
}

const grammar: Grammar = {
  lexicon: /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<symbol>\*\*|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '@': 'multiply' },
  operand: readPower,
};

/** Reads what {@link writeTnlearn} writes. Weights that are left open, `<w1, x>`, are a structure and no neuron, and refused. */
export function readTnlearn(text: string, features: readonly string[] | undefined): [readonly string[], Expression[]] {
  if (!features) throw new RangeError('parse: a string of tnlearn says nothing of the inputs: got no features');
  const source = openSource(text, grammar.lexicon, features);
  const expression = readExpression(source, grammar);
  expectEnd(source);
  const part = unfit(expression);
  if (part !== undefined) {
    throw new RangeError(`parse: expected a sum of numbers and of terms like 2@x**3: got ${describe(part)}`);
  }
  return [source.features, [expression]];
}

function readPower(source: Source): Expression | undefined {
  if (peek(source).text === '<') {
    fail(source, 'expected a coefficient with its number, since open weights <w, x> are no neuron,');
  }
  if (!accept(source, 'x')) return undefined;
  if (!accept(source, '**')) return { op: 'total', argument: { op: 'vector' } };
  const token = take(source);
  const value = Number(token.text);
  if (token.kind !== 'number' || !isExponent(value)) {
    fail(source, 'expected an integer exponent from 1 to 999', token);
  }
  return { op: 'total', argument: { op: 'power', base: { op: 'vector' }, exponent: { op: 'number', value } } };
}

/** The first part that these strings cannot hold. */
function unfit(part: Expression): Expression | undefined {
  switch (part.op) {
    case 'number':
      return undefined;
    case 'total':
      return isPowerOfVector(part.argument) ? undefined : part;
    case 'multiply': {
      const [c, total] = part.factors;
      const fits = part.factors.length === 2 && c.op === 'number' && total.op === 'total';
      return fits ? unfit(total) : part;
    }
    case 'negate':
      return unfit(part.argument);
    case 'add':
      for (const term of part.terms) {
        const wrong = unfit(term);
        if (wrong) return wrong;
      }
      return undefined;
    default:
      return part;
  }
}

function isPowerOfVector(argument: Expression): boolean {
  if (argument.op === 'vector') return true;
  const { op } = argument;
  if (op !== 'power' || argument.base.op !== 'vector' || argument.exponent.op !== 'number') return false;
  return isExponent(argument.exponent.value);
}

function isExponent(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 999;
}

function describe(part: Expression): string {
  switch (part.op) {
    case 'call':
      return `the function ${part.name}`;
    case 'multiply':
      return 'another product';
    case 'total':
      return 'another total';
    case 'feature':
      return 'a single feature';
    default:
      return `a node '${part.op}'`;
  }
}

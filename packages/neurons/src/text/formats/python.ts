import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { contains, isConstant } from '../contains.js';
import { featureByIndex, readTotal, vectorSymbol } from '../features.js';
import { expectEnd } from '../finish.js';
import { type FunctionTable, functionNamed } from '../function-table.js';
import { infixNotation, levels, type Notation, type WritePart } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { readSeveral } from '../read-several.js';
import { accept, expect, fail, openSource, peek, type Source, take, tokenTexts } from '../source.js';
import { writeExpression } from '../write-expression.js';

const functions: FunctionTable = {
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  exp: 'np.exp',
  log: 'np.log',
  sqrt: 'np.sqrt',
  abs: 'np.abs',
  sigmoid: 'sigmoid',
};

const numpy = 'import numpy as np';
const sigmoid = 'def sigmoid(a):\n    return 1.0/(1.0 + np.exp(-a))';
const head = 'def neuron(X):\n    return np.column_stack([';

const infix = /* @__PURE__ */ infixNotation('**');

/** Both sides numbers of Python and not of NumPy: dividing by 0 or leaving the doubles would then be an exception there. */
function isPlain(a: Expression, b: Expression): boolean {
  return isConstant(a) && isConstant(b);
}

function writeBoth(name: string, a: Expression, b: Expression, inTotal: boolean, write: WritePart): string {
  return `${name}(${write(a, levels.sum, true, inTotal)}, ${write(b, levels.sum, true, inTotal)})`;
}

const notation: Notation = {
  ...infix,
  vector: 'X',
  // Always a float: integers of Python have no −0 and no bound, and NumPy refuses negative powers of its own.
  number: (value) => (/^\d+$/.test(String(value)) ? `${value}.0` : String(value)),
  // A column of its own in a total, so that it meets all columns of X.
  feature: (index, inTotal) => (inTotal ? `X[:, [${index}]]` : `X[:, ${index}]`),
  call: (name, argument, inTotal, write) => `${functions[name]}(${write(argument, levels.sum, true, inTotal)})`,
  total: (argument, write) => {
    const text = write(argument, levels.sum, true, true);
    const full = contains(argument, ({ op }) => op === 'vector');
    return full ? `np.sum(${text}, axis=1)` : `np.sum(np.broadcast_to(${text}, X.shape), axis=1)`;
  },
  divideLevel: (a, b) => (isPlain(a, b) ? levels.atom : levels.product),
  divide: (a, b, inTotal, write) =>
    isPlain(a, b) ? writeBoth('np.divide', a, b, inTotal, write) : infix.divide(a, b, inTotal, write),
  powerLevel: (a, b) => (isPlain(a, b) ? levels.atom : levels.power),
  power: (a, b, inTotal, write) =>
    isPlain(a, b) ? writeBoth('np.power', a, b, inTotal, write) : infix.power(a, b, inTotal, write),
};

/** A module with the function neuron(X) of NumPy that takes [N, D] to [N, C]. */
export function writePython({ expressions }: ExpressionNeuron): string {
  const columns = expressions.map((expression) => {
    const text = writeExpression(expression, notation);
    return `        ${isConstant(expression) ? `np.full(len(X), ${text})` : text},\n`;
  });
  const needs = expressions.some((root) => contains(root, (node) => node.op === 'call' && node.name === 'sigmoid'));
  return `${numpy}\n\n\n${needs ? `${sigmoid}\n\n\n` : ''}${head}\n${columns.join('')}    ])\n`;
}

const grammar: Grammar = {
  lexicon:
    /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<symbol>\*\*|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '**': 'power' },
  operand: readNamed,
};

const numpyTokens: readonly string[] = /* @__PURE__ */ tokenTexts(numpy, grammar.lexicon);
const sigmoidTokens: readonly string[] = /* @__PURE__ */ tokenTexts(sigmoid, grammar.lexicon);
const headTokens: readonly string[] = /* @__PURE__ */ tokenTexts(head, grammar.lexicon);

/** Reads what {@link writePython} writes, or the expression that such a column is, or a list of several. */
export function readPython(text: string, features: readonly string[] | undefined): [readonly string[], Expression[]] {
  const source = openSource(text, grammar.lexicon, features);
  accept(source, ...numpyTokens);
  accept(source, ...sigmoidTokens);
  const whole = peek(source).text === 'def';
  if (whole) {
    expect(source, ...headTokens);
    // The list begins with the bracket.
    source.next--;
  }
  const expressions = readSeveral(source, grammar, () => readColumn(source));
  if (whole) expect(source, ')');
  expectEnd(source);
  return [source.features, expressions];
}

function readColumn(source: Source): Expression {
  if (!accept(source, 'np.full', '(', 'len', '(', 'X', ')', ',')) return readExpression(source, grammar);
  const value = readExpression(source, grammar);
  expect(source, ')');
  return value;
}

function readNamed(source: Source): Expression | undefined {
  const token = peek(source);
  const inner = (): Expression => readExpression(source, grammar);
  if (accept(source, 'X', '[')) return readColumnOfX(source);
  if (accept(source, 'X')) return vectorSymbol(source, token);
  if (accept(source, 'np.sum')) {
    return readTotal(source, token, () => {
      expect(source, '(');
      const spread = accept(source, 'np.broadcast_to', '(');
      const argument = inner();
      if (spread) expect(source, ',', 'X.shape', ')');
      expect(source, ',', 'axis', '=', '1', ')');
      return argument;
    });
  }
  if (accept(source, 'np.power') || accept(source, 'np.divide')) {
    expect(source, '(');
    const first = inner();
    expect(source, ',');
    const second = inner();
    expect(source, ')');
    return token.text === 'np.power'
      ? { op: 'power', base: first, exponent: second }
      : { op: 'divide', numerator: first, denominator: second };
  }
  const name = token.kind === 'name' ? functionNamed(functions, token.text) : undefined;
  if (name === undefined || !accept(source, token.text, '(')) return undefined;
  const argument = inner();
  expect(source, ')');
  return { op: 'call', name, argument };
}

function readColumnOfX(source: Source): Expression {
  expect(source, ':', ',');
  const listed = peek(source);
  const column = accept(source, '[');
  // X[:, 0] has one axis, X[:, [0]] two: only the latter meets X as it should.
  if (column !== source.inTotal) fail(source, source.inTotal ? 'expected "[" in a total' : 'expected an index', listed);
  const feature = featureByIndex(source, take(source));
  if (column) expect(source, ']');
  expect(source, ']');
  return feature;
}

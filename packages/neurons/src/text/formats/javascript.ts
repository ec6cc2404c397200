import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { contains } from '../contains.js';
import { featureByIndex, readTotal, vectorSymbol } from '../features.js';
import { expectEnd } from '../finish.js';
import { type FunctionTable, functionNamed } from '../function-table.js';
import { infixNotation, levels, type Notation } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { readSeveral } from '../read-several.js';
import { accept, expect, openSource, peek, type Source, take, tokenTexts } from '../source.js';
import { writeExpression } from '../write-expression.js';

const functions: FunctionTable = {
  sin: 'Math.sin',
  cos: 'Math.cos',
  tan: 'Math.tan',
  asin: 'Math.asin',
  acos: 'Math.acos',
  atan: 'Math.atan',
  sinh: 'Math.sinh',
  cosh: 'Math.cosh',
  tanh: 'Math.tanh',
  exp: 'Math.exp',
  log: 'Math.log',
  sqrt: 'Math.sqrt',
  abs: 'Math.abs',
  sigmoid: 'sigmoid',
};

const sigmoid = 'const sigmoid = (a) => 1/(1 + Math.exp(-a));';

const notation: Notation = {
  .../* @__PURE__ */ infixNotation('**'),
  vector: 'v',
  feature: (index) => `x[${index}]`,
  call: (name, argument, inTotal, write) => `${functions[name]}(${write(argument, levels.sum, true, inTotal)})`,
  total: (argument, write) => `x.reduce((s, v) => s + ${write(argument, levels.product, false, true)}, 0)`,
  // Math.pow and not **, whose base may not have a sign.
  powerLevel: () => levels.atom,
  power: (base, exponent, inTotal, write) =>
    `Math.pow(${write(base, levels.sum, true, inTotal)}, ${write(exponent, levels.sum, true, inTotal)})`,
};

/** A function of the array of inputs, `(x) => 2.5*Math.pow(x[0], 3) + 7`, that returns a number, or an array of several outputs. */
export function writeJavascript({ expressions }: ExpressionNeuron): string {
  const texts = expressions.map((expression) => writeExpression(expression, notation));
  const value = texts.length === 1 ? texts[0] : `[\n  ${texts.join(',\n  ')},\n]`;
  const needs = expressions.some((root) => contains(root, (node) => node.op === 'call' && node.name === 'sigmoid'));
  return needs ? `(x) => {\n  ${sigmoid}\n  return ${value};\n}` : `(x) => ${value}`;
}

const grammar: Grammar = {
  lexicon:
    /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|(?<symbol>=>|\*\*|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' },
  operand: readNamed,
};

const sigmoidTokens: readonly string[] = /* @__PURE__ */ tokenTexts(sigmoid, grammar.lexicon);

/** Reads what {@link writeJavascript} writes, or what stands behind its arrow. */
export function readJavascript(
  text: string,
  features: readonly string[] | undefined,
): [readonly string[], Expression[]] {
  const source = openSource(text, grammar.lexicon, features);
  const block = accept(source, '(', 'x', ')', '=>') && accept(source, '{');
  if (block) {
    accept(source, ...sigmoidTokens);
    expect(source, 'return');
  }
  const expressions = readSeveral(source, grammar);
  if (block) expect(source, ';', '}');
  accept(source, ';');
  expectEnd(source);
  return [source.features, expressions];
}

function readNamed(source: Source): Expression | undefined {
  const token = peek(source);
  const inner = (): Expression => readExpression(source, grammar);
  if (accept(source, 'x', '[')) {
    const index = take(source);
    const feature = featureByIndex(source, index);
    expect(source, ']');
    return feature;
  }
  if (accept(source, 'x.reduce')) {
    return readTotal(source, token, () => {
      expect(source, '(', '(', 's', ',', 'v', ')', '=>', 's', '+');
      const argument = readExpression(source, grammar, levels.product);
      expect(source, ',', '0', ')');
      return argument;
    });
  }
  if (accept(source, 'v')) return vectorSymbol(source, token);
  if (accept(source, 'Math.pow', '(')) {
    const base = inner();
    expect(source, ',');
    const exponent = inner();
    expect(source, ')');
    return { op: 'power', base, exponent };
  }
  const name = token.kind === 'name' ? functionNamed(functions, token.text) : undefined;
  if (name === undefined || !accept(source, token.text, '(')) return undefined;
  const argument = inner();
  expect(source, ')');
  return { op: 'call', name, argument };
}

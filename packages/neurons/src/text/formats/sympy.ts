import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { featureByName, readTotal, vectorSymbol } from '../features.js';
import { expectEnd } from '../finish.js';
import { type FunctionTable, functionNamed } from '../function-table.js';
import { infixNotation, levels, type Notation } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { readSeveral } from '../read-several.js';
import { accept, expect, fail, openSource, peek, type Source, take, tokenTexts } from '../source.js';
import { writeExpression } from '../write-expression.js';

const functions: FunctionTable = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  asin: 'asin',
  acos: 'acos',
  atan: 'atan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  exp: 'exp',
  log: 'log',
  sqrt: 'sqrt',
  abs: 'Abs',
  // SymPy has none.
  sigmoid: 'Lambda(a, 1/(1 + exp(-a)))',
};

/**
 * A string for sympify, several outputs as a list: `2.5*Symbol('age')**3 + 7`.
 *
 * Names are always quoted, since SymPy has some thousand of its own (beta, degree, sign) that differ between versions. A total sums
 * over a matrix of the features.
 */
export function writeSympy({ features, expressions }: ExpressionNeuron): string {
  const symbols = features.map((name) => `Symbol(${quote(name)})`);
  // The bound symbol is none of the features, or those would be bound with it.
  let vector = 'x';
  while (features.includes(vector)) vector += '_';
  const notation: Notation = {
    ...infixNotation('**'),
    vector,
    // An integer has no −0.
    number: (value) => (value === 0 ? '0.0' : String(value)),
    feature: (index) => symbols[index],
    call: (name, argument, inTotal, write) => `${functions[name]}(${write(argument, levels.sum, true, inTotal)})`,
    total: (argument, write) =>
      `sum(Matrix([${symbols.join(', ')}]).applyfunc(Lambda(${vector}, ${write(argument, levels.sum, true, true)})))`,
  };
  const texts = expressions.map((expression) => writeExpression(expression, notation));
  return texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
}

const grammar: Grammar = {
  lexicon:
    /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<symbol>\*\*|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '**': 'power' },
  operand: readNamed,
};

const sigmoidTokens: readonly string[] = /* @__PURE__ */ tokenTexts(functions.sigmoid, grammar.lexicon);

/** Reads what {@link writeSympy} writes; a feature may also stand as its bare name. */
export function readSympy(text: string, features: readonly string[] | undefined): [readonly string[], Expression[]] {
  const source = openSource(text, grammar.lexicon, features);
  const expressions = readSeveral(source, grammar);
  expectEnd(source);
  return [source.features, expressions];
}

function readNamed(source: Source): Expression | undefined {
  const token = peek(source);
  const inner = (): Expression => readExpression(source, grammar);
  if (accept(source, 'Symbol', '(')) return readSymbol(source);
  if (accept(source, 'sum', '(')) {
    return readTotal(source, token, () => {
      expect(source, 'Matrix', '(', '[');
      source.features.forEach((_, d) => {
        if (d > 0) expect(source, ',');
        const place = peek(source);
        expect(source, 'Symbol', '(');
        const read = readSymbol(source);
        if (read.op !== 'feature' || read.index !== d) fail(source, `expected feature ${d}`, place);
      });
      expect(source, ']', ')', '.', 'applyfunc', '(', 'Lambda', '(');
      const bound = take(source).text;
      if (source.features.includes(bound)) fail(source, 'expected a bound symbol that is no feature');
      expect(source, ',');
      source.bound = bound;
      const argument = inner();
      source.bound = undefined;
      expect(source, ')', ')', ')');
      return argument;
    });
  }
  if (token.kind !== 'name') return undefined;
  const sigmoid = accept(source, ...sigmoidTokens);
  const name = sigmoid ? 'sigmoid' : functionNamed(functions, token.text);
  if (name !== undefined && accept(source, ...(sigmoid ? ['('] : [token.text, '(']))) {
    const argument = inner();
    expect(source, ')');
    return { op: 'call', name, argument };
  }
  if (sigmoid) expect(source, '(');
  take(source);
  return token.text === source.bound ? vectorSymbol(source, token) : featureByName(source, token.text, token);
}

function readSymbol(source: Source): Expression {
  const token = take(source);
  if (token.kind !== 'quoted') fail(source, 'expected a name in quotes', token);
  const feature = featureByName(source, unquote(token.text), token);
  expect(source, ')');
  return feature;
}

/** A string literal of Python. */
function quote(name: string): string {
  const escaped = name.replace(/[\\'\p{Cc}]/gu, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
  });
  return `'${escaped}'`;
}

function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|(.))/gsu, (_, code: string | undefined, character: string) =>
      code === undefined ? character : String.fromCodePoint(Number.parseInt(code, 16)),
    );
}

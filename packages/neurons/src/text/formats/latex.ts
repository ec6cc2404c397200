import type { Expression } from '../../expressions/expression.js';
import type { ExpressionNeuron } from '../../expressions/expression-neuron.js';
import { featureByName, readTotal, vectorSymbol } from '../features.js';
import { expectEnd } from '../finish.js';
import { type FunctionTable, functionNamed } from '../function-table.js';
import { latexName, nameOfLatex } from '../latex-name.js';
import { levels, type Notation } from '../notation.js';
import { type Grammar, readExpression } from '../read-expression.js';
import { accept, expect, fail, openSource, peek, type Source, take } from '../source.js';
import { writeExpression } from '../write-expression.js';

const functions: FunctionTable = {
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  tanh: '\\tanh',
  exp: '\\exp',
  log: '\\ln',
  sqrt: '\\sqrt',
  abs: '\\left|',
  sigmoid: '\\sigma',
};

/**
 * A formula for mathematical text, several outputs as lines of `gathered`.
 *
 * The subset: \frac{a}{b}, a^{b}, a \cdot b, +, -, \left( \right), the functions \sin … \ln, \sqrt{a}, \left|a\right|, the sigmoid as \sigma, numbers
 * with powers of ten as 1.5 \times 10^{-7} (\times occurs nowhere else), totals \sum_{d=1}^{D}\left(x_{d}^{3}\right), and features: a letter, a
 * letter with a number as index, otherwise \text{…}.
 */
export function writeLatex({ features, expressions }: ExpressionNeuron): string {
  const notation: Notation = {
    plus: ' + ',
    minus: ' - ',
    sign: '-',
    times: ' \\cdot ',
    brackets: ['\\left(', '\\right)'],
    vector: 'x_{d}',
    number: (value) => String(value).replace(/e\+?(-?\d+)$/, ' \\times 10^{$1}'),
    numberLevel: (value) => (String(value).includes('e') ? levels.power : levels.atom),
    feature: (index) => latexName(features[index]),
    // Brackets around what is raised: \sin(a)^2 would read as the sine of a square.
    callLevel: levels.power,
    call: (name, argument, inTotal, write) => {
      const text = write(argument, levels.sum, true, inTotal);
      if (name === 'sqrt') return `\\sqrt{${text}}`;
      return name === 'abs' ? `\\left|${text}\\right|` : `${functions[name]}\\left(${text}\\right)`;
    },
    total: (argument, write) =>
      `\\sum_{d=1}^{${features.length}}\\left(${write(argument, levels.sum, true, true)}\\right)`,
    divideLevel: () => levels.power,
    divide: (numerator, denominator, inTotal, write) =>
      `\\frac{${write(numerator, levels.sum, true, inTotal)}}{${write(denominator, levels.sum, true, inTotal)}}`,
    powerLevel: () => levels.power,
    power: (base, exponent, inTotal, write) =>
      `${write(base, levels.atom, false, inTotal)}^{${write(exponent, levels.sum, true, inTotal)}}`,
  };
  const texts = expressions.map((expression) => writeExpression(expression, notation));
  return texts.length === 1 ? texts[0] : `\\begin{gathered}\n${texts.join(' \\\\\n')}\n\\end{gathered}`;
}

const grammar: Grammar = {
  lexicon:
    /(?<space>(?:\s|\\[,;:!])+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:\s*\\times\s*10\^\{-?\d+\})?)|(?<quoted>\\(?:text|mathrm)\{(?:[^\\{}]|\\[_%&#$ {}]|\\text(?:backslash|asciicircum|asciitilde)\{\})*\})|(?<name>[A-Za-z](?:_\{(?:\d+|d)\}|_[\dd])?(?![A-Za-z]))|(?<symbol>\\sum_\{d=1\}\^\{\d+\}|\\(?:begin|end)\{gathered\}|\\(?:left|right)\s*[()|]|\\[A-Za-z]+|\\\\|.)/suy,
  operators: { '+': 'add', '-': 'subtract', '\\cdot': 'multiply', '/': 'divide', '^': 'power' },
  operand: readCommand,
  exponent: readExponent,
  number: (text) => Number(text.replace(/\s*\\times\s*10\^\{(-?\d+)\}$/, 'e$1')),
};

/** Reads what {@link writeLatex} writes. */
export function readLatex(text: string, features: readonly string[] | undefined): [readonly string[], Expression[]] {
  const source = openSource(text, grammar.lexicon, features);
  const several = accept(source, '\\begin{gathered}');
  const expressions: Expression[] = [];
  do expressions.push(readExpression(source, grammar));
  while (several && accept(source, '\\\\'));
  if (several) expect(source, '\\end{gathered}');
  expectEnd(source);
  return [source.features, expressions];
}

function readExponent(source: Source): Expression {
  if (peek(source).text === '{') return readBraced(source);
  const token = take(source);
  // ^23 raises to the power 2 and goes on with 3.
  if (token.kind === 'number' && token.text.length === 1) return { op: 'number', value: Number(token.text) };
  if (token.kind === 'name' && token.text.length === 1) return featureByName(source, token.text, token);
  return fail(source, 'expected "{"', token);
}

function readBraced(source: Source): Expression {
  expect(source, '{');
  const inner = readExpression(source, grammar);
  expect(source, '}');
  return inner;
}

function readBetween(source: Source, close: string): Expression {
  const inner = readExpression(source, grammar);
  expect(source, close);
  return inner;
}

function readCommand(source: Source): Expression | undefined {
  const token = peek(source);
  if (token.kind === 'quoted') {
    take(source);
    return featureByName(source, nameOfLatex(token.text), token);
  }
  if (token.kind === 'name') {
    take(source);
    return /^x_\{?d/.test(token.text)
      ? vectorSymbol(source, token)
      : featureByName(source, nameOfLatex(token.text), token);
  }
  if (accept(source, '\\left(')) return readBetween(source, '\\right)');
  if (accept(source, '\\frac')) {
    return { op: 'divide', numerator: readBraced(source), denominator: readBraced(source) };
  }
  if (accept(source, '\\left|')) return { op: 'call', name: 'abs', argument: readBetween(source, '\\right|') };
  if (accept(source, '\\sqrt')) return { op: 'call', name: 'sqrt', argument: readBraced(source) };
  if (token.text.startsWith('\\sum_')) {
    const count = source.features.length;
    if (!source.open && token.text !== `\\sum_{d=1}^{${count}}`) fail(source, `expected a sum to ${count}`);
    take(source);
    return readTotal(source, token, () => readArgument(source));
  }
  const name = functionNamed(functions, token.text === '\\log' ? '\\ln' : token.text);
  if (name === undefined) return undefined;
  take(source);
  return { op: 'call', name, argument: readArgument(source) };
}

function readArgument(source: Source): Expression {
  if (accept(source, '(')) return readBetween(source, ')');
  expect(source, '\\left(');
  return readBetween(source, '\\right)');
}

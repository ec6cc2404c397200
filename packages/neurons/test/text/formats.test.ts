import { describe, expect, test } from 'vitest';
import { type ExpressionNeuron, parse, print, type TextFormat } from '../../src/index.js';

const features = ['age', 'x1', 'b', 'blood pressure'];
const formula = '-2.5*age^3 + x1/(b - 1e-7) - sqrt(abs(`blood pressure`))*sigmoid(-b)^-1 + (2 - 3)^-(4)';
const total = '2*sum(x^3 - b) - 0.5*sum(x) + 7';

function read(text: string): ExpressionNeuron {
  return parse(text, { features });
}

describe('what the formats look like', () => {
  test.each<[TextFormat, string, string]>([
    ['text', formula, '-2.5*age^3 + x1/(b - 1e-7) - sqrt(abs(`blood pressure`))*sigmoid(-b)^(-1) + (2 - 3)^(-(4))'],
    ['text', total, '2*sum(x^3 - b) - 0.5*sum(x) + 7'],
    ['text', 'age\nb', 'age\nb'],
    [
      'latex',
      formula,
      '-2.5 \\cdot \\text{age}^{3} + \\frac{x_{1}}{b - 1 \\times 10^{-7}} - \\sqrt{\\left|\\text{blood pressure}\\right|} \\cdot ' +
        '\\left(\\sigma\\left(-b\\right)\\right)^{-1} + \\left(2 - 3\\right)^{-\\left(4\\right)}',
    ],
    [
      'latex',
      total,
      '2 \\cdot \\sum_{d=1}^{4}\\left(x_{d}^{3} - b\\right) - 0.5 \\cdot \\sum_{d=1}^{4}\\left(x_{d}\\right) + 7',
    ],
    ['latex', 'age\nb', '\\begin{gathered}\n\\text{age} \\\\\nb\n\\end{gathered}'],
    ['latex', '(1e21)^2 + (b/2)^2', '\\left(1 \\times 10^{21}\\right)^{2} + \\left(\\frac{b}{2}\\right)^{2}'],
    ['javascript', '2.5*age^3 - 1', '(x) => 2.5*Math.pow(x[0], 3) - 1'],
    [
      'javascript',
      formula,
      '(x) => {\n  const sigmoid = (a) => 1/(1 + Math.exp(-a));\n  return -2.5*Math.pow(x[0], 3) + x[1]/(x[2] - 1e-7) - ' +
        'Math.sqrt(Math.abs(x[3]))*Math.pow(sigmoid(-x[2]), -1) + Math.pow(2 - 3, -(4));\n}',
    ],
    [
      'javascript',
      total,
      '(x) => 2*x.reduce((s, v) => s + (Math.pow(v, 3) - x[2]), 0) - 0.5*x.reduce((s, v) => s + v, 0) + 7',
    ],
    ['javascript', 'age\nb', '(x) => [\n  x[0],\n  x[2],\n]'],
    [
      'python',
      `${formula}\n2`,
      'import numpy as np\n\n\ndef sigmoid(a):\n    return 1.0/(1.0 + np.exp(-a))\n\n\ndef neuron(X):\n    return np.column_stack([\n' +
        '        -2.5*X[:, 0]**3.0 + X[:, 1]/(X[:, 2] - 1e-7) - np.sqrt(np.abs(X[:, 3]))*sigmoid(-X[:, 2])**(-1.0) + ' +
        'np.power(2.0 - 3.0, -(4.0)),\n        np.full(len(X), 2.0),\n    ])\n',
    ],
    [
      'python',
      `${total}\nsum(3)`,
      'import numpy as np\n\n\ndef neuron(X):\n    return np.column_stack([\n        2.0*np.sum(X**3.0 - X[:, [2]], axis=1) - ' +
        '0.5*np.sum(X, axis=1) + 7.0,\n        np.sum(np.broadcast_to(3.0, X.shape), axis=1),\n    ])\n',
    ],
    [
      'sympy',
      formula,
      "-2.5*Symbol('age')**3 + Symbol('x1')/(Symbol('b') - 1e-7) - sqrt(Abs(Symbol('blood pressure')))*" +
        "Lambda(a, 1/(1 + exp(-a)))(-Symbol('b'))**(-1) + (2 - 3)**(-(4))",
    ],
    [
      'sympy',
      'sum(x)\n-0',
      "[sum(Matrix([Symbol('age'), Symbol('x1'), Symbol('b'), Symbol('blood pressure')]).applyfunc(Lambda(x, x))), -0.0]",
    ],
    ['tnlearn', '2*sum(x^3) - 0.5*sum(x) + 7', '2@x**3 - 0.5@x + 7'],
    ['tnlearn', '-(0.1) + sum(x^1) + -2*sum(x^2)', '-(0.1) + x**1 + (-2)@x**2'],
  ])('%s of %s', (format, text, expected) => {
    const neuron = read(text);
    expect(print(neuron, { format })).toBe(expected);
    expect(parse(expected, { format, features })).toStrictEqual(neuron);
  });

  test.each([
    ['sin(age)', 'the function sin'],
    ['2*age', 'another product'],
    ['2*3', 'another product'],
    ['sum(x^2.5)', 'another total'],
    ['sum(2*x)', 'another total'],
    ['1 + b', 'a single feature'],
    ['1/sum(x)', "a node 'divide'"],
  ])('a string of tnlearn cannot hold %s', (text, what) => {
    expect(() => print(read(text), { format: 'tnlearn' })).toThrow(
      new RangeError(
        `print: a string of tnlearn holds sums of numbers and of c·Σ xᵏ with k an integer from 1 to 999: got ${what}`,
      ),
    );
  });

  test('a string of tnlearn cannot hold two outputs', () => {
    expect(() => print(read('1\n2'), { format: 'tnlearn' })).toThrow(
      'print: a string of tnlearn has one output: got 2',
    );
  });
});

describe('what is read beside what is printed', () => {
  test.each<[TextFormat, string, string]>([
    ['text', ' age ** 2 ', 'age^2'],
    ['text', '\n\nage\r\n\n b \n', 'age\nb'],
    ['text', 'sin(\n  age\n)', 'sin(age)'],
    ['text', '--age', '-(-age)'],
    ['text', '2*-age', '2*(-age)'],
    ['text', 'age^-b^2', 'age^(-b^2)'],
    ['text', 'age^b^2', 'age^b^2'],
    ['text', '-3^2', '-3^2'],
    ['text', '.5 + 5. + 1E3', '0.5 + 5 + 1000'],
    ['latex', 'x_1^2 / b', 'x1^2/b'],
    ['latex', '\\mathrm{age} + \\log\\left(b\\right)\\, ', 'age + log(b)'],
    ['latex', '\\sin(b)^{2}', 'sin(b)^2'],
    ['javascript', 'x[0]*2', 'age*2'],
    ['javascript', '[x[0], x[2]]', 'age\nb'],
    ['javascript', '(x) => { return x[0]; };', 'age'],
    ['python', 'X[:,0]**2', 'age^2'],
    ['python', '[X[:, 0], X[:, 2]]', 'age\nb'],
    ['sympy', 'age**2 + Symbol("blood pressure")', 'age^2 + `blood pressure`'],
    ['tnlearn', '0.1234 + 0.5 @ x**2 - 0.3 @ x**3', '0.1234 + 0.5*sum(x^2) - 0.3*sum(x^3)'],
  ])('%s: %s', (format, text, expected) => {
    expect(print(parse(text, { format, features }), { format: 'text' })).toBe(expected);
  });

  test('names are inferred where none are given', () => {
    expect(parse('b*a - b').features).toEqual(['b', 'a']);
    expect(parse('2*x^2').features).toEqual(['x']);
    expect(parse('3').features).toEqual(['x1']);
    expect(parse('(x) => x[2]', { format: 'javascript' }).features).toEqual(['x1', 'x2', 'x3']);
    expect(parse('x', { features: ['x'] }).expressions).toEqual([{ op: 'feature', index: 0 }]);
  });
});

describe('parse refuses', () => {
  test.each<[TextFormat, string, string]>([
    ['text', '(age + sin(b) + 3', 'expected ")" at 17, the end: got nothing'],
    ['text', 'sin(age + 3', 'expected ")" at 11, the end: got nothing'],
    ['text', '2*(age b) + 3', 'expected ")" at 7, before "b) + 3": got "b"'],
    ['text', '', 'expected a number, a name or "(" at 0, the end: got nothing'],
    ['text', 'age +', 'expected a number, a name or "(" at 5, the end: got nothing'],
    ['text', '2age', 'expected an operator or the end at 1, before "age": got "age"'],
    [
      'text',
      'foo + 1',
      'expected one of the features "age", "x1", "b", "blood pressure" at 0, before "foo + 1": got "foo"',
    ],
    ['text', 'foo(1)', 'expected a function at 0, before "foo(1)": got "foo"'],
    ['text', '1e999', 'expected a number that a double can hold at 0, before "1e999": got "1e999"'],
    ['text', 'x + 1', 'expected no vector symbol outside of a total at 0, before "x + 1": got "x"'],
    ['text', 'sum(x + sum(x))', 'expected no total inside another at 8, before "sum(x))": got "sum"'],
    ['text', '`age', 'expected a number, a name or "(" at 0, before "`age": got "`"'],
    ['latex', 'b^23', 'expected "{" at 2, before "23": got "23"'],
    ['latex', '\\foo{b}', 'expected a number, a name or "(" at 0, before "\\foo{b}": got "\\foo"'],
    [
      'latex',
      '\\sum_{d=1}^{3}\\left(x_{d}\\right)',
      'expected a sum to 4 at 0, before "\\sum_{d=1}^{3}\\left(": got "\\sum_{d=1}^{3}"',
    ],
    ['javascript', 'x[4]', 'expected the index of a feature from 0 to 3 at 2, before "4]": got "4"'],
    ['javascript', 'x[1.0]', 'expected the index of a feature from 0 to 3 at 2, before "1.0]": got "1.0"'],
    ['javascript', 'y + 1', 'expected a number, a name or "(" at 0, before "y + 1": got "y"'],
    ['python', 'X[:, [0]]', 'expected an index at 5, before "[0]]": got "["'],
    ['python', 'np.sum(X[:, 0], axis=1)', 'expected "[" in a total at 12, before "0], axis=1)": got "0"'],
    ['sympy', 'Symbol(age)', 'expected a name in quotes at 7, before "age)": got "age"'],
    [
      'tnlearn',
      '<w1, x>*<w2, x>',
      'expected a coefficient with its number, since open weights <w, x> are no neuron, at 0, before "<w1, x>*<w2, x>": got "<"',
    ],
    ['tnlearn', '2@x**0.5', 'expected an integer exponent from 1 to 999 at 5, before "0.5": got "0.5"'],
    ['tnlearn', '2@3', 'expected a sum of numbers and of terms like 2@x**3: got another product'],
  ])('%s: %s', (format, text, message) => {
    expect(() => parse(text, { format, features })).toThrow(new RangeError(`parse: ${message}`));
  });

  test('options and arguments that do not fit', () => {
    expect(() => parse('sum(x)')).toThrow('parse: expected the option features');
    expect(() => parse('2@x', { format: 'tnlearn' })).toThrow('parse: a string of tnlearn says nothing of the inputs');
    expect(() => parse('a', { features: ['a', 'a'] })).toThrow("parse: features[1] is 'a', as is features[0]");
    expect(() => Reflect.apply(parse, undefined, ['a', { format: 'word' }])).toThrow(
      'parse: format must be one of text, tnlearn, latex, javascript, python, sympy: got word',
    );
    expect(() => Reflect.apply(parse, undefined, [7])).toThrow(
      new TypeError('parse: text must be a string: got number'),
    );
  });
});

describe('print refuses', () => {
  const neuron = read('age');
  test.each([
    [{ format: 'text' as const, digits: 3 }, "digits is for 'pretty' only: got 'text'"],
    [{ format: 'latex' as const, maxTerms: 3 }, "maxTerms is for 'pretty' only: got 'latex'"],
    [{ format: 'text' as const, names: ['a'] }, 'names must be 4: got 1'],
    [{ format: 'text' as const, names: ['a', 'b', 'a', 'c'] }, "names[2] is 'a', as is names[0]"],
  ])('%o', (options, message) => {
    expect(() => print(neuron, options)).toThrow(new RangeError(`print: ${message}`));
  });

  test('a format that is none', () => {
    expect(() => Reflect.apply(print, undefined, [neuron, { format: 'word' }])).toThrow(
      'print: format must be one of pretty, text, tnlearn, latex, javascript, python, sympy: got word',
    );
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Expression, type ExpressionNeuron, parse, print, type TextFormat, textFormats } from '../../src/index.js';
import { anyNumber, namedNeurons, neuronOf, vectorPolynomials } from '../support/named-neuron.js';

const formats = textFormats.filter((format) => format !== 'tnlearn');

function expectRoundTrip(neuron: ExpressionNeuron, format: TextFormat): void {
  const text = print(neuron, { format });
  expect(parse(text, { format, features: neuron.features }), text).toStrictEqual(neuron);
}

const a: Expression = { op: 'feature', index: 0 };
const number = (value: number): Expression => ({ op: 'number', value });

/** A chain of one operation, `depth` nodes deep. */
function chain(depth: number, wrap: (inner: Expression) => Expression): ExpressionNeuron {
  let formula = a;
  for (let i = 1; i < depth; i++) formula = wrap(formula);
  return neuronOf(['a'], [formula]);
}

const wraps: readonly ((inner: Expression) => Expression)[] = [
  (argument) => ({ op: 'negate', argument }),
  (argument) => ({ op: 'call', name: 'sin', argument }),
  (argument) => ({ op: 'call', name: 'abs', argument }),
  (argument) => ({ op: 'call', name: 'sigmoid', argument }),
  (inner) => ({ op: 'add', terms: [a, inner] }),
  (inner) => ({ op: 'add', terms: [inner, a] }),
  (inner) => ({ op: 'multiply', factors: [a, inner] }),
  (inner) => ({ op: 'multiply', factors: [inner, a] }),
  (numerator) => ({ op: 'divide', numerator, denominator: a }),
  (denominator) => ({ op: 'divide', numerator: a, denominator }),
  (exponent) => ({ op: 'power', base: a, exponent }),
  (base) => ({ op: 'power', base, exponent: a }),
];

describe.each(formats)('%s', (format) => {
  test.prop([namedNeurons])('reads back what was printed, node for node and bit for bit', (neuron) => {
    expectRoundTrip(neuron, format);
  });

  test.prop([anyNumber, anyNumber])('numbers beside every operator', (p, q) => {
    const [left, right] = [number(p), number(q)];
    const formulas: Expression[] = [
      left,
      { op: 'negate', argument: left },
      { op: 'negate', argument: { op: 'negate', argument: left } },
      { op: 'add', terms: [left, right] },
      {
        op: 'add',
        terms: [
          { op: 'negate', argument: left },
          { op: 'negate', argument: right },
        ],
      },
      { op: 'multiply', factors: [left, right] },
      { op: 'multiply', factors: [{ op: 'negate', argument: left }, right] },
      { op: 'negate', argument: { op: 'multiply', factors: [left, right] } },
      { op: 'divide', numerator: left, denominator: right },
      { op: 'power', base: left, exponent: right },
      { op: 'negate', argument: { op: 'power', base: left, exponent: right } },
      { op: 'power', base: { op: 'negate', argument: left }, exponent: { op: 'negate', argument: right } },
      { op: 'power', base: { op: 'power', base: left, exponent: right }, exponent: left },
      { op: 'power', base: left, exponent: { op: 'power', base: right, exponent: left } },
      { op: 'total', argument: { op: 'multiply', factors: [left, { op: 'vector' }] } },
    ];
    expectRoundTrip(neuronOf(['x', 'y'], formulas), format);
  });

  test('500 nodes deep, and no deeper', () => {
    for (const wrap of wraps) {
      expectRoundTrip(chain(500, wrap), format);
      const message = 'print: expressions[0] must be at most 500 nodes deep: got more';
      expect(() => print(chain(501, wrap), { format })).toThrow(new RangeError(message));
      expect(() => print(chain(100_000, wrap), { format })).toThrow(new RangeError(message));
    }
  });

  test('brackets without end are refused and not the end of the stack', () => {
    for (const piece of [
      '(',
      '-',
      'a^(',
      'sin(',
      '\\frac{',
      '\\left(',
      '\\sqrt{',
      'Math.pow(',
      'np.exp(',
      '[',
      '`',
      'a/(',
    ]) {
      for (const count of piece === '(' ? [2000, 100_000] : [2000]) {
        expect(() => parse(piece.repeat(count), { format, features: ['a'] })).toThrow(/^parse: .* at \d+, .*: got /su);
      }
    }
    expect(() => parse('a/'.repeat(5000), { format, features: ['a'] })).toThrow(/^parse: /u);
  });

  const pieces = fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '+',
      '-',
      '*',
      '/',
      '^',
      '**',
      '@',
      ',',
      '.',
      '`',
      "'",
      '|',
      '\n',
      ' ',
      '=>',
      '<',
    ],
    ...['x', 'a', '1', '2.5', '1e5', '1e999', 'sum', 'sin', 'Math.pow', 'Math.sin', 'x[0]', 'X[:, 0]', 'np.sum', 'v'],
    ...['\\frac', '\\left(', '\\right)', '\\text{a}', '^{', '_{1}', '\\sum_{d=1}^{2}', 'Symbol(', 'Lambda(', 'return'],
  );
  test.prop([
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
    ),
  ])('any string is a neuron or one sentence', (text) => {
    try {
      const neuron = parse(text, { format, features: ['a', 'b'] });
      expectRoundTrip(neuron, format);
    } catch (error) {
      expect(String(error)).toMatch(/^RangeError: parse: .* at \d+, (?:the end|before ".*"): got .*/su);
    }
  });

  test.prop([namedNeurons, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 })])(
    'a text with a mistake in it is a neuron or one sentence',
    (neuron, seed, mistake) => {
      const text = print(neuron, { format });
      const at = seed % (text.length + 1);
      try {
        parse(text.slice(0, at) + mistake + text.slice(at + 1), { format, features: neuron.features });
      } catch (error) {
        expect(String(error)).toMatch(/^RangeError: parse: .*: got /su);
      }
    },
  );
});

describe('tnlearn', () => {
  test.prop([vectorPolynomials])('reads back what was printed', (neuron) => {
    expectRoundTrip(neuron, 'tnlearn');
  });

  test.prop([namedNeurons])('holds a formula or refuses it', (neuron) => {
    let text: string;
    try {
      text = print(neuron, { format: 'tnlearn' });
    } catch (error) {
      expect(String(error)).toMatch(/^RangeError: print: a string of tnlearn (?:has one output|holds sums).*: got /u);
      return;
    }
    expect(parse(text, { format: 'tnlearn', features: neuron.features })).toStrictEqual(neuron);
  });

  test.prop([fc.string({ unit: 'binary' })])('any string is a neuron or one sentence', (text) => {
    try {
      parse(text, { format: 'tnlearn', features: ['a'] });
    } catch (error) {
      expect(String(error)).toMatch(/^RangeError: parse: .*: got /su);
    }
  });
});

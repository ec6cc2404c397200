import { fc } from '@fast-check/vitest';
import type { Expression } from '../../src/expressions/expression.js';
import type { ExpressionNeuron } from '../../src/expressions/expression-neuron.js';
import { expressions } from './arbitrary-expression.js';

/** Names that are words of some format, look like formulas, or need escapes. */
const awkward: readonly string[] = [
  'x',
  'v',
  's',
  'X',
  'd',
  'xd',
  'x_d',
  'x_',
  'sum',
  'sin',
  'beta',
  'e5',
  'Symbol',
  'blood pressure',
  ' a ',
  'a`b``',
  "it's",
  '\\frac{1}{2}',
  'α²',
  '50%',
  'a\nb',
  '}',
  '^_~$#&',
  '2x',
  '"',
  '\\x41',
  '\u{1f600}',
  'return',
];

const names: fc.Arbitrary<string> = fc
  .oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), fc.string())
  .filter((name) => name.trim() !== '');

/** Any finite double, negative zero and the ends of the range among them. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1e-320,
    -1e-320,
    5e-324,
    1e308,
    -1e308,
    Number.MAX_VALUE,
    1e21,
    1e-7,
    123456789012345680000,
    -1,
    2,
  ),
  fc.integer({ min: -9, max: 9 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Trees of every shape over features with awkward names. */
export const namedNeurons: fc.Arbitrary<ExpressionNeuron> = fc
  .uniqueArray(names, { minLength: 1, maxLength: 4 })
  .chain((features) =>
    fc
      .array(expressions({ depth: 4, features: features.length, numbers: anyNumber }), { minLength: 1, maxLength: 3 })
      .map((formulas) => neuronOf(features, formulas)),
  );

export function neuronOf(features: readonly string[], formulas: readonly Expression[]): ExpressionNeuron {
  return {
    kind: 'expression',
    inputs: features.length,
    outputs: formulas.length,
    features,
    expressions: formulas,
  };
}

const term: fc.Arbitrary<Expression> = fc
  .tuple(anyNumber, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 }))
  .map(([value, exponent, shape]): Expression => {
    const number: Expression = { op: 'number', value };
    const argument: Expression =
      exponent === 0
        ? { op: 'vector' }
        : { op: 'power', base: { op: 'vector' }, exponent: { op: 'number', value: exponent } };
    const total: Expression = { op: 'total', argument };
    const product: Expression = { op: 'multiply', factors: [number, total] };
    return [number, total, product, product][shape];
  });

/** What a string of tnlearn can hold. */
export const vectorPolynomials: fc.Arbitrary<ExpressionNeuron> = fc
  .letrec<{ sum: Expression; node: Expression }>((tie) => ({
    sum: fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((terms): Expression => ({ op: 'add', terms })),
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      term,
      tie('node').map((argument): Expression => ({ op: 'negate', argument })),
      tie('sum'),
    ),
  }))
  .node.map((formula) => neuronOf(['a', 'b'], [formula]));

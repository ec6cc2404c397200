import { fc } from '@fast-check/vitest';
import type { Expression, FunctionName } from '../../src/expressions/expression.js';
import type { ExpressionNeuron } from '../../src/expressions/expression-neuron.js';

/** All functions that an expression may call. */
export const functionNames: readonly FunctionName[] = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sigmoid',
];

export interface ArbitraryExpressionOptions {
  /** Nodes on the longest way from the root to a leaf, less one. Default: 4. */
  readonly depth?: number;
  /** D: features have indices below it; 0 for constant expressions. Default: 3. */
  readonly features?: number;
  /** Whether totals over the vector symbol occur. Default: true. */
  readonly vector?: boolean;
  /** Functions that occur. Default: all. */
  readonly functions?: readonly FunctionName[];
  /** Default: small integers, halves, and any finite double, of either sign but without −0. */
  readonly numbers?: fc.Arbitrary<number>;
  /** Exponents: any expression, or integers of this range. Default: any. */
  readonly exponents?: { readonly min: number; readonly max: number };
  /** Whether quotients occur. Default: true. */
  readonly divide?: boolean;
}

/** Small integers and halves mostly: they shrink well and meet the identities. */
export const someNumbers: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 5 }) },
  { weight: 2, arbitrary: fc.integer({ min: -9, max: 9 }).map((n) => (n === 0 ? 0.5 : n / 2)) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)) },
);

/** Numbers of two decimals in [−4, 4]: nothing overflows in few steps. */
export const tameNumbers: fc.Arbitrary<number> = fc.integer({ min: -400, max: 400 }).map((n) => n / 100);

/** Valid expressions of every shape: sums in sums, numbers next to numbers, totals without the vector symbol. */
export function expressions(options: ArbitraryExpressionOptions = {}): fc.Arbitrary<Expression> {
  const { depth = 4, features = 3, vector = true } = options;
  return grow(depth, features, vector ? 'outside' : 'never', options);
}

/** Expression neurons of 1 to 3 outputs; features are named x1 … xD. */
export function expressionNeurons(options: ArbitraryExpressionOptions = {}): fc.Arbitrary<ExpressionNeuron> {
  const { features = 3 } = options;
  return fc.array(expressions(options), { minLength: 1, maxLength: 3 }).map((formulas) => ({
    kind: 'expression',
    inputs: Math.max(features, 1),
    outputs: formulas.length,
    features: Array.from({ length: Math.max(features, 1) }, (_, d) => `x${d + 1}`),
    expressions: formulas,
  }));
}

/** `place`: in a total the vector symbol is a leaf, outside of one totals may occur, and never is neither. */
function grow(
  depth: number,
  features: number,
  place: 'inside' | 'outside' | 'never',
  options: ArbitraryExpressionOptions,
): fc.Arbitrary<Expression> {
  const { functions = functionNames, numbers = someNumbers, exponents, divide = true } = options;
  const leaves: fc.WeightedArbitrary<Expression>[] = [
    { weight: 2, arbitrary: numbers.map((value): Expression => ({ op: 'number', value })) },
  ];
  if (features > 0) {
    const feature = fc.nat(features - 1).map((index): Expression => ({ op: 'feature', index }));
    leaves.push({ weight: 3, arbitrary: feature });
  }
  if (place === 'inside') leaves.push({ weight: 3, arbitrary: fc.constant<Expression>({ op: 'vector' }) });
  const leaf = fc.oneof({ withCrossShrink: true }, ...leaves);
  if (depth === 0) return leaf;
  const part = grow(depth - 1, features, place, options);
  const parts = fc.array(part, { minLength: 2, maxLength: 3 });
  const exponent =
    exponents === undefined ? part : fc.integer(exponents).map((value): Expression => ({ op: 'number', value }));
  const choices: fc.WeightedArbitrary<Expression>[] = [
    { weight: 2, arbitrary: leaf },
    { weight: 3, arbitrary: parts.map((terms): Expression => ({ op: 'add', terms })) },
    { weight: 3, arbitrary: parts.map((factors): Expression => ({ op: 'multiply', factors })) },
    { weight: 1, arbitrary: part.map((argument): Expression => ({ op: 'negate', argument })) },
    {
      weight: 1,
      arbitrary: fc.tuple(part, exponent).map(([base, e]): Expression => ({ op: 'power', base, exponent: e })),
    },
  ];
  if (divide) {
    const quotient = fc
      .tuple(part, part)
      .map(([numerator, denominator]): Expression => ({ op: 'divide', numerator, denominator }));
    choices.push({ weight: 1, arbitrary: quotient });
  }
  if (functions.length > 0) {
    const call = fc
      .tuple(fc.constantFrom(...functions), part)
      .map(([name, argument]): Expression => ({ op: 'call', name, argument }));
    choices.push({ weight: 2, arbitrary: call });
  }
  if (place === 'outside') {
    const total = grow(depth - 1, features, 'inside', options).map(
      (argument): Expression => ({ op: 'total', argument }),
    );
    choices.push({ weight: 1, arbitrary: total });
  }
  return fc.oneof({ withCrossShrink: true }, ...choices);
}

import type { Expression } from '../expression.js';
import { type LoopName, loopNames, loopTable } from './loops.js';

/** A value that a program computes; operands are indices of values that stand before it. */
export type Value =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'element' }
  | { readonly kind: 'total'; readonly a: number }
  | { readonly kind: 'loop'; readonly loop: number; readonly a: number; readonly b: number; readonly inTotal: boolean };

/** The values of some formulas, each of them once. */
export interface ValueGraph {
  readonly values: readonly Value[];
  /** The value of each formula. */
  readonly results: readonly number[];
}

/**
 * The distinct values in `expressions`: equal subformulas are one value, and those of numbers alone are computed here by the very loops that would
 * compute them later, so that no bit changes. Sums and products run from left to right; a + (−b) is a − b; powers with the exponents −1, 1, 2, 3, 4
 * are a reciprocal and products (error within two units in the last place), others `pow`.
 */
export function valueGraph(expressions: readonly Expression[]): ValueGraph {
  const values: Value[] = [];
  const known = new Map<string, number>();
  const scratch = new Float64Array(3);

  const put = (name: string, value: Value): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, values.length);
    return values.push(value) - 1;
  };
  const constant = (value: number): number =>
    put(Object.is(value, -0) ? '-0' : `${value}`, { kind: 'constant', value });
  const loop = (name: LoopName, a: number, b = a): number => {
    const code = loopNames.indexOf(name);
    const [left, right] = [values[a], values[b]];
    if (left.kind === 'constant' && right.kind === 'constant') {
      scratch[1] = left.value;
      scratch[2] = right.value;
      loopTable[code](scratch, 0, 1, 2, 1);
      return constant(scratch[0]);
    }
    return put(`${code} ${a} ${b}`, { kind: 'loop', loop: code, a, b, inTotal: inTotal(left) || inTotal(right) });
  };

  const plus = (sum: number, term: Expression): number =>
    term.op === 'negate' ? loop('subtract', sum, visit(term.argument)) : loop('add', sum, visit(term));
  const raised = (a: number, exponent: number): number => {
    const value = values[exponent];
    if (value.kind !== 'constant' || values[a].kind === 'constant') return loop('power', a, exponent);
    switch (value.value) {
      case -1:
        return loop('divide', constant(1), a);
      case 1:
        return a;
      case 2:
        return loop('multiply', a);
      case 3:
        return loop('multiply', loop('multiply', a), a);
      case 4:
        return loop('multiply', loop('multiply', a));
      default:
        return loop('power', a, exponent);
    }
  };
  const visit = (expression: Expression): number => {
    switch (expression.op) {
      case 'number':
        return constant(expression.value);
      case 'feature':
        return put(`x${expression.index}`, { kind: 'column', index: expression.index });
      case 'vector':
        return put('x', { kind: 'element' });
      case 'total': {
        const a = visit(expression.argument);
        return put(`total ${a}`, { kind: 'total', a });
      }
      case 'add': {
        const [first, ...rest] = expression.terms;
        return rest.reduce(plus, visit(first));
      }
      case 'multiply': {
        const [first, ...rest] = expression.factors;
        return rest.reduce((product, factor) => loop('multiply', product, visit(factor)), visit(first));
      }
      case 'negate':
        return loop('negate', visit(expression.argument));
      case 'divide':
        return loop('divide', visit(expression.numerator), visit(expression.denominator));
      case 'power':
        return raised(visit(expression.base), visit(expression.exponent));
      case 'call':
        return loop(expression.name, visit(expression.argument));
    }
  };
  return { values, results: expressions.map(visit) };
}

/** Whether a value differs from element to element. */
export function inTotal(value: Value): boolean {
  return value.kind === 'element' || (value.kind === 'loop' && value.inTotal);
}

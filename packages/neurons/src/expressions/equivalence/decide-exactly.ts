import { integerPower } from '../../exact/integer-power.js';
import { largestExponent } from '../../exact/polynomial-fault.js';
import { variable } from '../../exact/sparse-polynomial.js';
import type { Expression } from '../expression.js';
import { type Quotient, type Quotients, quotients } from './quotients.js';

/** Values of functions that may occur; formulas with more are compared by their values. */
const mostAtoms = 24;

/** Bits that a number raised to a power may have. */
const mostBits = 1 << 16;

/** The value of a function, which stands as a variable of its own. */
interface Atom {
  readonly name: string;
  readonly parts: readonly Quotient[];
  readonly value: Quotient;
}

/**
 * Whether two formulas are equal as rational functions of the inputs and of what functions and fractional powers of equal arguments give: true and false
 * are proved. Undefined where that does not decide: unequal ones with functions in them may still be equal, as sin² + cos² and 1 are, and what is
 * too large is not multiplied out.
 */
export function decideExactly(a: Expression, b: Expression, inputs: number, maxMonomials: number): boolean | undefined {
  const numbers = quotients(inputs + mostAtoms, maxMonomials);
  const atoms: Atom[] = [];
  try {
    const left = rationalFunction(a, inputs, numbers, atoms);
    const right = left && rationalFunction(b, inputs, numbers, atoms);
    if (!left || !right) return undefined;
    if (numbers.equal(left, right)) return true;
    return atoms.length === 0 ? false : undefined;
  } catch (error) {
    // More monomials, or larger numbers, than are multiplied out.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function rationalFunction(
  expression: Expression,
  inputs: number,
  numbers: Quotients,
  atoms: Atom[],
): Quotient | undefined {
  const x = Array.from({ length: inputs }, (_, d) => numbers.variable(variable(inputs + mostAtoms, d)));

  const atom = (name: string, parts: readonly Quotient[]): Quotient | undefined => {
    const known = atoms.find(
      (other) => other.name === name && other.parts.every((part, i) => numbers.equal(part, parts[i])),
    );
    if (known) return known.value;
    if (atoms.length === mostAtoms) return undefined;
    const value = numbers.variable(variable(inputs + mostAtoms, inputs + atoms.length));
    atoms.push({ name, parts, value });
    return value;
  };
  const raised = (base: Quotient, exponent: number): Quotient | undefined => {
    const bits = (numbers.bits?.(base) ?? 0) * Math.abs(exponent);
    if (Math.abs(exponent) > largestExponent || bits > mostBits) return undefined;
    const result = integerPower(numbers, base, Math.abs(exponent));
    return exponent < 0 ? numbers.divide(numbers.from(1), result) : result;
  };
  const value = (e: Expression, element: Quotient | undefined): Quotient | undefined => {
    const all = (
      parts: readonly Expression[],
      combine: (p: Quotient, q: Quotient) => Quotient,
    ): Quotient | undefined => {
      let result: Quotient | undefined;
      for (const part of parts) {
        const next = value(part, element);
        if (!next) return undefined;
        result = result ? combine(result, next) : next;
      }
      return result;
    };
    switch (e.op) {
      case 'number':
        return numbers.from(e.value);
      case 'feature':
        return x[e.index];
      case 'vector':
        return element;
      case 'total': {
        let sum: Quotient | undefined = numbers.from(0);
        for (const at of x) {
          const term = value(e.argument, at);
          sum = sum && term && numbers.add(sum, term);
        }
        return sum;
      }
      case 'add':
        return all(e.terms, numbers.add);
      case 'multiply':
        return all(e.factors, numbers.multiply);
      case 'negate': {
        const argument = value(e.argument, element);
        return argument && numbers.negate(argument);
      }
      case 'divide': {
        const above = value(e.numerator, element);
        const below = above && value(e.denominator, element);
        return above && below && numbers.divide(above, below);
      }
      case 'power': {
        const base = value(e.base, element);
        if (!base) return undefined;
        const exponent = wholeNumber(e.exponent);
        if (exponent === undefined) {
          const part = value(e.exponent, element);
          return part && atom('power', [base, part]);
        }
        if (Number.isInteger(exponent)) return raised(base, exponent);
        // √a and a^0.5 are one atom, and so are their odd powers.
        const root = atom('sqrt', [base]);
        return root && raised(root, 2 * exponent);
      }
      case 'call': {
        const argument = value(e.argument, element);
        return argument && atom(e.name, [argument]);
      }
    }
  };
  return value(expression, undefined);
}

/** An exponent that is written as a whole number or half of one. */
function wholeNumber(e: Expression): number | undefined {
  if (e.op === 'negate') {
    const inner = wholeNumber(e.argument);
    return inner === undefined ? undefined : -inner;
  }
  return e.op === 'number' && Number.isInteger(2 * e.value) ? e.value : undefined;
}

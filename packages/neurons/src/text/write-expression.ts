import type { Expression } from '../expressions/expression.js';
import { levels, type Notation, type WritePart } from './notation.js';

/**
 * The text of one expression, such that `readExpression` gives the same tree: brackets are meaningful, (a + b) + c is a sum in a sum.
 *
 * A minus before a numeral that is not the base of a power belongs to the number, so that −(3) is the negation of a number and −3 a
 * number.
 */
export function writeExpression(expression: Expression, notation: Notation): string {
  const write: WritePart = (part, level, leading, inTotal) => {
    const bracketed = levelOf(part, notation) < level || (!leading && hasSign(part));
    const text = writeBare(part, notation, leading || bracketed, inTotal, write);
    return bracketed ? notation.brackets[0] + text + notation.brackets[1] : text;
  };
  return write(expression, levels.sum, true, false);
}

function hasSign(part: Expression): boolean {
  return part.op === 'negate' || (part.op === 'number' && isNegative(part.value));
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function levelOf(part: Expression, notation: Notation): number {
  switch (part.op) {
    case 'add':
      return levels.sum;
    case 'multiply':
      return levels.product;
    case 'divide':
      return notation.divideLevel(part.numerator, part.denominator);
    case 'negate':
      return levels.sign;
    case 'number':
      return isNegative(part.value) ? levels.sign : notation.numberLevel(part.value);
    case 'power':
      return notation.powerLevel(part.base, part.exponent);
    case 'call':
    case 'total':
      return notation.callLevel;
    case 'feature':
    case 'vector':
      return levels.atom;
  }
}

function writeBare(part: Expression, notation: Notation, leading: boolean, inTotal: boolean, write: WritePart): string {
  switch (part.op) {
    case 'number':
      return isNegative(part.value) ? notation.sign + notation.number(-part.value) : notation.number(part.value);
    case 'feature':
      return notation.feature(part.index, inTotal);
    case 'vector':
      return notation.vector;
    case 'total':
      return notation.total(part.argument, write);
    case 'call':
      return notation.call(part.name, part.argument, inTotal, write);
    case 'negate': {
      // A numeral behind the sign would be read as a negative number.
      const bare = part.argument.op !== 'number';
      const text = write(part.argument, bare ? levels.power : levels.sum, !bare, inTotal);
      return notation.sign + (bare ? text : notation.brackets[0] + text + notation.brackets[1]);
    }
    case 'add':
      return part.terms
        .map((term, i) => {
          if (i === 0) return write(term, levels.product, leading, inTotal);
          return term.op === 'negate'
            ? notation.minus + write(term.argument, levels.product, false, inTotal)
            : notation.plus + write(term, levels.product, false, inTotal);
        })
        .join('');
    case 'multiply':
      return part.factors
        .map((factor, i) => {
          // A product that stands first would run into this one.
          const level = i === 0 && factor.op !== 'multiply' ? levels.product : levels.sign;
          return write(factor, level, i === 0 && leading, inTotal);
        })
        .join(notation.times);
    case 'divide':
      return notation.divide(part.numerator, part.denominator, inTotal, write);
    case 'power':
      return notation.power(part.base, part.exponent, inTotal, write);
  }
}

import type { Expression } from './expression.js';

/** The same node with f of each of its parts; the node itself where no part changes. */
export function mapParts(e: Expression, f: (part: Expression) => Expression): Expression {
  switch (e.op) {
    case 'number':
    case 'feature':
    case 'vector':
      return e;
    case 'total':
    case 'negate': {
      const argument = f(e.argument);
      return argument === e.argument ? e : { op: e.op, argument };
    }
    case 'call': {
      const argument = f(e.argument);
      return argument === e.argument ? e : { op: 'call', name: e.name, argument };
    }
    case 'add': {
      const terms = e.terms.map(f);
      return terms.every((term, i) => term === e.terms[i]) ? e : { op: 'add', terms };
    }
    case 'multiply': {
      const factors = e.factors.map(f);
      return factors.every((factor, i) => factor === e.factors[i]) ? e : { op: 'multiply', factors };
    }
    case 'divide': {
      const [numerator, denominator] = [f(e.numerator), f(e.denominator)];
      return numerator === e.numerator && denominator === e.denominator ? e : { op: 'divide', numerator, denominator };
    }
    case 'power': {
      const [base, exponent] = [f(e.base), f(e.exponent)];
      return base === e.base && exponent === e.exponent ? e : { op: 'power', base, exponent };
    }
  }
}

/** The parts of a node, from left to right. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.op) {
    case 'number':
    case 'feature':
    case 'vector':
      return [];
    case 'total':
    case 'negate':
    case 'call':
      return [e.argument];
    case 'add':
      return e.terms;
    case 'multiply':
      return e.factors;
    case 'divide':
      return [e.numerator, e.denominator];
    case 'power':
      return [e.base, e.exponent];
  }
}

/** How many nodes a formula has. */
export function nodeCount(e: Expression): number {
  return partsOf(e).reduce((count, part) => count + nodeCount(part), 1);
}

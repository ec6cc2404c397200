import type { Expression } from '../expressions/expression.js';
import { expressionValue } from './expression-value.js';
import { rationalNumbers } from './numbers.js';

/** Exponents beyond this are refused: no formula that is read needs them, and numbers raised to them fill the memory. */
export const largestExponent = 65_535;

/** Why a formula is not a polynomial with rational coefficients as it is written, as the end of a sentence; undefined where it is one. */
export function polynomialFault(expression: Expression): string | undefined {
  switch (expression.op) {
    case 'number':
      return Number.isFinite(expression.value) ? undefined : `it holds the number ${expression.value}`;
    case 'feature':
    case 'vector':
      return undefined;
    case 'total':
    case 'negate':
      return polynomialFault(expression.argument);
    case 'add':
      return firstFault(expression.terms);
    case 'multiply':
      return firstFault(expression.factors);
    case 'divide': {
      const { numerator, denominator } = expression;
      const fault = firstFault([numerator, denominator]);
      if (fault !== undefined) return fault;
      if (!isConstant(denominator)) return 'it divides by something that depends on the inputs';
      return constantValue(denominator)?.numerator === 0n ? 'it divides by 0' : undefined;
    }
    case 'power': {
      const { base, exponent } = expression;
      const fault = firstFault([base, exponent]);
      if (fault !== undefined) return fault;
      if (!isConstant(exponent)) return 'an exponent depends on the inputs';
      const value = constantValue(exponent);
      if (value === undefined || value.denominator !== 1n) return 'an exponent is no integer';
      const limit = BigInt(largestExponent);
      if (value.numerator > limit || value.numerator < -limit) return `an exponent is beyond ${largestExponent}`;
      if (value.numerator >= 0n) return undefined;
      if (!isConstant(base)) return 'an exponent is negative';
      return constantValue(base)?.numerator === 0n ? 'it divides by 0' : undefined;
    }
    case 'call':
      return `it calls ${expression.name}`;
  }
}

function firstFault(parts: readonly Expression[]): string | undefined {
  for (const part of parts) {
    const fault = polynomialFault(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Whether neither an input nor the vector symbol occurs; Σ_d of a constant is D times that, so a total is none. */
function isConstant(expression: Expression): boolean {
  switch (expression.op) {
    case 'number':
      return true;
    case 'feature':
    case 'vector':
    case 'total':
      return false;
    case 'negate':
    case 'call':
      return isConstant(expression.argument);
    case 'add':
      return expression.terms.every(isConstant);
    case 'multiply':
      return expression.factors.every(isConstant);
    case 'divide':
      return isConstant(expression.numerator) && isConstant(expression.denominator);
    case 'power':
      return isConstant(expression.base) && isConstant(expression.exponent);
  }
}

function constantValue(
  expression: Expression,
): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  return expressionValue(rationalNumbers, expression, []);
}

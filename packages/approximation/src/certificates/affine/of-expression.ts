import type { Expression, FunctionName } from '@neuronseek/neurons';
import {
  absolute,
  atanForm,
  cosForm,
  expForm,
  logForm,
  powerForm,
  reciprocal,
  sigmoid,
  sinForm,
  sqrtForm,
  tanh,
} from './elementary.js';
import { affine, combine, constantForm, type Form, product } from './form.js';

const functions: Readonly<Partial<Record<FunctionName, (form: Form) => Form>>> = {
  sin: sinForm,
  cos: cosForm,
  tan: (x) => product(sinForm(x), reciprocal(cosForm(x))),
  atan: atanForm,
  sinh: (x) => combine([expForm(x), expForm(affine(x, -1, 0, 0))], new Float64Array([0.5, -0.5]), 0, 1, 0),
  cosh: (x) => combine([expForm(x), expForm(affine(x, -1, 0, 0))], new Float64Array([0.5, 0.5]), 0, 1, 0),
  tanh,
  exp: expForm,
  log: logForm,
  sqrt: sqrtForm,
  abs: absolute,
  sigmoid,
};

/** The form of a formula; `x` are the forms of its inputs, `at` the one that the vector symbol stands for. */
export function formOfExpression(expression: Expression, x: readonly Form[], at?: Form): Form {
  const own = (part: Expression): Form => formOfExpression(part, x, at);
  const dimension = x[0].length - 2;
  switch (expression.op) {
    case 'number':
      return constantForm(dimension, expression.value);
    case 'feature':
      return x[expression.index];
    case 'vector':
      if (!at) throw new RangeError('certifySupNorm: a vector symbol stands outside of a total');
      return at;
    case 'total':
      return sum(x.map((xd) => formOfExpression(expression.argument, x, xd)));
    case 'add':
      return sum(expression.terms.map(own));
    case 'multiply':
      return expression.factors.map(own).reduce(product);
    case 'negate':
      return affine(own(expression.argument), -1, 0, 0);
    case 'divide':
      return product(own(expression.numerator), reciprocal(own(expression.denominator)));
    case 'power':
      return power(own(expression.base), expression.exponent, own);
    case 'call': {
      const f = functions[expression.name];
      if (!f) throw new RangeError(`certifySupNorm: method 'interval' has no enclosure of ${expression.name}`);
      return f(own(expression.argument));
    }
  }
}

function sum(forms: readonly Form[]): Form {
  return combine(forms, new Float64Array(forms.length).fill(1), 0, 1, 0);
}

function power(base: Form, exponent: Expression, own: (part: Expression) => Form): Form {
  const n =
    exponent.op === 'number'
      ? exponent.value
      : exponent.op === 'negate' && exponent.argument.op === 'number'
        ? -exponent.argument.value
        : undefined;
  if (n === undefined || !Number.isSafeInteger(n)) return expForm(product(own(exponent), logForm(base)));
  if (n === 0) return constantForm(base.length - 2, 1);
  return n > 0 ? powerForm(base, n) : reciprocal(powerForm(base, -n));
}

import {
  add,
  broadcastTo,
  concat,
  div,
  mul,
  neg,
  power,
  slice,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@neuronseek/tensor';
import type { Expression } from './expression.js';
import { functionRows } from './function-row.js';

/**
 * Formulas in basic operations of tensors: x [B, D] gives [B, C]. The definition of what a program computes, to rounding, and where derivatives of
 * every order come from.
 */
export function evaluateComposed(expressions: readonly Expression[], x: Tensor): Tensor {
  const [rows, inputs] = x.shape;
  const columns = new Map<number, Tensor>();
  const column = (d: number): Tensor => {
    const known = columns.get(d);
    if (known !== undefined) return known;
    const made = slice(x, [undefined, { start: d, stop: d + 1 }]);
    columns.set(d, made);
    return made;
  };
  // Equal objects are equal values: formulas made by `differentiate` share subtrees. Each node stands at one place of a total or of none.
  const values = new Map<Expression, Tensor>();
  const value = (expression: Expression): Tensor => {
    const known = values.get(expression);
    if (known !== undefined) return known;
    const made = compute(expression);
    values.set(expression, made);
    return made;
  };
  const compute = (expression: Expression): Tensor => {
    switch (expression.op) {
      case 'number':
        return tensor(expression.value, [], { dtype: x.dtype });
      case 'feature':
        return column(expression.index);
      case 'vector':
        return x;
      case 'total':
        return sum(broadcastTo(value(expression.argument), [rows, inputs]), { axes: 1, keepDims: true });
      case 'add': {
        const [first, ...rest] = expression.terms;
        return rest.reduce(
          (a, term) => (term.op === 'negate' ? sub(a, value(term.argument)) : add(a, value(term))),
          value(first),
        );
      }
      case 'multiply': {
        const [first, ...rest] = expression.factors;
        return rest.reduce((a, factor) => mul(a, value(factor)), value(first));
      }
      case 'negate':
        return neg(value(expression.argument));
      case 'divide':
        return div(value(expression.numerator), value(expression.denominator));
      case 'power':
        return power(value(expression.base), value(expression.exponent));
      case 'call':
        return functionRows[expression.name].tensor(value(expression.argument));
    }
  };
  const outputs = expressions.map((expression) => broadcastTo(value(expression), [rows, 1]));
  return outputs.length === 1 ? outputs[0] : concat(outputs, { axis: 1 });
}

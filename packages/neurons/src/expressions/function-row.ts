import {
  abs,
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  log,
  sigmoid,
  sin,
  sinh,
  sqrt,
  type Tensor,
  tan,
  tanh,
} from '@neuronseek/tensor';
import * as scalar from '@neuronseek/tensor/math';
import { add, call, divide, multiply, negate, number, power, subtract } from './construct.js';
import type { Expression, FunctionName } from './expression.js';

/** Everything there is to know about a function but the loops over it. */
export interface FunctionRow {
  /** The function of a double. */
  readonly value: (a: number) => number;
  /** The same, differentiable. */
  readonly tensor: (a: Tensor) => Tensor;
  /** f′(a), given a and f(a) as they are written. */
  readonly derivative: (a: Expression, fa: Expression) => Expression;
}

const one = /* @__PURE__ */ number(1);
const two = /* @__PURE__ */ number(2);
const square = (a: Expression): Expression => power(a, two);

/** A row for each function that an expression may call: the compiler asks for one that is missing. */
export const functionRows: Readonly<Record<FunctionName, FunctionRow>> = {
  sin: { value: scalar.sin, tensor: sin, derivative: (a) => call('cos', a) },
  cos: { value: scalar.cos, tensor: cos, derivative: (a) => negate(call('sin', a)) },
  tan: { value: scalar.tan, tensor: tan, derivative: (_a, fa) => add(one, square(fa)) },
  asin: { value: scalar.asin, tensor: asin, derivative: (a) => divide(one, leg(a)) },
  acos: { value: scalar.acos, tensor: acos, derivative: (a) => negate(divide(one, leg(a))) },
  atan: { value: scalar.atan, tensor: atan, derivative: (a) => divide(one, add(one, square(a))) },
  sinh: { value: scalar.sinh, tensor: sinh, derivative: (a) => call('cosh', a) },
  cosh: { value: scalar.cosh, tensor: cosh, derivative: (a) => call('sinh', a) },
  tanh: { value: scalar.tanh, tensor: tanh, derivative: (_a, fa) => subtract(one, square(fa)) },
  exp: { value: scalar.exp, tensor: exp, derivative: (_a, fa) => fa },
  log: { value: scalar.log, tensor: log, derivative: (a) => divide(one, a) },
  sqrt: { value: Math.sqrt, tensor: sqrt, derivative: (_a, fa) => divide(one, multiply(two, fa)) },
  // |a|/a is the sign of a, and NaN at 0, where there is no derivative.
  abs: { value: Math.abs, tensor: abs, derivative: (a, fa) => divide(fa, a) },
  sigmoid: {
    value: scalar.sigmoid,
    tensor: sigmoid,
    // 1 − s(a) loses its digits where s(a) is near 1; s(−a) does not.
    derivative: (a, fa) => multiply(fa, call('sigmoid', negate(a))),
  },
};

/** √(1 − a²) as √((1 − a)(1 + a)), which keeps its digits near ±1. */
function leg(a: Expression): Expression {
  return call('sqrt', multiply(subtract(one, a), add(one, a)));
}

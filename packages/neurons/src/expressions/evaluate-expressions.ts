import { apply, astype, flatten, type Op, showShape, type Tensor, vjp } from '@neuronseek/tensor';
import { evaluateComposed } from './evaluate-composed.js';
import type { Expression } from './expression.js';
import type { ExpressionNeuron } from './expression-neuron.js';
import { makeProgram } from './program/make-program.js';
import { BLOCK, makeRegisters, runProgram } from './program/run-program.js';

/** The outputs of formulas for a batch of inputs: x [B, D] gives [B, C], by one operation; see `evaluate`. */
export function evaluateExpressions({ inputs, expressions }: ExpressionNeuron, x: Tensor): Tensor {
  if (x.order !== 2 || x.shape[1] !== inputs) {
    throw new RangeError(`evaluate: x must have shape [B, ${inputs}]: got ${showShape(x.shape)}`);
  }
  const floating = x.dtype === 'float32' || x.dtype === 'float64' ? x : astype(x, 'float64');
  return apply(expressionsOp, [floating], expressions);
}

export const expressionsOp: Op<readonly Expression[]> = {
  name: 'expressions',
  overwrites: true,
  infer: ([x], expressions) => ({ shape: [x.shape[0], expressions.length], dtype: x.dtype }),
  compute: (out, [x], expressions) => {
    const [rows, inputs] = x.shape;
    if (rows === 0) return;
    const program = makeProgram(expressions, inputs);
    const width = Math.min(rows, BLOCK);
    const elements = flatten(x);
    const doubles = elements instanceof Float64Array ? elements : Float64Array.from(elements);
    const result = out.data instanceof Float64Array ? out.data : new Float64Array(out.size);
    runProgram(program, makeRegisters(program, width), width, doubles, 0, rows, result);
    if (result !== out.data) out.data.set(result);
  },
  vjp: (g, _out, [x], expressions) => [vjp((at: Tensor) => evaluateComposed(expressions, at), x).pullback(g)],
};

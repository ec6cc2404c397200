import { flatten, tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import { evaluatePolynomial } from './evaluate-polynomial.js';
import { compileExpressions } from './expressions/compile-expressions.js';
import { type CompiledNeuron, checkRow, checkRows } from './expressions/compiled-neuron.js';
import type { Neuron } from './neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/**
 * The neuron as a plain function of numbers, with the bits of `evaluate` and without code made from text: `f(row)` gives C numbers, `f.rows(x)` takes
 * many rows at a time.
 *
 * Formulas become a list of instructions on registers: equal subformulas are computed once, those of numbers alone are computed here, and every
 * instruction runs over a block of rows. A polynomial neuron runs on its own kernels, and is meant for many rows. Numbers are read when the
 * function is made. Not differentiable: see `evaluate`. Throws a RangeError or TypeError for a neuron that its constructor would refuse, and the
 * function one for rows that do not fit; NaN and Infinity pass through. Cost of a row: one step an instruction.
 */
export function compile(neuron: Neuron): CompiledNeuron {
  return neuron.kind === 'polynomial' ? compilePolynomial(neuron) : compileExpressions(neuron);
}

function compilePolynomial(neuron: PolynomialNeuron): CompiledNeuron {
  const { inputs, outputs } = checkNeuron('compile', '', neuron);
  const run = (x: Float64Array, count: number, out: Float64Array | undefined): Float64Array => {
    const values = flatten(evaluatePolynomial(neuron, tensor(x, [count, inputs])));
    if (out === undefined) return values instanceof Float64Array ? values : Float64Array.from(values);
    out.set(values);
    return out;
  };
  const row = (x: ArrayLike<number>, out?: Float64Array): Float64Array => {
    checkRow(x, out, inputs, outputs);
    return run(Float64Array.from(x), 1, out);
  };
  const rows = (x: Float64Array, out?: Float64Array): Float64Array => run(x, checkRows(x, out, inputs, outputs), out);
  return Object.assign(row, { inputs, outputs, rows });
}

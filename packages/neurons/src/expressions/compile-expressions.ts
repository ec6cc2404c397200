import type { CompiledNeuron } from './compiled-neuron.js';
import { checkRow, checkRows } from './compiled-neuron.js';
import { checkExpressionNeuron, type ExpressionNeuron } from './expression-neuron.js';
import { makeProgram } from './program/make-program.js';
import { BLOCK, makeRegisters, runProgram } from './program/run-program.js';

/** See `compile`. */
export function compileExpressions(neuron: ExpressionNeuron): CompiledNeuron {
  const { inputs, outputs, expressions } = checkExpressionNeuron('compile', '', neuron);
  const program = makeProgram(expressions, inputs);
  const single = makeRegisters(program, 1);
  const point = new Float64Array(inputs);
  let blocks: Float64Array | undefined;

  const row = (x: ArrayLike<number>, out: Float64Array = new Float64Array(outputs)): Float64Array => {
    checkRow(x, out, inputs, outputs);
    for (let d = 0; d < inputs; d++) point[d] = x[d];
    runProgram(program, single, 1, point, 0, 1, out);
    return out;
  };
  const rows = (x: Float64Array, out?: Float64Array): Float64Array => {
    const count = checkRows(x, out, inputs, outputs);
    const result = out ?? new Float64Array(count * outputs);
    blocks ??= makeRegisters(program, BLOCK);
    runProgram(program, blocks, BLOCK, x, 0, count, result);
    return result;
  };
  return Object.assign(row, { inputs, outputs, rows });
}

import { allocate } from '../allocate.js';
import type { DType, TypedArray } from '../dtype.js';
import type { MultiOp, Op, Spec } from '../op.js';
import { type Shape, sizeOf } from '../shape.js';
import { Tensor } from '../tensor.js';
import { treeLeaves, treeMap } from '../tree.js';
import { createIdentity, keyOf } from './key-of.js';
import { type Instruction, type Operand, type Program, type Value, valuesOf } from './program.js';
import { type Recorder, recordedBy } from './recorder.js';

/** A function that is being traced asked for numbers that are not there yet. To be recognised by its name, as each copy of the package has a class of its own. */
export class TraceError extends TypeError {
  override readonly name: string = 'TraceError';
}

/** What a function did, and what it returned: stand-ins for the results. */
export interface Traced<R> {
  readonly program: Program;
  readonly result: R;
}

/**
 * Runs f once with tensors that stand for its arguments and writes down the operations on them. An operation that was written down before, with the same
 * parameters and operands, is not written down again; what does not depend on the arguments is computed now, as a constant.
 *
 * Throws a TraceError where f looks at a value that depends on its arguments.
 */
export function trace<A extends readonly unknown[], R>(name: string, f: (...args: A) => R, args: A): Traced<R> {
  const values = new Map<TypedArray, Value>();
  const instructions: Instruction[] = [];
  const known = new Map<string, readonly Tensor[]>();
  const identify = createIdentity();

  const standIn = (dtype: DType, shape: Shape): Tensor => {
    const data = unreadable(name, dtype);
    values.set(data, { id: values.size, dtype, size: sizeOf(shape) });
    return new Tensor(data, dtype, shape);
  };

  const operandOf = (x: Tensor): Operand => {
    const { data, dtype, shape, strides, offset } = x;
    return { value: values.get(data), data, dtype, shape, strides, offset };
  };

  /** A text that two operands share only if they are the same numbers, read in the same way. */
  const operandKey = ({ value, data, dtype, shape, strides, offset }: Operand): string => {
    // A number that became a tensor did so for this operation alone: it is known by what it is.
    if (value === undefined && shape.length === 0) return `${dtype} ${keyOf(data[offset], identify)}`;
    return `${value === undefined ? `c${identify(data)}` : `v${value.id}`}:${shape}:${strides}:${offset}`;
  };

  const write = (
    op: Op<never> | MultiOp<never>,
    inputs: readonly Tensor[],
    params: unknown,
    infer: () => readonly Spec[],
    compute: Instruction['compute'],
  ): readonly Tensor[] | undefined => {
    const operands = inputs.map(operandOf);
    if (operands.every(({ value }) => value === undefined)) return undefined;
    const key = `${identify(op)}(${operands.map(operandKey).join(' ')})${keyOf(params, identify)}`;
    const before = known.get(key);
    if (before !== undefined) return before.map(({ data, dtype, shape }) => new Tensor(data, dtype, shape));
    const outputs = infer().map(({ dtype, shape }) => standIn(dtype, shape));
    instructions.push({
      name: op.name,
      inputs: operands,
      outputs: outputs.map(operandOf),
      lane: 'lane' in op ? op.lane : undefined,
      overwrites: op.overwrites === true,
      compute,
    });
    known.set(key, outputs);
    return outputs;
  };

  const recorder: Recorder = {
    standsIn: ({ data }) => values.has(data),
    apply: (op, inputs, params) =>
      write(
        op,
        inputs,
        params,
        () => [op.infer(inputs, params)],
        (outs, ins) => op.compute(outs[0], ins, params),
      )?.[0],
    applyMulti: (op, inputs, params) =>
      write(
        op,
        inputs,
        params,
        () => op.infer(inputs, params),
        (outs, ins) => op.compute(outs, ins, params),
      ),
  };

  const given: Value[] = [];
  const variables = treeMap(({ dtype, shape }) => {
    const variable = standIn(dtype, shape);
    given.push(...valuesOf([operandOf(variable)]));
    return variable;
  }, args);
  const result = recordedBy(recorder, () => f(...variables));
  const results = treeLeaves(result);
  if (results.some(({ node }) => node !== undefined)) {
    throw new TypeError(
      `${name}: the function uses a tensor that is being differentiated and is not an argument; pass it as one`,
    );
  }
  return { program: { inputs: given, instructions, results: results.map(operandOf) }, result };
}

/** Numbers that are not there: whoever looks for one is told. */
function unreadable(name: string, dtype: DType): TypedArray {
  const refuse = (): never => {
    throw new TraceError(
      `${name}: the function looks at a number that depends on its arguments; it is traced once for all numbers, so choose with where, or return the tensor`,
    );
  };
  return new Proxy(allocate(dtype, 0), { get: refuse, set: refuse });
}

import { allocate } from '../allocate.js';
import type { DType, TypedArray } from '../dtype.js';
import type { MultiOp, Op, Spec } from '../op.js';
import { type Shape, sizeOf } from '../shape.js';
import { Tensor } from '../tensor.js';
import { treeLeaves, treeMap } from '../tree.js';
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
  return { program: { inputs: given, instructions, results: treeLeaves(result).map(operandOf) }, result };
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

/** Numbers objects as they come, so that two are the same exactly if their numbers are. */
function createIdentity(): (object: object) => number {
  const numbers = new Map<object, number>();
  return (object) => {
    const number = numbers.get(object) ?? numbers.size;
    numbers.set(object, number);
    return number;
  };
}

/** A text that is the same for equal plain data, and otherwise only for the same object. */
export function keyOf(value: unknown, identify: (object: object) => number): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `f${identify(value)}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => keyOf(item, identify)).join()}]`;
  if (Object.getPrototypeOf(value) !== Object.prototype) return `o${identify(value)}`;
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${keyOf(item, identify)}`)
    .join()}}`;
}

import { type FusedProgram, fusedKernel } from '../../kernels/fused/index.js';
import { wasmRuntime } from '../../wasm/runtime.js';
import { allocate } from '../allocate.js';
import type { TypedArray } from '../dtype.js';
import { Tensor } from '../tensor.js';
import type { Instruction, Operand, Program, Value } from './program.js';
import { type Fused, isFused, liveInstructions, sameOperand, schedule } from './schedule.js';
import { createStorage, type Storage } from './storage.js';

/** A program with a buffer for each of its values, ready to run any number of times without making new ones. */
export interface Plan {
  /** What the arguments are to be copied into before a run, in the order of their leaves. */
  readonly inputs: readonly TypedArray[];
  readonly run: () => void;
  /** The results of the last run, as they stand in the buffers of the plan: the next run overwrites them. */
  readonly results: readonly Tensor[];
  /** Held because its memory is given back as soon as nobody does. */
  readonly storage: Storage;
}

type Step = () => void;

/**
 * Gives every value of a program a place and binds the steps to them. The buffers are one block in the memory of the kernels, where elementwise steps are
 * fused; without such memory they are ordinary ones, and every operation runs by itself. `given` are buffers for the first arguments.
 */
export function planOf(program: Program, given: readonly TypedArray[]): Plan {
  const reachable = wasmRuntime.available() && given.every((data) => wasmRuntime.addressOf(data) !== undefined);
  const units = reachable ? schedule(program) : undefined;
  const resident = units && createStorage(program, units, given, true);
  const storage = resident ?? createStorage(program, liveInstructions(program), given, false);
  if (storage === undefined) throw new RangeError('compileStep: there is no memory for the intermediate results');
  const chosen = resident && units ? units : liveInstructions(program);
  const steps = chosen.map((unit) => (isFused(unit) ? bindFused(unit, storage) : bindSingle(unit, storage)));
  return {
    inputs: program.inputs.map(storage.of),
    run: () => {
      for (const step of steps) step();
    },
    results: program.results.map((operand) => tensorOf(operand, storage)),
    storage,
  };
}

function tensorOf(operand: Operand, storage: Storage): Tensor {
  const { dtype, shape, strides } = operand;
  const { data, offset } = storage.placeOf(operand);
  return new Tensor(data, dtype, shape, strides, offset);
}

/** The operation by its own kernel, on the buffers of the plan. */
function bindSingle({ inputs, outputs, compute, overwrites }: Instruction, storage: Storage): Step {
  const ins = inputs.map((operand) => tensorOf(operand, storage));
  const outs = outputs.map((operand) => tensorOf(operand, storage));
  if (overwrites) return () => compute(outs, ins);
  return () => {
    for (const { data } of outs) data.fill(0);
    compute(outs, ins);
  };
}

/** The loop; the operations one by one where it cannot be compiled, and whenever it meets numbers that are not for vector code. */
function bindFused(unit: Fused, storage: Storage): Step {
  const oneByOne = lazily(() => bindApart(unit, storage));
  const run = fusedKernel(fusedProgram(unit));
  if (run === undefined) return oneByOne;
  const { rows, cols, rowStrides } = unit.domain;
  if (rows * cols === 0) return () => undefined;
  const parameters = [rows, cols];
  const point = (operand: Operand, rowStride: number): void => {
    const { data, offset } = storage.placeOf(operand);
    parameters.push(data.byteOffset + offset * data.BYTES_PER_ELEMENT, rowStride * data.BYTES_PER_ELEMENT);
  };
  for (const [i, operand] of unit.inputs.entries()) point(operand, rowStrides[i]);
  for (const operand of unit.outputs) point(operand, cols);
  return () => {
    if (run(...parameters) !== 0) oneByOne();
  };
}

/** The operations of a loop one by one, with ordinary buffers for what the loop keeps in registers. */
function bindApart(unit: Fused, storage: Storage): Step {
  const inner = new Map<Value, TypedArray>();
  for (const { value, data } of unit.instructions.flatMap(({ outputs }) => outputs)) {
    const stored = unit.outputs.some((operand) => operand.data === data);
    if (value !== undefined && !stored) inner.set(value, allocate(value.dtype, value.size));
  }
  const apart: Storage = {
    of: (value) => inner.get(value) ?? storage.of(value),
    placeOf: (operand) => {
      const data = operand.value && inner.get(operand.value);
      return data ? { data, offset: operand.offset } : storage.placeOf(operand);
    },
    release: storage.release,
  };
  const steps = unit.instructions.map((instruction) => bindSingle(instruction, apart));
  return () => {
    for (const step of steps) step();
  };
}

function lazily(make: () => Step): Step {
  let step: Step | undefined;
  return () => {
    step ??= make();
    step();
  };
}

/** The loop in terms of registers: inputs first, then one a step. */
function fusedProgram({ instructions, domain, inputs, outputs }: Fused): FusedProgram {
  const made = new Map<Value, number>();
  const register = (operand: Operand): number => {
    const own = operand.value && made.get(operand.value);
    return own ?? inputs.findIndex((input) => sameOperand(input, operand));
  };
  const steps: FusedProgram['steps'][number][] = [];
  for (const { lane, inputs: args, outputs: results } of instructions) {
    if (lane === undefined) throw new Error('only elementwise operations are fused');
    steps.push({ lane, args: args.map(register) });
    for (const { value } of results) if (value !== undefined) made.set(value, inputs.length + steps.length - 1);
  }
  return {
    type: inputs[0].dtype === 'float32' ? 'f32x4' : 'f64x2',
    inputs: domain.readings,
    steps,
    outputs: outputs.map(register),
  };
}

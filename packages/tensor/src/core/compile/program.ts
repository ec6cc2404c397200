import type { LaneName } from '../../kernels/lanes/index.js';
import type { DType, TypedArray } from '../dtype.js';
import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** A gap-free block of numbers that a program computes, or is given. */
export interface Value {
  readonly id: number;
  readonly dtype: DType;
  readonly size: number;
}

/** A tensor of a program: a way to read a value, or a constant. */
export interface Operand {
  /** Undefined for a constant. */
  readonly value: Value | undefined;
  /** The numbers of a constant; for a value what stands for them while tracing. */
  readonly data: TypedArray;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** One operation of a program. */
export interface Instruction {
  readonly name: string;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** The elementwise operation that this is, if fused kernels know it. */
  readonly lane: LaneName | undefined;
  /** Whether every element is written; otherwise the outputs must be zero before. */
  readonly overwrites: boolean;
  readonly compute: (outputs: readonly Tensor[], inputs: readonly Tensor[]) => void;
}

/** What tracing a function gives: straight-line code over blocks of numbers. */
export interface Program {
  /** Blocks that the arguments are copied into, in the order of their leaves. */
  readonly inputs: readonly Value[];
  readonly instructions: readonly Instruction[];
  /** What the function returned, in the order of its leaves. */
  readonly results: readonly Operand[];
}

/** The values among operands: the rest are constants. */
export function valuesOf(operands: readonly Operand[]): readonly Value[] {
  return operands.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

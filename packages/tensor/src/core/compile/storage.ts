import { dtypeOf, type TypedArray } from '../dtype.js';
import { arrange, paddedBytes } from './arrange.js';
import { residentBlock, viewOf } from './buffers.js';
import { lifetimes } from './lifetimes.js';
import type { Operand, Program, Value } from './program.js';
import { isFused, type Unit } from './schedule.js';

/** Where the numbers of an operand begin. */
export interface Place {
  readonly data: TypedArray;
  readonly offset: number;
}

/** Buffers for all values of a program. Those in the memory of the kernels are given back when this object has been collected. */
export interface Storage {
  readonly of: (value: Value) => TypedArray;
  readonly placeOf: (operand: Operand) => Place;
  /** Gives the memory back now: nobody may touch the buffers again. */
  readonly release: () => void;
}

/**
 * One block for everything that the steps make and read, constants included: in the memory of the kernels if it is to be `resident` (undefined where
 * that is missing or exhausted), else an ordinary one. `given` are the buffers of the first arguments.
 */
export function createStorage(
  program: Program,
  units: readonly Unit[],
  given: readonly TypedArray[],
  resident: boolean,
): Storage | undefined {
  const { bytes, offsets } = arrange(lifetimes(program, units, given.length));
  const constants = resident ? constantsOf(units) : [];
  const total = constants.reduce((sum, { data }) => sum + paddedBytes(data.byteLength), bytes);

  const views = new Map<Value, TypedArray>();
  const copies: (Constant & { readonly copy: TypedArray })[] = [];
  const storage: Storage = {
    of: (value) => {
      const view = views.get(value);
      if (view === undefined) throw new Error('every value of a program has a place');
      return view;
    },
    placeOf: (operand) => {
      const { value, data, offset } = operand;
      if (value !== undefined) return { data: storage.of(value), offset };
      const { first, last } = extentOf(operand);
      const found = copies.find((c) => c.source === data && c.first <= first && last <= c.last);
      return found ? { data: found.copy, offset: offset - found.first } : { data, offset };
    },
    release: () => room?.release(),
  };

  const room = resident ? residentBlock(total, storage) : undefined;
  if (resident && room === undefined) return undefined;
  const block = room?.block ?? new Float64Array(total / 8);
  for (const [i, data] of given.entries()) views.set(program.inputs[i], data);
  for (const [value, offset] of offsets) views.set(value, viewOf(block, offset, value.dtype, value.size));
  let at = bytes;
  for (const constant of constants) {
    const copy = viewOf(block, at, dtypeOf(constant.data), constant.data.length);
    copy.set(constant.data);
    copies.push({ ...constant, copy });
    at += paddedBytes(constant.data.byteLength);
  }
  return storage;
}

interface Constant {
  readonly source: TypedArray;
  /** Of the elements that are read. */
  readonly first: number;
  readonly last: number;
  readonly data: TypedArray;
}

/** Constants of more bytes stay where they are, unless a loop reads them: each plan would have a copy. */
const LARGE = 2 ** 25;

/** What the steps read of the constants, every stretch once. */
function constantsOf(units: readonly Unit[]): readonly Constant[] {
  const found: Constant[] = [];
  const read = units.flatMap((unit) => unit.inputs.map((operand) => ({ operand, fused: isFused(unit) })));
  for (const { operand, fused } of read) {
    if (operand.value !== undefined || operand.data.length === 0) continue;
    const { first, last } = extentOf(operand);
    if (!fused && (last + 1 - first) * operand.data.BYTES_PER_ELEMENT > LARGE) continue;
    if (found.some((c) => c.source === operand.data && c.first <= first && last <= c.last)) continue;
    found.push({ source: operand.data, first, last, data: operand.data.slice(first, last + 1) });
  }
  return found;
}

/** First and last of the elements that an operand reads. */
function extentOf({ shape, strides, offset }: Operand): { readonly first: number; readonly last: number } {
  let [first, last] = [offset, offset];
  shape.forEach((size, axis) => {
    const reach = Math.max(size - 1, 0) * strides[axis];
    if (reach < 0) first += reach;
    else last += reach;
  });
  return { first, last };
}

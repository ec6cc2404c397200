import { isFloating } from '../dtype.js';
import { isContiguous, sameShape } from '../shape.js';
import { type Domain, domainOf } from './domain.js';
import { type Instruction, type Operand, type Program, type Value, valuesOf } from './program.js';

/** Elementwise instructions that run as one loop; the values between them exist only in registers, unless somebody else reads them. */
export interface Fused {
  readonly instructions: readonly Instruction[];
  readonly domain: Domain;
  /** What the loop reads, in the order of the domain's operands. */
  readonly inputs: readonly Operand[];
  /** What is read by others afterwards. */
  readonly outputs: readonly Operand[];
}

/** One call when a program runs. */
export type Unit = Instruction | Fused;

export function isFused(unit: Unit): unit is Fused {
  return 'domain' in unit;
}

/** A loop with more operands would run out of registers for addresses, and one with more steps out of those for vectors. */
const MOST_OPERANDS = 12;
const MOST_STEPS = 32;

/** The instructions that the results depend on. */
export function liveInstructions({ instructions, results }: Program): readonly Instruction[] {
  const needed = new Set<Value>();
  for (const { value } of results) if (value !== undefined) needed.add(value);
  const live: Instruction[] = [];
  for (let i = instructions.length - 1; i >= 0; i--) {
    const instruction = instructions[i];
    if (!valuesOf(instruction.outputs).some((value) => needed.has(value))) continue;
    for (const value of valuesOf(instruction.inputs)) needed.add(value);
    live.push(instruction);
  }
  return live.reverse();
}

/** A loop that may still grow: nobody outside has needed what it makes so far. */
interface Open {
  readonly instructions: Instruction[];
  inputs: readonly Operand[];
  domain: Domain;
}

/**
 * The live instructions of a program in an order in which they can run, elementwise ones gathered into loops.
 *
 * A loop stays open, and takes in what works on its results over the same shape, until an instruction that cannot join needs one of them. Then it
 * is closed and runs before that instruction. All of its operands are there by then: whoever makes them was closed when they were taken.
 */
export function schedule(program: Program): readonly Unit[] {
  const live = liveInstructions(program);
  const readers = new Map<Value, number>();
  const reading = (value: Value | undefined): void => {
    if (value !== undefined) readers.set(value, (readers.get(value) ?? 0) + 1);
  };
  for (const instruction of live) for (const { value } of instruction.inputs) reading(value);
  for (const { value } of program.results) reading(value);

  const units: Unit[] = [];
  /** The open loop that makes a value. */
  const open = new Map<Value, Open>();

  const close = (group: Open): void => {
    for (const instruction of group.instructions) for (const value of valuesOf(instruction.outputs)) open.delete(value);
    const inside = new Map<Value, number>();
    for (const { inputs } of group.instructions) {
      for (const { value } of inputs) if (value !== undefined) inside.set(value, (inside.get(value) ?? 0) + 1);
    }
    const outputs = group.instructions
      .flatMap((instruction) => instruction.outputs)
      .filter(({ value }) => value !== undefined && (readers.get(value) ?? 0) > (inside.get(value) ?? 0));
    units.push({ instructions: group.instructions, domain: group.domain, inputs: group.inputs, outputs });
  };
  const closeAll = (values: readonly Value[], except?: ReadonlySet<Open>): void => {
    for (const value of values) {
      const group = open.get(value);
      if (group !== undefined && !except?.has(group)) close(group);
    }
  };

  for (const instruction of live) {
    const joined = instruction.lane === undefined ? undefined : join(instruction, open);
    closeAll(valuesOf(instruction.inputs), joined?.parts);
    if (joined === undefined) {
      units.push(instruction);
    } else {
      for (const member of joined.group.instructions)
        for (const value of valuesOf(member.outputs)) open.set(value, joined.group);
    }
  }
  for (const group of new Set(open.values())) close(group);
  return units;
}

/** The instruction as part of the open loops that make its operands, as far as they suit, or as a loop of its own; undefined where no loop can run it. */
function join(
  instruction: Instruction,
  open: ReadonlyMap<Value, Open>,
): { readonly group: Open; readonly parts: ReadonlySet<Open> } | undefined {
  const [{ shape, dtype }] = instruction.outputs;
  if (!isFloating(dtype)) return undefined;
  const parts = new Set<Open>();
  const apart = new Set<Open>();
  for (const x of instruction.inputs) {
    const group = x.value && open.get(x.value);
    if (group === undefined) continue;
    // What a loop makes is in registers: it can only be read element by element as it was made, in a loop over the same shape.
    const whole = x.dtype === dtype && x.offset === 0 && isContiguous(x.shape, x.strides);
    const suits = whole && [x, ...group.instructions[0].outputs].every((y) => sameShape(y.shape, shape));
    (suits ? parts : apart).add(group);
  }
  for (const group of apart) parts.delete(group);
  // All of the loops if they go together, else none of them.
  for (const candidate of [parts, new Set<Open>()]) {
    const members = [...candidate].flatMap((group) => group.instructions);
    const instructions = [...members, instruction];
    const inputs = operandsOf(instructions);
    const domain = domainOf(shape, inputs);
    if (domain === undefined || instructions.length > MOST_STEPS || inputs.length > MOST_OPERANDS) continue;
    if (!inputs.every((x) => x.dtype === dtype)) continue;
    return { group: { instructions, inputs, domain }, parts: candidate };
  }
  return undefined;
}

/** What a loop reads that it does not make: each way to read a value once. */
function operandsOf(instructions: readonly Instruction[]): readonly Operand[] {
  const made = new Set(instructions.flatMap(({ outputs }) => valuesOf(outputs)));
  const distinct: Operand[] = [];
  for (const { inputs } of instructions) {
    for (const x of inputs) {
      if (x.value !== undefined && made.has(x.value)) continue;
      if (!distinct.some((y) => sameOperand(x, y))) distinct.push(x);
    }
  }
  return distinct;
}

/** Whether two operands are the same numbers, read in the same way. */
export function sameOperand(x: Operand, y: Operand): boolean {
  return x.data === y.data && x.offset === y.offset && sameShape(x.shape, y.shape) && sameShape(x.strides, y.strides);
}

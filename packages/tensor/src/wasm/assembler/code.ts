import { pushSigned, pushUnsigned } from './leb128.js';
import {
  type LaneOpcode,
  laneOpcodes,
  type MemoryOpcode,
  memoryOpcodes,
  type Opcode,
  opcodes,
  type ValueType,
  valueTypes,
} from './opcodes.js';

/** A parameter or local variable of one function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** What a branch can name: the end of a block, or the beginning of a loop. */
export interface Label {
  readonly depth: number;
}

/** A function of the module under construction, as `call` needs it. */
export interface FunctionReference {
  readonly index: number;
}

/**
 * The body of one function, written instruction by instruction; every method returns the body, so that a line of code reads as a line of
 * the text format. It checks nothing: the engine validates what it compiles.
 */
export class Code {
  readonly #bytes: number[] = [];
  readonly #locals: ValueType[] = [];
  readonly #parameters: number;
  #depth = 0;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** A new local variable; it begins as zero. */
  local(type: ValueType): Local {
    return { index: this.#parameters + this.#locals.push(type) - 1, type };
  }

  get(local: Local): this {
    return this.#indexed(0x20, local.index);
  }

  set(local: Local): this {
    return this.#indexed(0x21, local.index);
  }

  /** Sets the local and leaves the value on the stack. */
  tee(local: Local): this {
    return this.#indexed(0x22, local.index);
  }

  i32(value: number): this {
    this.#bytes.push(0x41);
    pushSigned(this.#bytes, value);
    return this;
  }

  f32(value: number): this {
    this.#bytes.push(0x43, ...new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  f64(value: number): this {
    this.#bytes.push(0x44, ...new Uint8Array(Float64Array.of(value).buffer));
    return this;
  }

  /** A vector of these sixteen bytes. */
  v128(bytes: Uint8Array): this {
    this.#indexed(0xfd, 0x0c).#bytes.push(...bytes);
    return this;
  }

  op(name: Opcode): this {
    return this.#opcode(opcodes[name]);
  }

  /** A load or store at the address on the stack plus `offset` bytes; `alignment` in bytes is a promise, by default the size of the access. */
  memory(name: MemoryOpcode, offset = 0, alignment?: number): this {
    const [opcode, log2] = memoryOpcodes[name];
    return this.#opcode(opcode).#indexed(alignment === undefined ? log2 : Math.log2(alignment), offset);
  }

  lane(name: LaneOpcode, index: number): this {
    this.#opcode(laneOpcodes[name]).#bytes.push(index);
    return this;
  }

  /** Sixteen bytes out of the two vectors on the stack: 0 to 15 of the first one, 16 to 31 of the second. */
  shuffle(lanes: readonly number[]): this {
    this.#indexed(0xfd, 0x0d).#bytes.push(...lanes);
    return this;
  }

  call(target: FunctionReference): this {
    return this.#indexed(0x10, target.index);
  }

  block(body: (end: Label) => void): this {
    return this.#structured(0x02, body);
  }

  loop(body: (begin: Label) => void): this {
    return this.#structured(0x03, body);
  }

  /** Runs `then` where the number on the stack is not zero, else `otherwise`. */
  if(then: (end: Label) => void, otherwise?: (end: Label) => void): this {
    return this.#structured(0x04, (end) => {
      then(end);
      if (otherwise === undefined) return;
      this.#bytes.push(0x05);
      otherwise(end);
    });
  }

  br(label: Label): this {
    return this.#indexed(0x0c, this.#depth - label.depth);
  }

  brIf(label: Label): this {
    return this.#indexed(0x0d, this.#depth - label.depth);
  }

  /** The locals and instructions as they stand in the code section, without their size. */
  encode(): number[] {
    // Neighbours of one type are one entry.
    const first = this.#locals.flatMap((type, i) => (type === this.#locals[i - 1] ? [] : [i]));
    const bytes: number[] = [];
    pushUnsigned(bytes, first.length);
    first.forEach((from, run) => {
      pushUnsigned(bytes, (first[run + 1] ?? this.#locals.length) - from);
      bytes.push(valueTypes[this.#locals[from]]);
    });
    return bytes.concat(this.#bytes, 0x0b);
  }

  #structured(opcode: number, body: (label: Label) => void): this {
    this.#bytes.push(opcode, 0x40);
    this.#depth++;
    body({ depth: this.#depth });
    this.#depth--;
    this.#bytes.push(0x0b);
    return this;
  }

  #opcode(opcode: number): this {
    return opcode > 0xff ? this.#indexed(0xfd, opcode & 0xff) : this.#byte(opcode);
  }

  /** A byte and a number after it. */
  #indexed(byte: number, index: number): this {
    this.#bytes.push(byte);
    pushUnsigned(this.#bytes, index);
    return this;
  }

  #byte(byte: number): this {
    this.#bytes.push(byte);
    return this;
  }
}

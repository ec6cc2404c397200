import { Code, type FunctionReference, type Local } from './code.js';
import { pushUnsigned } from './leb128.js';
import { type ValueType, valueTypes } from './opcodes.js';

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results?: readonly ValueType[];
  /** Name under which the function is exported; without it the function is the module's own. */
  readonly exported?: string;
}

/** What a module asks of the memory that it imports. */
export interface MemoryDemand {
  /** Pages of 64 KiB that there are at least. */
  readonly pages: number;
  /** The most pages there may ever be, of a memory that is shared; undefined for one that is not. Default: not shared. */
  readonly sharedMaximum?: number | undefined;
}

/**
 * A WebAssembly module under construction: functions over one imported memory, `memory` of `env`.
 * A function may call those defined before it, and itself by the reference that its body receives.
 */
export class ModuleBuilder {
  readonly #signatures: Signature[] = [];
  readonly #bodies: Code[] = [];

  /** Adds a function; `body` writes its instructions and receives its parameters as locals. */
  addFunction(
    signature: Signature,
    body: (code: Code, parameters: readonly Local[], self: FunctionReference) => void,
  ): FunctionReference {
    const code = new Code(signature.params.length);
    const reference = { index: this.#bodies.length };
    this.#signatures.push(signature);
    this.#bodies.push(code);
    body(
      code,
      signature.params.map((type, index) => ({ index, type })),
      reference,
    );
    return reference;
  }

  /** The module in the binary format. */
  encode({ pages, sharedMaximum }: MemoryDemand): Uint8Array {
    // 0: no maximum; 3: shared, with one (threads proposal, section on limits).
    const limits =
      sharedMaximum === undefined ? [0x00, ...unsigned(pages)] : [0x03, ...unsigned(pages), ...unsigned(sharedMaximum)];
    // Every function has a type of its own: a few bytes more than sharing them, and nothing to look up.
    const types = this.#signatures.map(({ params, results = [] }) => [0x60, ...typeList(params), ...typeList(results)]);
    const exports = this.#signatures.flatMap(({ exported }, index) =>
      exported === undefined ? [] : [[...name(exported), 0x00, ...unsigned(index)]],
    );
    return Uint8Array.from(
      // '\0asm' and the version of the format.
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00].concat(
        section(1, types),
        section(2, [[...name('env'), ...name('memory'), 0x02, ...limits]]),
        section(
          3,
          types.map((_, index) => unsigned(index)),
        ),
        section(7, exports),
        section(
          10,
          this.#bodies.map((code) => sized(code.encode())),
        ),
      ),
    );
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  pushUnsigned(bytes, value);
  return bytes;
}

function sized(bytes: readonly number[]): number[] {
  return unsigned(bytes.length).concat(bytes);
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  return [id].concat(sized(unsigned(entries.length).concat(...entries)));
}

function typeList(types: readonly ValueType[]): number[] {
  return [...unsigned(types.length), ...types.map((type) => valueTypes[type])];
}

/** Names are ASCII here, where UTF-8 is one byte a character. */
function name(text: string): number[] {
  return sized(Array.from(text, (character) => character.charCodeAt(0)));
}

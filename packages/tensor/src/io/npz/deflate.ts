import { describeValue } from '../../core/describe-value.js';

/** Raw DEFLATE (RFC 1951), which zip archives are compressed with; libraries such as fflate and pako bring one. */
export interface Deflate {
  /** The bytes that went in. `size` is how many there must be: an implementation may stop with an error once it has more. */
  inflateRaw?(compressed: Uint8Array, size: number): Uint8Array;
  deflateRaw?(bytes: Uint8Array): Uint8Array;
}

/** The given implementation, else that of Node where there is one, else none. Throws a TypeError naming `op` for something else. */
export function chooseDeflate(op: string, given: Deflate | undefined): Deflate {
  if (given === undefined) return nodeDeflate() ?? {};
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`${op}: deflate must be an object of functions, got ${describeValue(given)}`);
  }
  for (const name of ['inflateRaw', 'deflateRaw'] as const) {
    const f: unknown = given[name];
    if (f !== undefined && typeof f !== 'function') {
      throw new TypeError(`${op}: deflate.${name} must be a function, got ${describeValue(f)}`);
    }
  }
  return given;
}

/** Not an import: bundlers for browsers would trip over it, and there the answer is simply none. */
function nodeDeflate(): Deflate | undefined {
  const zlib = globalThis.process?.getBuiltinModule?.('node:zlib');
  if (typeof zlib?.inflateRawSync !== 'function') return undefined;
  return {
    // One byte more than there may be: enough to tell that it is too long, and zlib refuses a limit of 0.
    inflateRaw: (compressed, size) => zlib.inflateRawSync(compressed, { maxOutputLength: size + 1 }),
    deflateRaw: (bytes) => zlib.deflateRawSync(bytes),
  };
}

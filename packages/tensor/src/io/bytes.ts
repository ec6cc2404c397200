import { describeValue } from '../core/describe-value.js';

/** What a file's contents come in: a Uint8Array (a Node Buffer is one) or an ArrayBuffer. */
export type Bytes = Uint8Array | ArrayBuffer;

/** The bytes as a plain Uint8Array on the same memory. Throws a TypeError naming `op` for anything else. */
export function expectBytes(op: string, bytes: unknown): Uint8Array {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  if (bytes instanceof Uint8Array) {
    // Not the value itself: slice and subarray of a Node Buffer mean something else.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  const what = ArrayBuffer.isView(bytes) || Array.isArray(bytes) ? 'another array' : describeValue(bytes);
  throw new TypeError(`${op}: expected a Uint8Array or an ArrayBuffer, got ${what}`);
}

/** A reader of numbers at byte positions. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Text in UTF-8. Throws a RangeError naming `op` where the bytes are none. */
export function decodeUtf8(op: string, bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RangeError(`${op}: ${what} is not UTF-8`);
  }
}

/** The first characters of a text from a file, quoted for a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

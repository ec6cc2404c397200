import { quote, viewOf } from '../bytes.js';
import { crc32 } from './crc32.js';
import type { Deflate } from './deflate.js';
import type { ZipDirectory, ZipEntry } from './zip-directory.js';
import { DEFLATED, LOCAL_HEADER, LOCAL_SIZE, REFUSED_FLAGS, STORED } from './zip-format.js';

/** DEFLATE makes at most 258 bytes of 2 bits, which is 1032 of one byte: more than that is a lie, whatever follows. */
const MOST_PER_BYTE = 1032;

/**
 * Where the data of each entry lie. Throws a RangeError naming `op` unless every local header stands where the directory says and agrees with it,
 * no entry runs into another one or into the directory, and each size is one that its method can make of its data.
 */
export function locateEntries(op: string, bytes: Uint8Array, { entries, start }: ZipDirectory): number[] {
  const view = viewOf(bytes);
  const starts = entries.map((entry) => {
    const { name, flags, method, compressedSize, size, position } = entry;
    const fail = (what: string): never => {
      throw new RangeError(`${op}: entry ${quote(name)} ${what}`);
    };
    if (position + LOCAL_SIZE > start || view.getUint32(position, true) !== LOCAL_HEADER) fail('has no local header');
    const nameStart = position + LOCAL_SIZE;
    const nameEnd = nameStart + view.getUint16(position + 26, true);
    const data = nameEnd + view.getUint16(position + 28, true);
    if (data + compressedSize > start) fail('is cut off');
    // Sizes are not compared: NumPy has them in a zip64 field there, streaming writers behind the data.
    const sameName = nameEnd <= start && sameText(bytes.subarray(nameStart, nameEnd), name);
    if (!sameName || view.getUint16(position + 8, true) !== method)
      fail('has another name or method in its local header');
    if (((flags | view.getUint16(position + 6, true)) & REFUSED_FLAGS) !== 0) fail('is encrypted or a patch');
    if (method !== STORED && method !== DEFLATED) fail(`is compressed by method ${method}; 0 and 8 are known`);
    const impossible = method === STORED ? size !== compressedSize : size > compressedSize * MOST_PER_BYTE;
    if (impossible) fail(`claims ${size} bytes made of ${compressedSize}`);
    return data;
  });
  checkOverlaps(op, entries, starts);
  return starts;
}

/** Entries that share bytes would let a small archive hold an enormous one. Source: Fifield, "A better zip bomb", WOOT 2019. */
function checkOverlaps(op: string, entries: readonly ZipEntry[], starts: readonly number[]): void {
  const byPosition = entries.map((_, i) => i).sort((i, j) => entries[i].position - entries[j].position);
  let end = 0;
  for (const i of byPosition) {
    if (entries[i].position < end) throw new RangeError(`${op}: entry ${quote(entries[i].name)} overlaps another one`);
    end = starts[i] + entries[i].compressedSize;
  }
}

/** The contents of an entry, checked against size and CRC-32; where it is stored, a part of `bytes` itself. */
export function readEntryData(
  op: string,
  bytes: Uint8Array,
  entry: ZipEntry,
  start: number,
  deflate: Deflate,
): Uint8Array {
  const raw = bytes.subarray(start, start + entry.compressedSize);
  const data = entry.method === STORED ? raw : inflate(op, raw, entry, deflate);
  if (data.length !== entry.size) {
    throw new RangeError(`${op}: entry ${quote(entry.name)} holds other than the ${entry.size} bytes it claims`);
  }
  if (crc32(data) !== entry.crc)
    throw new RangeError(`${op}: entry ${quote(entry.name)} is damaged: its CRC-32 differs`);
  return data;
}

function inflate(op: string, raw: Uint8Array, { name, size }: ZipEntry, deflate: Deflate): Uint8Array {
  if (deflate.inflateRaw === undefined) {
    throw new TypeError(
      `${op}: entry ${quote(name)} is compressed, and there is nothing to inflate it: pass { deflate }`,
    );
  }
  let data: unknown;
  try {
    data = deflate.inflateRaw(raw, size);
  } catch (cause) {
    throw new RangeError(`${op}: entry ${quote(name)} is damaged: it does not inflate to ${size} bytes`, { cause });
  }
  if (!(data instanceof Uint8Array)) throw new TypeError(`${op}: deflate.inflateRaw did not return a Uint8Array`);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function sameText(bytes: Uint8Array, text: string): boolean {
  const expected = new TextEncoder().encode(text);
  return bytes.length === expected.length && bytes.every((byte, i) => byte === expected[i]);
}

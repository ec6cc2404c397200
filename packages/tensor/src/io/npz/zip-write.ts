import { viewOf } from '../bytes.js';
import { crc32 } from './crc32.js';
import {
  CENTRAL_HEADER,
  CENTRAL_SIZE,
  DEFLATED,
  END,
  END_SIZE,
  LOCAL_HEADER,
  LOCAL_SIZE,
  STORED,
  UTF8_FLAG,
} from './zip-format.js';

/** Version 2.0 of the format: deflate, no zip64. */
const VERSION = 20;
/** 1 January 1980, the first day zip knows: the same tensors give the same bytes on any day. */
const DATE = 0x21;

/** An archive of files. Throws a RangeError naming `op` where it would need zip64. */
export function writeZip(
  op: string,
  files: readonly { readonly name: string; data(): Uint8Array }[],
  deflateRaw: ((bytes: Uint8Array) => Uint8Array) | undefined,
): Uint8Array {
  if (files.length >= 0xffff) throw new RangeError(`${op}: archives hold up to 65534 tensors, got ${files.length}`);
  const entries = files.map(({ name, data }) => {
    const bytes = data();
    return {
      name: new TextEncoder().encode(name),
      data: deflateRaw === undefined ? bytes : deflateRaw(bytes),
      size: bytes.length,
      crc: crc32(bytes),
    };
  });
  let directoryStart = 0;
  let directorySize = 0;
  for (const { name, data } of entries) {
    if (name.length > 0xffff) throw new RangeError(`${op}: a name of ${name.length} bytes, at most 65535 fit`);
    directoryStart += LOCAL_SIZE + name.length + data.length;
    directorySize += CENTRAL_SIZE + name.length;
  }
  const total = directoryStart + directorySize + END_SIZE;
  if (total >= 0xffffffff || entries.some(({ size }) => size >= 0xffffffff)) {
    throw new RangeError(`${op}: archives hold up to 4 GiB, got ${total} bytes`);
  }

  const bytes = new Uint8Array(total);
  const view = viewOf(bytes);
  let at = 0;
  let directory = directoryStart;
  for (const { name, data, size, crc } of entries) {
    view.setUint32(directory, CENTRAL_HEADER, true);
    view.setUint16(directory + 4, VERSION, true);
    view.setUint32(directory + 42, at, true);
    view.setUint32(at, LOCAL_HEADER, true);
    // From the version needed to the length of the name, both records hold the same fields.
    for (const fields of [at + 4, directory + 6]) {
      view.setUint16(fields, VERSION, true);
      view.setUint16(fields + 2, name.every((byte) => byte < 128) ? 0 : UTF8_FLAG, true);
      view.setUint16(fields + 4, deflateRaw === undefined ? STORED : DEFLATED, true);
      view.setUint16(fields + 8, DATE, true);
      view.setUint32(fields + 10, crc, true);
      view.setUint32(fields + 14, data.length, true);
      view.setUint32(fields + 18, size, true);
      view.setUint16(fields + 22, name.length, true);
    }
    bytes.set(name, at + LOCAL_SIZE);
    bytes.set(data, at + LOCAL_SIZE + name.length);
    bytes.set(name, directory + CENTRAL_SIZE);
    at += LOCAL_SIZE + name.length + data.length;
    directory += CENTRAL_SIZE + name.length;
  }
  view.setUint32(directory, END, true);
  view.setUint16(directory + 8, entries.length, true);
  view.setUint16(directory + 10, entries.length, true);
  view.setUint32(directory + 12, directorySize, true);
  view.setUint32(directory + 16, directoryStart, true);
  return bytes;
}

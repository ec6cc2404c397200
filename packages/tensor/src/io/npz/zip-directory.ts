import { decodeUtf8, quote, viewOf } from '../bytes.js';
import {
  CENTRAL_HEADER,
  CENTRAL_SIZE,
  END,
  END_64,
  END_64_LOCATOR,
  END_64_LOCATOR_SIZE,
  END_64_SIZE,
  END_SIZE,
  SEE_ZIP64,
  ZIP64_EXTRA,
} from './zip-format.js';

/** What the central directory says of an entry. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Position of the local header. */
  readonly position: number;
}

/** Where the central directory lies. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where it begins: entries end before. */
  readonly start: number;
}

/**
 * Reads the central directory, with or without zip64. Throws a RangeError naming `op` where the archive is truncated, is one part of several, has
 * anything behind its end, or where the directory does not exactly fill the space it claims.
 */
export function readZipDirectory(op: string, bytes: Uint8Array): ZipDirectory {
  const view = viewOf(bytes);
  const end = findEnd(op, bytes, view);
  const { count, size, start, stop } = locate(op, view, end);
  if (start + size !== stop) {
    throw new RangeError(`${op}: the central directory spans ${start} to ${start + size}, expected an end at ${stop}`);
  }
  if (count * CENTRAL_SIZE > size)
    throw new RangeError(`${op}: ${count} entries do not fit a directory of ${size} bytes`);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > stop || view.getUint32(at, true) !== CENTRAL_HEADER) {
      throw new RangeError(`${op}: entry ${i} of the central directory is damaged`);
    }
    const next =
      at + CENTRAL_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > stop) throw new RangeError(`${op}: entry ${i} of the central directory is cut off`);
    entries.push(readEntry(op, bytes, view, at));
    at = next;
  }
  if (at !== stop) throw new RangeError(`${op}: ${stop - at} bytes of the central directory belong to no entry`);
  return { entries, start };
}

/** Position of the end record: the last one whose comment reaches exactly to the end of the file. */
function findEnd(op: string, bytes: Uint8Array, view: DataView): number {
  const first = Math.max(0, bytes.length - END_SIZE - 0xffff);
  for (let at = bytes.length - END_SIZE; at >= first; at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  throw new RangeError(`${op}: not a zip archive, or a truncated one: it has no end record`);
}

/** Number of entries, size and bounds of the central directory. */
function locate(op: string, view: DataView, end: number): { count: number; size: number; start: number; stop: number } {
  const locator = end - END_64_LOCATOR_SIZE;
  if (locator >= 0 && view.getUint32(locator, true) === END_64_LOCATOR) {
    const at = safe(op, view, locator + 8);
    // The record is at least 56 bytes long and says itself how many of it follow its first twelve.
    const fits = at + END_64_SIZE <= locator && view.getUint32(at, true) === END_64;
    if (!fits || at + 12 + safe(op, view, at + 4) !== locator || view.getUint32(locator + 16, true) !== 1) {
      throw new RangeError(`${op}: the zip64 end record is damaged`);
    }
    const count = safe(op, view, at + 32);
    if (view.getUint32(at + 16, true) !== 0 || count !== safe(op, view, at + 24)) {
      throw new RangeError(`${op}: the archive is one part of several`);
    }
    return { count, size: safe(op, view, at + 40), start: safe(op, view, at + 48), stop: at };
  }
  const count = view.getUint16(end + 10, true);
  if (view.getUint32(end + 4, true) !== 0 || count !== view.getUint16(end + 8, true)) {
    throw new RangeError(`${op}: the archive is one part of several`);
  }
  return { count, size: view.getUint32(end + 12, true), start: view.getUint32(end + 16, true), stop: end };
}

function readEntry(op: string, bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const nameEnd = at + CENTRAL_SIZE + view.getUint16(at + 28, true);
  // Without the flag the name is in an old code page, whose first half is ASCII; nearly all writers mean UTF-8.
  const name = decodeUtf8(op, bytes.subarray(at + CENTRAL_SIZE, nameEnd), 'the name of an entry');
  const wide = zip64Reader(op, view, nameEnd, nameEnd + view.getUint16(at + 30, true), name);
  const field = (position: number): number => {
    const value = view.getUint32(position, true);
    return value === SEE_ZIP64 ? wide() : value;
  };
  // In the order in which the zip64 record holds those that do not fit.
  const size = field(at + 24);
  const compressedSize = field(at + 20);
  const position = field(at + 42);
  const disk = view.getUint16(at + 34, true);
  if (disk !== 0) throw new RangeError(`${op}: entry ${quote(name)} lies in another part of the archive`);
  return {
    name,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize,
    size,
    position,
  };
}

/** Reads one after the other the 64-bit values of the zip64 extra field between two positions. */
function zip64Reader(op: string, view: DataView, start: number, stop: number, name: string): () => number {
  let at = start;
  let end = start;
  let found = false;
  return () => {
    for (let field = start; !found && field + 4 <= stop; field = end) {
      end = field + 4 + view.getUint16(field + 2, true);
      found = view.getUint16(field, true) === ZIP64_EXTRA;
      at = field + 4;
    }
    if (!found || end > stop || at + 8 > end) {
      throw new RangeError(`${op}: entry ${quote(name)} lacks the zip64 sizes it points to`);
    }
    at += 8;
    return safe(op, view, at - 8);
  };
}

/** A 64-bit size or position. */
function safe(op: string, view: DataView, at: number): number {
  const value = view.getUint32(at + 4, true) * 4294967296 + view.getUint32(at, true);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${op}: a size or position beyond 2^53 - 1: ${value}`);
  return value;
}

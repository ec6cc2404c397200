import { type Buffer, isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '@neuronseek/search';

/** Largest text, in bytes after decompression, that still fits in one JavaScript string (2²⁹ − 24 characters). */
const LIMIT = 500_000_000;

/** Reads a UTF-8 text file, decompressing it when its name ends in `.gz`; every failure is an InputError of one sentence. */
export function loadText(path: string): string {
  const bytes = readBytes(path);
  return decode(/\.gz$/i.test(path) ? decompress(bytes, path) : bytes, path);
}

function readBytes(path: string): Buffer {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new InputError(`${path}: expected a file, got a folder`);
    if (stat.size > LIMIT) throw tooLarge(path);
    return readFileSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new InputError(`${path}: no such file`);
    if (code === 'EACCES' || code === 'EPERM')
      throw new InputError(`${path}: expected a readable file, got permission denied`);
    if (code === undefined) throw error;
    throw new InputError(`${path}: expected a readable file, got ${code}`);
  }
}

function decompress(bytes: Buffer, path: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMIT });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    if (code === 'Z_BUF_ERROR')
      throw new InputError(`${path}: expected a complete gzip file, got one that ends too early`);
    throw new InputError(
      `${path}: expected a gzip file, got bytes that do not decompress (${code ?? 'unknown cause'})`,
    );
  }
}

function decode(bytes: Buffer, path: string): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) {
    throw new InputError(`${path}: expected text, got a gzip file; add .gz to its name`);
  }
  if (first === 0x50 && second === 0x4b && bytes[2] === 3 && bytes[3] === 4) {
    throw new InputError(`${path}: expected text, got a zip archive (a spreadsheet is one: export it as CSV)`);
  }
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new InputError(`${path}: expected UTF-8 text, got UTF-16; save it as UTF-8`);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new InputError(`${path}: expected text, got a binary file (byte ${zero + 1} is zero)`);
  if (!isUtf8(bytes)) {
    throw new InputError(
      `${path}: line ${firstBadLine(bytes)}: expected UTF-8 text, got bytes in another encoding; save it as UTF-8`,
    );
  }
  return bytes.toString('utf8');
}

/** A line feed is never part of a longer UTF-8 sequence, so lines can be checked one by one. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const found = bytes.indexOf(10, from);
    const to = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to + 1;
  }
  return line;
}

function tooLarge(path: string): InputError {
  return new InputError(`${path}: expected at most ${LIMIT / 1e6} MB of text, got more`);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

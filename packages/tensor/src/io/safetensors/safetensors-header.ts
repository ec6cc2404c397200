import type { Shape } from '../../core/shape.js';
import { decodeUtf8, quote, viewOf } from '../bytes.js';
import { storedSize } from '../stored-shape.js';
import { itemSize, type StoredType } from '../stored-type.js';

/** A tensor as the header of a file describes it. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: Shape;
  /** Positions in the file. */
  readonly start: number;
  readonly stop: number;
}

/** Names of element types in the header. */
export const TYPE_NAMES: ReadonlyMap<string, StoredType> = /* @__PURE__ */ new Map<string, StoredType>([
  ['F64', 'f8'],
  ['F32', 'f4'],
  ['F16', 'f2'],
  ['BF16', 'bf2'],
  ['I64', 'i8'],
  ['I32', 'i4'],
  ['I16', 'i2'],
  ['I8', 'i1'],
  ['U64', 'u8'],
  ['U32', 'u4'],
  ['U16', 'u2'],
  ['U8', 'u1'],
  ['BOOL', 'b1'],
]);

/** The limit of the reference implementation. */
const LONGEST = 100_000_000;

/**
 * Reads and checks the header: every entry by itself, and that the entries fill what follows without gap or overlap, as the reference
 * implementation demands. Throws a RangeError naming `op` where anything is amiss, a TypeError for elements that no tensor holds.
 */
export function readSafetensorsHeader(
  op: string,
  bytes: Uint8Array,
): { entries: readonly SafetensorsEntry[]; metadata: Record<string, string> } {
  if (bytes.length < 8)
    throw new RangeError(`${op}: not a safetensors file: ${bytes.length} bytes, expected 8 or more`);
  const view = viewOf(bytes);
  const length = view.getUint32(4, true) * 4294967296 + view.getUint32(0, true);
  if (length > LONGEST) throw new RangeError(`${op}: a header of ${length} bytes, expected at most ${LONGEST}`);
  const start = 8 + length;
  if (start > bytes.length) throw new RangeError(`${op}: the file ends within its header of ${length} bytes`);
  const { __metadata__: metadata = {}, ...tensors } = parseHeader(
    op,
    decodeUtf8(op, bytes.subarray(8, start), 'the header'),
  );
  if (!isObject(metadata) || !isStrings(metadata))
    throw new RangeError(`${op}: __metadata__ is not an object of strings`);
  const entries = Object.entries(tensors).map(([name, value]) => readEntry(op, name, value, start));
  checkCoverage(op, entries, start, bytes.length);
  return { entries, metadata };
}

function parseHeader(op: string, text: string): Record<string, unknown> {
  // Before the first brace the format allows nothing, not even space.
  if (!text.startsWith('{')) throw new RangeError(`${op}: the header does not begin with {`);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new RangeError(`${op}: the header is not JSON`);
  }
  if (!isObject(header)) throw new RangeError(`${op}: the header is not a JSON object`);
  // Of two equal keys JSON.parse keeps the last and other readers the first: count the colons in the text against the keys that are left.
  let keys = 0;
  for (const value of Object.values(header)) keys += 1 + (isObject(value) ? Object.keys(value).length : 0);
  const colons = countColons(text);
  if (colons !== keys) throw new RangeError(`${op}: a key of the header is named twice, or nested too deep`);
  return header;
}

/** Colons outside strings of a text that is JSON. */
function countColons(text: string): number {
  let count = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') inString = !inString;
    else if (c === ':' && !inString) count++;
    else if (c === '\\' && inString) i++;
  }
  return count;
}

function readEntry(op: string, name: string, value: unknown, start: number): SafetensorsEntry {
  const fail = (what: string): never => {
    throw new RangeError(`${op}: ${quote(name)}: ${what}`);
  };
  if (!isObject(value)) return fail('the entry is not an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (Object.keys(value).length !== 3) fail('expected the fields dtype, shape and data_offsets');
  if (typeof dtype !== 'string') return fail('dtype is not a string');
  const type = TYPE_NAMES.get(dtype);
  if (type === undefined)
    throw new TypeError(`${op}: ${quote(name)}: elements of dtype ${quote(dtype)} are not supported`);
  if (!isNumbers(shape)) return fail('shape is not an array of numbers');
  if (!isNumbers(offsets) || offsets.length !== 2) return fail('data_offsets is not a pair of numbers');
  const [from, to] = offsets;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    fail(`data_offsets are not rising integers from 0: [${from}, ${to}]`);
  }
  const expected = storedSize(`${op}: ${quote(name)}`, shape) * itemSize(type);
  if (to - from !== expected) fail(`shape [${shape.join(', ')}] of ${dtype} needs ${expected} bytes, got ${to - from}`);
  return { name, type, shape, start: start + from, stop: start + to };
}

function checkCoverage(op: string, entries: readonly SafetensorsEntry[], start: number, end: number): void {
  let at = start;
  for (const entry of [...entries].sort((a, b) => a.start - b.start || a.stop - b.stop)) {
    if (entry.start !== at) {
      const what = entry.start < at ? 'overlaps another tensor' : 'leaves a gap before it';
      throw new RangeError(`${op}: ${quote(entry.name)}: ${what}: it begins at ${entry.start}, expected ${at}`);
    }
    at = entry.stop;
  }
  if (at !== end) throw new RangeError(`${op}: the tensors end at ${at}, the file at ${end}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: Record<string, unknown>): value is Record<string, string> {
  return Object.values(value).every((text) => typeof text === 'string');
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => typeof n === 'number');
}

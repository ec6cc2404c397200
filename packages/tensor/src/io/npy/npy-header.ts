import { describeValue } from '../../core/describe-value.js';
import type { Shape } from '../../core/shape.js';
import { decodeUtf8, quote, viewOf } from '../bytes.js';
import type { StoredType } from '../stored-type.js';
import { type Literal, parseLiteral } from './python-literal.js';

/** What the header of an .npy file says. */
export interface NpyHeader {
  readonly type: StoredType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
  /** Position of the first element. */
  readonly start: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy itself refuses headers beyond 10 000 characters unless told otherwise. */
const LONGEST = 2 ** 20;

/** Kinds of elements that tensors do not hold, by NumPy's letter. */
const FOREIGN: Readonly<Record<string, string>> = {
  O: 'Python objects',
  S: 'byte strings',
  a: 'byte strings',
  U: 'strings',
  V: 'raw or structured elements',
  c: 'complex numbers',
  M: 'dates',
  m: 'time spans',
};

/** Reads the header. Throws a RangeError where the bytes are no .npy file, a TypeError for elements that no tensor holds; both name `op`. */
export function readNpyHeader(op: string, bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError(`${op}: not an .npy file: it does not begin with \\x93NUMPY and a version`);
  }
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new RangeError(`${op}: versions 1.0, 2.0 and 3.0 are known, got ${major}.${minor}`);
  }
  const from = major === 1 ? 10 : 12;
  if (bytes.length < from) throw new RangeError(`${op}: the file ends within its header`);
  const length = major === 1 ? viewOf(bytes).getUint16(8, true) : viewOf(bytes).getUint32(8, true);
  const start = from + length;
  if (start > bytes.length) {
    throw new RangeError(
      `${op}: the file ends within its header: ${length} bytes of text, ${bytes.length - from} there`,
    );
  }
  if (length > LONGEST) throw new RangeError(`${op}: a header of ${length} bytes, expected at most ${LONGEST}`);
  const text = bytes.subarray(from, start);
  return { ...parseHeader(op, major === 3 ? decodeUtf8(op, text, 'the header') : decodeLatin1(text)), start };
}

/** The header that NumPy writes, padded with spaces so that the elements start at a multiple of 64. */
export function writeNpyHeader(type: StoredType, fortranOrder: boolean, shape: Shape): Uint8Array {
  const descr = `${type.endsWith('1') ? '|' : '<'}${type}`;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const total = 64 * Math.ceil((10 + text.length + 1) / 64);
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([...MAGIC, 1, 0]);
  viewOf(bytes).setUint16(8, total - 10, true);
  for (let i = 0; i < text.length; i++) bytes[10 + i] = text.charCodeAt(i);
  bytes[total - 1] = 0x0a;
  return bytes;
}

/** Not TextDecoder: its latin1 is windows-1252. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function parseHeader(op: string, text: string): Omit<NpyHeader, 'start'> {
  let header: Literal;
  try {
    header = parseLiteral(text);
  } catch (error) {
    throw new RangeError(`${op}: the header is no Python dictionary: ${error instanceof Error ? error.message : ''}`);
  }
  if (!(header instanceof Map)) throw new RangeError(`${op}: the header is no Python dictionary: ${quote(text)}`);
  const field = (name: string): Literal => {
    const value = header.get(name);
    if (value === undefined) throw new RangeError(`${op}: the header has no '${name}'`);
    return value;
  };
  const [descr, fortranOrder, shape] = [field('descr'), field('fortran_order'), field('shape')];
  if (header.size !== 3) throw new RangeError(`${op}: the header has ${header.size} fields, expected 3`);
  if (typeof fortranOrder !== 'boolean') throw new RangeError(`${op}: 'fortran_order' is neither True nor False`);
  if (!isSizes(shape)) throw new RangeError(`${op}: 'shape' is not a tuple of sizes`);
  return { ...parseDescr(op, descr), fortranOrder, shape };
}

function isSizes(value: Literal): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => typeof n === 'number');
}

function parseDescr(op: string, descr: Literal): Pick<NpyHeader, 'type' | 'littleEndian'> {
  if (Array.isArray(descr))
    throw new TypeError(`${op}: structured elements are not supported: save each field by itself`);
  if (typeof descr !== 'string') throw new RangeError(`${op}: 'descr' is no dtype: ${describeValue(descr)}`);
  const [, order, kind, width] = /^([<>|])?([a-zA-Z])(\d*)/.exec(descr) ?? [];
  const foreign = kind !== undefined && Object.hasOwn(FOREIGN, kind) ? FOREIGN[kind] : undefined;
  if (foreign !== undefined) throw new TypeError(`${op}: ${foreign} are not supported: dtype ${quote(descr)}`);
  const type = TYPES.find((name) => name === `${kind}${width}`);
  if (type === undefined || descr !== `${order}${type}` || (order === '|' && width !== '1')) {
    throw new TypeError(`${op}: elements of dtype ${quote(descr)} are not supported`);
  }
  return { type, littleEndian: order !== '>' };
}

const TYPES: readonly StoredType[] = ['b1', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8'];

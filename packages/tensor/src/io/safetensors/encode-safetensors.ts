import { describeValue } from '../../core/describe-value.js';
import type { DType } from '../../core/dtype.js';
import { checkOptions } from '../../core/options.js';
import type { Tensor } from '../../core/tensor.js';
import { quote, viewOf } from '../bytes.js';
import { checkText, expectTensors } from '../check-names.js';
import { encodedLength, encodeElements } from '../encode-elements.js';

/** Options of `encodeSafetensors`. */
export interface EncodeSafetensorsOptions {
  /** Texts by name, written as `__metadata__`; default none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<DType, string>> = { float64: 'F64', float32: 'F32', int32: 'I32', bool: 'BOOL' };

/** Order of the data: wide elements first, so that every tensor is aligned. */
const RANKS: Readonly<Record<DType, number>> = { float64: 0, float32: 1, int32: 2, bool: 3 };

/**
 * The bytes of a .safetensors file: F64, F32, I32 and BOOL.
 *
 * Tensors stand by dtype, widest first, and by name within a dtype; the header is padded with spaces to a multiple of 8, so that every element is
 * aligned. Equal tensors, names and metadata give equal bytes, whatever the order of the keys. Throws a TypeError where a value is no tensor or no text, a
 * RangeError for a tensor named `__metadata__`. Cost: one copy of the elements. Format: huggingface/safetensors, README.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  options: EncodeSafetensorsOptions = {},
): Uint8Array {
  const op = 'encodeSafetensors';
  const entries = expectTensors(op, tensors).sort(
    ([a, x], [b, y]) => RANKS[x.dtype] - RANKS[y.dtype] || (a < b ? -1 : 1),
  );
  checkOptions(op, options, { metadata: 'own' });
  const fields = [...metadataField(op, options.metadata)];
  let length = 0;
  for (const [name, x] of entries) {
    if (name === '__metadata__') throw new RangeError(`${op}: no tensor can have the name __metadata__`);
    const from = length;
    length += encodedLength(x);
    const entry = { dtype: TYPES[x.dtype], shape: x.shape, data_offsets: [from, length] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = 8 * Math.ceil(header.length / 8);
  if (padded > 100_000_000)
    throw new RangeError(`${op}: a header of ${padded} bytes, at most 100000000 may be written`);
  const bytes = new Uint8Array(8 + padded + length);
  viewOf(bytes).setUint32(0, padded, true);
  bytes.fill(0x20, 8 + header.length, 8 + padded);
  bytes.set(header, 8);
  let at = 8 + padded;
  for (const [, x] of entries) {
    encodeElements(bytes, at, x);
    at += encodedLength(x);
  }
  return bytes;
}

/** The field of the header as JSON, its names sorted; none where there is no metadata. */
function metadataField(op: string, metadata: EncodeSafetensorsOptions['metadata']): string[] {
  if (metadata === undefined) return [];
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new TypeError(`${op}: metadata must be an object of strings, got ${describeValue(metadata)}`);
  }
  const texts = Object.entries(metadata).map(([name, text]) => {
    if (typeof text !== 'string') {
      throw new TypeError(`${op}: metadata ${quote(name)} must be a string, got ${describeValue(text)}`);
    }
    checkText(op, name, 'a name of metadata');
    checkText(op, text, `metadata ${quote(name)}`);
    return `${JSON.stringify(name)}:${JSON.stringify(text)}`;
  });
  return [`"__metadata__":{${texts.sort().join(',')}}`];
}

import { Tensor } from '../../core/tensor.js';
import { type Bytes, expectBytes, quote } from '../bytes.js';
import { decodeElements } from '../decode-elements.js';
import { readSafetensorsHeader } from './safetensors-header.js';

/** What `decodeSafetensors` returns. */
export interface Safetensors {
  /** Tensors by name, in the order of the header. */
  readonly tensors: Record<string, Tensor>;
  /** The entry `__metadata__`, {} where there is none. */
  readonly metadata: Record<string, string>;
}

/**
 * The tensors and the metadata in the bytes of a .safetensors file.
 *
 * F64, F32, I32 and BOOL stay what they are, on the memory of `bytes` when aligned there, else copied. F16 and BF16 become float32; I8, I16, U8, U16
 * int32; U32, I64, U64 float64, where an integer that no double equals is an error. A tensor on the memory of `bytes` changes when they are
 * written to.
 *
 * Throws a RangeError for a file that is damaged: a header beyond 100 MB, a key named twice, entries that overlap, leave a gap or do not fit their shape; a
 * TypeError for other dtypes (F8, F4, C64) and for what is not bytes. Format: huggingface/safetensors, README.
 */
export function decodeSafetensors(bytes: Bytes): Safetensors {
  const op = 'decodeSafetensors';
  const file = expectBytes(op, bytes);
  const { entries, metadata } = readSafetensorsHeader(op, file);
  const tensors = entries.map(({ name, type, shape, start, stop }): [string, Tensor] => {
    const { data, dtype } = decodeElements(`${op}: ${quote(name)}`, file.subarray(start, stop), type, true);
    return [name, new Tensor(data, dtype, shape)];
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

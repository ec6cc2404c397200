import { expectTensor } from '../../core/as-tensor.js';
import { transpose } from '../../core/ops/transpose.js';
import { checkOptions } from '../../core/options.js';
import type { Tensor } from '../../core/tensor.js';
import { encodedLength, encodeElements } from '../encode-elements.js';
import { storedTypeOf } from '../stored-type.js';
import { writeNpyHeader } from './npy-header.js';

/** Options of `encodeNpy`. */
export interface EncodeNpyOptions {
  /** Whether the first axis is fastest in the file, default false: last axis fastest. */
  readonly fortranOrder?: boolean;
}

/** Defaults of `encodeNpy`. */
export const encodeNpyDefaults: Required<EncodeNpyOptions> = { fortranOrder: false };

/**
 * The bytes of an .npy file, version 1.0, little-endian: `<f8`, `<f4`, `<i4` or `|b1`.
 *
 * Equal elements give equal bytes, whatever the strides of x. Throws a TypeError where x is no tensor. Cost: one copy of the elements.
 * Format: numpy.lib.format, NEP 1.
 */
export function encodeNpy(x: Tensor, options: EncodeNpyOptions = {}): Uint8Array {
  expectTensor('encodeNpy', x);
  checkOptions('encodeNpy', options, { fortranOrder: 'boolean' });
  const { fortranOrder = encodeNpyDefaults.fortranOrder } = options;
  const header = writeNpyHeader(storedTypeOf(x.dtype), fortranOrder, x.shape);
  const bytes = new Uint8Array(header.length + encodedLength(x));
  bytes.set(header);
  encodeElements(bytes, header.length, fortranOrder ? transpose(x) : x);
  return bytes;
}

import { checkOptions } from '../../core/options.js';
import type { Tensor } from '../../core/tensor.js';
import { expectTensors } from '../check-names.js';
import { encodeNpy } from '../npy/encode-npy.js';
import { chooseDeflate, type Deflate } from './deflate.js';
import { writeZip } from './zip-write.js';

/** Options of `encodeNpz`. */
export interface EncodeNpzOptions {
  /** Whether to compress, default false. */
  readonly compress?: boolean;
  /** What deflates. Default: Node's zlib; none in browsers. */
  readonly deflate?: Deflate;
}

/** Defaults of `encodeNpz`. */
export const encodeNpzDefaults: Required<Pick<EncodeNpzOptions, 'compress'>> = { compress: false };

/**
 * The bytes of an .npz archive that NumPy's `load` reads: one .npy file a tensor, in the order of the object's keys, dated 1 January 1980.
 *
 * Equal tensors under equal names give equal bytes, compressed ones for the same version of the deflater. Throws a TypeError where a value is no
 * tensor and where nothing can compress, a RangeError beyond 4 GiB or 65534 tensors.
 */
export function encodeNpz(tensors: Readonly<Record<string, Tensor>>, options: EncodeNpzOptions = {}): Uint8Array {
  const op = 'encodeNpz';
  const files = expectTensors(op, tensors);
  checkOptions(op, options, { compress: 'boolean', deflate: 'own' });
  const { compress = encodeNpzDefaults.compress } = options;
  const { deflateRaw } = chooseDeflate(op, options.deflate);
  if (compress && deflateRaw === undefined)
    throw new TypeError(`${op}: there is nothing to compress with: pass { deflate }`);
  return writeZip(
    op,
    files.map(([name, x]) => ({ name: `${name}.npy`, data: () => encodeNpy(x) })),
    compress ? deflateRaw : undefined,
  );
}

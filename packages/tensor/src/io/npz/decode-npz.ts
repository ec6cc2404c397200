import { describeValue } from '../../core/describe-value.js';
import { checkOptions } from '../../core/options.js';
import type { Tensor } from '../../core/tensor.js';
import { type Bytes, expectBytes, quote } from '../bytes.js';
import { decodeNpyNamed } from '../npy/decode-npy.js';
import { chooseDeflate, type Deflate } from './deflate.js';
import { readZipDirectory } from './zip-directory.js';
import { locateEntries, readEntryData } from './zip-read.js';

/** Options of `decodeNpz`. */
export interface DecodeNpzOptions {
  /** Which tensors to decode, by name; the others may hold what no tensor does. Default: all. */
  readonly names?: readonly string[];
  /** What inflates compressed archives. Default: Node's zlib; none in browsers. */
  readonly deflate?: Deflate;
  /** Most bytes that compressed entries may come to, default 2³¹. */
  readonly maxBytes?: number;
}

/** Defaults of `decodeNpz`. */
export const decodeNpzDefaults: Required<Pick<DecodeNpzOptions, 'maxBytes'>> = { maxBytes: 2 ** 31 };

/**
 * The tensors in the bytes of an .npz archive by name, without the suffix `.npy`: what NumPy's `savez` and `savez_compressed` write. Elements as for
 * `decodeNpy`; those of entries that are not compressed may lie in `bytes` itself.
 *
 * Reads zip64 and data descriptors. Throws a RangeError for an archive that is truncated, damaged (CRC-32), encrypted, self-contradictory or beyond
 * `maxBytes`, for two entries of one name and for a name asked for that is not there; a TypeError for elements that no tensor holds, and for a
 * compressed entry where nothing can inflate it. Format: PKWARE APPNOTE.
 */
export function decodeNpz(bytes: Bytes, options: DecodeNpzOptions = {}): Record<string, Tensor> {
  const op = 'decodeNpz';
  const archive = expectBytes(op, bytes);
  checkOptions(op, options, { names: 'own', deflate: 'own', maxBytes: 'number' });
  const { names, maxBytes = decodeNpzDefaults.maxBytes } = options;
  if (names !== undefined && !(Array.isArray(names) && names.every((name) => typeof name === 'string'))) {
    throw new TypeError(`${op}: names must be an array of strings, got ${describeValue(names)}`);
  }
  if (!(maxBytes >= 0)) {
    throw new RangeError(`${op}: maxBytes must be a number from 0, got ${maxBytes}`);
  }
  const deflate = chooseDeflate(op, options.deflate);

  const directory = readZipDirectory(op, archive);
  const starts = locateEntries(op, archive, directory);
  const byName = new Map(directory.entries.map((entry, i) => [entry.name.replace(/\.npy$/, ''), i]));
  if (byName.size !== directory.entries.length) throw new RangeError(`${op}: two entries have the same name`);
  let total = 0;
  const decode = (name: string): [string, Tensor] => {
    const i = byName.get(name);
    if (i === undefined) throw new RangeError(`${op}: there is no tensor ${quote(name)} in the archive`);
    const entry = directory.entries[i];
    if (entry.size !== entry.compressedSize) total += entry.size;
    if (total > maxBytes)
      throw new RangeError(`${op}: the tensors come to more than ${maxBytes} bytes: raise maxBytes`);
    const data = readEntryData(op, archive, entry, starts[i], deflate);
    return [name, decodeNpyNamed(`${op}: ${quote(entry.name)}`, data)];
  };
  return Object.fromEntries([...new Set(names ?? byName.keys())].map(decode));
}

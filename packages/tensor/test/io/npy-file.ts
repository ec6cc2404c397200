import { latin1 } from './tensors.js';

/** An .npy file put together by hand; nothing in it is checked. */
export interface NpyParts {
  readonly version?: number;
  readonly descr?: string;
  readonly fortran?: string;
  readonly shape?: string;
  readonly header?: string;
  readonly data?: ArrayLike<number>;
}

/** The bytes of such a file. */
export function npyFile({
  version = 1,
  descr = '<f8',
  fortran = 'False',
  shape = '()',
  header,
  data = [],
}: NpyParts): Uint8Array {
  const text = latin1(header ?? `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`);
  const n = text.length;
  const length = version === 1 ? [n & 255, n >> 8] : [n & 255, (n >> 8) & 255, n >> 16, 0];
  return Uint8Array.from([0x93, ...latin1('NUMPY'), version, 0, ...length, ...text, ...Array.from(data)]);
}

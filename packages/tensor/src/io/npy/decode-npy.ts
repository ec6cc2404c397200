import { contiguousStrides, type Shape, showShape } from '../../core/shape.js';
import { Tensor } from '../../core/tensor.js';
import { type Bytes, expectBytes } from '../bytes.js';
import { decodeElements } from '../decode-elements.js';
import { storedSize } from '../stored-shape.js';
import { itemSize } from '../stored-type.js';
import { readNpyHeader } from './npy-header.js';

/**
 * The tensor in the bytes of an .npy file: versions 1 to 3, either byte order, C or Fortran order (a view with the axes reversed).
 *
 * | in the file | tensor |
 * |---|---|
 * | float64, float32, int32, bool | the same, on the memory of `bytes` when aligned there and in this machine's byte order, else a copy |
 * | int8, int16, uint8, uint16 | int32 |
 * | uint32, int64, uint64 | float64; an integer that no double equals is an error |
 * | float16 | float32 |
 *
 * A tensor on the memory of `bytes` changes when they are written to. Throws a RangeError for a file that is damaged or has bytes left over, a
 * TypeError for objects, strings, dates, complex and structured elements and for what is not bytes. Allocates at most four bytes for each
 * byte of the file. Format: numpy.lib.format, NEP 1.
 */
export function decodeNpy(bytes: Bytes): Tensor {
  return decodeNpyNamed('decodeNpy', expectBytes('decodeNpy', bytes));
}

/** {@link decodeNpy} with messages that begin with `op`. */
export function decodeNpyNamed(op: string, bytes: Uint8Array): Tensor {
  const { type, littleEndian, fortranOrder, shape, start } = readNpyHeader(op, bytes);
  const expected = storedSize(op, shape) * itemSize(type);
  if (bytes.length - start !== expected) {
    throw new RangeError(
      `${op}: shape ${showShape(shape)} of ${type} needs ${expected} bytes, ${bytes.length - start} follow the header`,
    );
  }
  const { data, dtype } = decodeElements(op, bytes.subarray(start), type, littleEndian);
  return new Tensor(data, dtype, shape, fortranOrder ? fortranStrides(shape) : contiguousStrides(shape));
}

/** Strides of a gap-free layout whose first axis is fastest. */
function fortranStrides(shape: Shape): number[] {
  return contiguousStrides([...shape].reverse()).reverse();
}

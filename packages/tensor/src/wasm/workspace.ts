import { ALIGNMENT } from './blocks.js';

/**
 * Arrays in the memory of the kernels, for work that goes over the same numbers many times: they are copied in once and out once. What they hold at
 * first is undefined. `array.byteOffset` is the address of its first element.
 */
export interface Workspace {
  /** Throws a RangeError when the workspace was made for less. */
  readonly float64: (length: number) => Float64Array;
  readonly float32: (length: number) => Float32Array;
  readonly int32: (length: number) => Int32Array;
  /** Gives the memory back; whoever still holds one of the arrays would see what others write. */
  readonly release: () => void;
}

/** Kernels that work by whole vectors may read, and write, so many bytes behind an array. */
const SLACK = 64;

function paddedBytes(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}

/** Bytes of a workspace with arrays of these numbers of bytes. */
export function workspaceBytes(...arrays: readonly number[]): number {
  return arrays.reduce((sum, bytes) => sum + paddedBytes(bytes), 0);
}

/** Hands out arrays one after another from a block of memory. */
export function createWorkspace(
  buffer: ArrayBufferLike,
  address: number,
  bytes: number,
  release: () => void,
): Workspace {
  let next = address;
  const take = (length: number): number => {
    const at = next;
    next += paddedBytes(length);
    if (next > address + bytes) throw new RangeError(`workspace: ${next - address} bytes asked for, it has ${bytes}`);
    return at;
  };
  return {
    float64: (length) => new Float64Array(buffer, take(8 * length), length),
    float32: (length) => new Float32Array(buffer, take(4 * length), length),
    int32: (length) => new Int32Array(buffer, take(4 * length), length),
    release,
  };
}

import { type Workspace, workspace, workspaceBytes } from '@neuronseek/tensor/kernels';

/** Working memory given out and taken back like a stack. */
export interface Scratch {
  /** An array with undefined contents; an ordinary one where the memory is used up. */
  readonly take: (length: number) => Float64Array;
  /** Runs `use`; what was taken meanwhile is free again afterwards. */
  readonly within: <T>(use: () => T) => T;
}

/** Kernels may write whole vectors: so many numbers stay free behind each array. */
const SLACK = 8;

/** A stack of arrays in the given memory. */
export function scratchIn(memory: Float64Array): Scratch {
  let next = 0;
  return {
    take: (length) => {
      const end = next + length;
      if (end + SLACK > memory.length) return new Float64Array(length);
      const taken = memory.subarray(next, end);
      next = SLACK * Math.ceil((end + SLACK) / SLACK);
      return taken;
    },
    within: (use) => {
      const mark = next;
      try {
        return use();
      } finally {
        next = mark;
      }
    },
  };
}

/** Multiplications of a pass below which the kernels work on ordinary arrays too. */
const SMALL = 2 ** 15;

/**
 * What `use` returns, which gets an allocator for `length` numbers and a scratch of `working` numbers in memory where the kernels read in place; it is
 * given back afterwards, also where something throws. Ordinary arrays, with the same bits, where there is none or the work is little.
 */
export function withMemory<T>(
  length: number,
  working: number,
  use: (allocate: (length: number) => Float64Array, scratch: Scratch) => T,
  make: (bytes: number) => Workspace | undefined = workspace,
): T {
  const memory = length + working < SMALL ? undefined : make(workspaceBytes(8 * length, 8 * working));
  try {
    const plain = (count: number): Float64Array => new Float64Array(count);
    const scratch = scratchIn(memory ? memory.float64(working) : new Float64Array(0));
    return use(memory?.float64 ?? plain, scratch);
  } finally {
    memory?.release();
  }
}

import { workspace, workspaceBytes } from '@neuronseek/tensor/kernels';

/** Arrays for work that kernels go over many times, given back together. */
export interface Memory {
  readonly float64: (length: number) => Float64Array;
  /** The array of this name, at least this long; what it holds lasts until the name is asked for again. */
  readonly scratch: (name: string, length: number) => Float64Array;
  readonly release: () => void;
}

/** Arrays in the memory of the kernels where there is some, ordinary ones elsewhere. */
export function createMemory(): Memory {
  const releases: (() => void)[] = [];
  const named = new Map<string, { array: Float64Array; release: () => void }>();
  const take = (length: number): { array: Float64Array; release: () => void } => {
    const block = workspace(workspaceBytes(8 * length));
    if (block === undefined) return { array: new Float64Array(length), release: () => undefined };
    return { array: block.float64(length), release: block.release };
  };
  return {
    float64: (length) => {
      const { array, release } = take(length);
      releases.push(release);
      return array;
    },
    scratch: (name, length) => {
      const known = named.get(name);
      if (known !== undefined && known.array.length >= length) return known.array;
      known?.release();
      const taken = take(Math.max(length, 2 * (known?.array.length ?? 0)));
      named.set(name, taken);
      return taken.array;
    },
    release: () => {
      for (const release of releases.splice(0)) release();
      for (const { release } of named.values()) release();
      named.clear();
    },
  };
}

/** Blocks begin at multiples of this many bytes: a cache line, and four vectors. */
export const ALIGNMENT: number = 64;

/** Who has which stretch of an address space. */
export interface Blocks {
  /** Address of a block of at least `bytes` that nobody else has, a multiple of 64; undefined where the space is exhausted. */
  readonly allocate: (bytes: number) => number | undefined;
  /** Gives back a block by its address. Throws for an address that `allocate` did not return, or that was given back before. */
  readonly release: (address: number) => void;
  /** Bytes that are out. */
  readonly used: () => number;
}

interface Stretch {
  readonly at: number;
  readonly bytes: number;
}

/**
 * First fit over a list of free stretches, ordered by address and merged with their neighbours: the owners are few (a decomposition, a training
 * step), their blocks large, so a walk through the list costs nothing beside their work.
 *
 * The space is [start, end); where no stretch is large enough, `grow` is asked for at least so many bytes more at the end and answers how many
 * it added, 0 for none.
 */
export function createBlocks(start: number, end: number, grow: (bytes: number) => number): Blocks {
  const free: Stretch[] = start < end ? [{ at: start, bytes: end - start }] : [];
  const taken = new Map<number, number>();
  let limit = end;
  let used = 0;

  /** Puts a stretch back among the free ones. */
  const insert = (at: number, bytes: number): void => {
    let next = free.findIndex((stretch) => stretch.at > at);
    if (next < 0) next = free.length;
    const before = free[next - 1];
    const after = free[next];
    const joinsBefore = before !== undefined && before.at + before.bytes === at;
    const joinsAfter = after !== undefined && at + bytes === after.at;
    const from = joinsBefore ? before.at : at;
    const to = joinsAfter ? after.at + after.bytes : at + bytes;
    free.splice(joinsBefore ? next - 1 : next, Number(joinsBefore) + Number(joinsAfter), {
      at: from,
      bytes: to - from,
    });
  };

  return {
    allocate: (bytes) => {
      const size = blockBytes(bytes);
      let place = free.findIndex((stretch) => stretch.bytes >= size);
      if (place < 0) {
        const last = free.at(-1);
        const atEnd = last !== undefined && last.at + last.bytes === limit ? last.bytes : 0;
        const added = grow(size - atEnd);
        if (added === 0) return undefined;
        insert(limit, added);
        limit += added;
        place = free.length - 1;
      }
      const { at, bytes: found } = free[place];
      if (found === size) free.splice(place, 1);
      else free[place] = { at: at + size, bytes: found - size };
      taken.set(at, size);
      used += size;
      return at;
    },
    release: (address) => {
      const bytes = taken.get(address);
      if (bytes === undefined) throw new RangeError(`release: no block begins at ${address}`);
      taken.delete(address);
      used -= bytes;
      insert(address, bytes);
    },
    used: () => used,
  };
}

/** Bytes of the block that `allocate(bytes)` hands out. */
export function blockBytes(bytes: number): number {
  return Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
}

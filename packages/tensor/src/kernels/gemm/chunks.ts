/** How a stack of products is cut for threads: chunks of whole products, or of tiles of the rows and columns of one. */
export interface Chunks {
  readonly chunks: number;
  /** Products to a chunk. */
  readonly each: number;
  /** Rows and columns to a chunk. */
  readonly tall: number;
  readonly wide: number;
}

/** Multiplications of a chunk at least, about 70 µs in float64; and chunks at most, of large products. */
const LEAST = 2 ** 20;
const MOST_CHUNKS = 64;
/** Sides of a tile at least, and what they are multiples of: every tile packs its columns of B, and strips of A that stands by columns, anew. */
const TALL = 64;
const WIDE = 64;

/** The chunks of `count` products of m x k by k x n: by these sizes alone, so that they are the same for any number of threads. */
export function cutChunks(count: number, m: number, n: number, k: number): Chunks {
  const one = m * n * k;
  const target = Math.max(LEAST, (count * one) / MOST_CHUNKS);
  if (one <= target) {
    const each = Math.min(count, Math.floor(target / one));
    return { chunks: Math.ceil(count / each), each, tall: m, wide: n };
  }
  const area = target / k;
  const wide = Math.min(n, Math.ceil(Math.max(area / m, 1) / WIDE) * WIDE);
  const tall = Math.min(m, Math.ceil(area / wide / TALL) * TALL);
  return { chunks: count * Math.ceil(m / tall) * Math.ceil(n / wide), each: 1, tall, wide };
}

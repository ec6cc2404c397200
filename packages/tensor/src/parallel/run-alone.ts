/** One call of `parallelFor`. */
export interface Job {
  /** For messages. */
  readonly name: string;
  readonly id: number;
  /** What a helper needs to know of the kernel, once; undefined where it cannot take part. */
  readonly announcement: (helper: number) => object | undefined;
  /** A chunk in this thread. */
  readonly runChunk: (chunk: number) => void;
  readonly values: readonly number[];
  /** Arguments that are no numbers, for functions of modules. */
  readonly shared?: { readonly args: unknown };
}

/** The chunks one after another, in this thread. */
export function runAlone({ name, runChunk }: Job, chunks: number): void {
  let chunk = 0;
  try {
    for (; chunk < chunks; chunk++) runChunk(chunk);
  } catch (error) {
    throw failure(name, chunk, error);
  }
}

/** The error for a chunk. */
export function failure(name: string, chunk: number, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`parallelFor: kernel ${name} failed in chunk ${chunk}: ${reason}`, { cause });
}

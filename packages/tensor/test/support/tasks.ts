import { configure, mapTasks } from '../../src/parallel/index.js';

// What the tests of threads run in them.

/** Numbers that depend on the item alone, after a while that depends on it as well. */
export function work({ seed, turns }: { seed: number; turns: number }): Float64Array {
  const x = new Float64Array(50).fill(seed);
  for (let i = 0; i < turns; i++) for (let j = 0; j < x.length; j++) x[j] = Math.sqrt(x[j] * 1.5 + j);
  return x;
}

export async function later({ value, ms }: { value: number; ms: number }): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return value;
}

/** Throws on negative numbers, the later the larger. */
export async function refuse(x: number): Promise<number> {
  if (x >= 0) return x;
  await new Promise((resolve) => setTimeout(resolve, 2 * -x));
  throw new RangeError(`${x} is negative`);
}

export function describe(x: unknown): string {
  return String(x);
}

/** After a while its value, an error, or the end of its thread. */
export async function fate({ ms, end }: { ms: number; end: 'value' | 'throw' | 'quit' }): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (end === 'quit') process.exit(0);
  if (end === 'throw') throw new RangeError('refused');
  return end;
}

/** Throws what structured clones make a plain object of. */
export function giveUp(): void {
  throw new DOMException('given up', 'AbortError');
}

export function forever(): void {
  for (;;);
}

export function never(): Promise<void> {
  return new Promise(() => undefined);
}

export function quit(x: number): number {
  if (x < 0) process.exit(0);
  return x;
}

/** Ends its thread by an error that nobody catches. */
export function burst(): Promise<void> {
  setTimeout(() => {
    throw new Error('burst');
  });
  return never();
}

export function threadsInside(): number {
  return configure().threads;
}

export function nested(x: number): Promise<number[]> {
  return mapTasks({ module: import.meta.url, name: 'refuse' }, [x, x + 1]);
}

export function unsendable(): () => void {
  return () => undefined;
}

/** A chunk: fills a row of a shared matrix. */
export function fillRow(
  chunk: number,
  { out, columns, factor }: { out: Float64Array; columns: number; factor: number },
): void {
  for (let j = 0; j < columns; j++) out[chunk * columns + j] += factor * (chunk + 1) * Math.sqrt(j);
}

/** A chunk that writes down which thread it ran in: 0 is the calling one. */
export function mark(chunk: number, { threads }: { threads: Int32Array }): void {
  const { threadId } = process.getBuiltinModule('node:worker_threads');
  threads[chunk] = threadId;
  for (let i = 0; i < 20_000; i++) Math.sqrt(i);
}

export function giveUpChunk(): void {
  giveUp();
}

export function refuseChunk(chunk: number, { from }: { from: number }): void {
  if (chunk >= from) throw new RangeError(`not ${chunk}`);
}

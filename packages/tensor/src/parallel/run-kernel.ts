import type { ChunkKernel } from './chunk-kernel.js';
import { MOST_ARGUMENTS } from './control.js';
import { runJob } from './run-job.js';

/**
 * `parallelFor` of a kernel, for the kernels of this package, which know what they pass: a program that multiplies matrices does not carry what functions
 * of modules need.
 */
export function runKernel(
  { name, id, announcement, run, scratch }: ChunkKernel,
  chunks: number,
  values: readonly number[],
  threads?: number,
): void {
  if (values.length > MOST_ARGUMENTS) {
    throw new RangeError(`parallelFor: a kernel has at most ${MOST_ARGUMENTS} arguments, got ${values.length}`);
  }
  const parameters = [0, scratch, ...values];
  const runChunk = (chunk: number): void => {
    parameters[0] = chunk;
    run(...parameters);
  };
  runJob({ name, id, announcement, runChunk, values }, chunks, threads);
}

let last = -1;

/** Numbers kernels from 0 on: threads know them by number. */
export function nextKernelId(): number {
  return ++last;
}

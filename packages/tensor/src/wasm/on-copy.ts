import type { WasmRuntime } from './runtime.js';
import { workspaceBytes } from './workspace.js';

/**
 * Calls `work` with `count` numbers of `a` from `offset` on, where they stand now and `scratch` more numbers of undefined content: a copy in the
 * memory of the kernels, written back at the end, or `a` itself if it stands there already, `copy` is false or there is no room. Nothing is kept.
 */
export function onCopy<R>(
  runtime: WasmRuntime,
  copy: boolean,
  a: Float64Array,
  offset: number,
  count: number,
  scratch: number,
  work: (a: Float64Array, offset: number, scratch: Float64Array) => R,
): R {
  const resident = copy && runtime.addressOf(a) !== undefined;
  const needed = resident ? [8 * scratch] : [8 * scratch, 8 * count];
  const space = copy ? runtime.workspace(workspaceBytes(...needed)) : undefined;
  if (space === undefined) return work(a, offset, new Float64Array(scratch));
  try {
    const more = space.float64(scratch);
    if (resident) return work(a, offset, more);
    const inside = space.float64(count);
    inside.set(a.subarray(offset, offset + count));
    const result = work(inside, 0, more);
    a.set(inside, offset);
    return result;
  } finally {
    space.release();
  }
}

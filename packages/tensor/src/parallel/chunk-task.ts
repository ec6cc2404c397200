import { nextKernelId } from './kernel-id.js';
import { type Task, taskModule } from './task.js';

/** A function of a module, for `parallelFor`: `name` of `module` and `run` must be the same function, called as f(chunk, args). */
export interface ChunkTask<Args> extends Task {
  /** The function itself, for this thread. It must not be asynchronous. */
  readonly run: (chunk: number, args: Args) => void;
}

const ids: Map<string, number> = /* @__PURE__ */ new Map();

/** The number of a task, and what helpers need to know of it. */
export function identify(task: ChunkTask<never>): { readonly id: number; readonly announcement: () => object } {
  const address = taskModule('parallelFor', task);
  const key = `${address} ${task.name}`;
  const id = ids.get(key) ?? nextKernelId();
  ids.set(key, id);
  return { id, announcement: () => ({ id, task: address, name: task.name }) };
}

import type { ModuleBuilder } from '../wasm/assembler/module-builder.js';
import type { WasmFunction } from '../wasm/engine.js';
import { type Place, type WasmRuntime, wasmRuntime } from '../wasm/runtime.js';
import { workspaceBytes } from '../wasm/workspace.js';
import { nextKernelId } from './kernel-id.js';

/** Bytes of scratch that every thread has of its own: 1 MiB. */
export const SCRATCH_BYTES: number = 2 ** 20;

/** A WebAssembly kernel whose work falls into chunks that can run at the same time. */
export interface ChunkKernel {
  /** For messages. */
  readonly name: string;
  /** Runs one chunk in this thread: run(chunk, scratch, ...args). */
  readonly run: WasmFunction;
  /** Address of this thread's scratch. What a chunk leaves there is undefined for the next one. */
  readonly scratch: number;
  /** The first 2 MiB of the memory, for copies of what does not live there. All threads see it. */
  readonly arena: Float64Array;
  readonly id: number;
  /** What helper number 0, 1, … needs to run it; undefined where memory is not shared, or exhausted. */
  readonly announcement: (helper: number) => object | undefined;
}

/**
 * A kernel for `parallelFor`, compiled when it is first asked for; undefined where there is no engine, or as long as there is no memory for its scratch: the
 * caller has plain loops for that.
 *
 * The module exports `run(chunk, scratch, ...args)`: numbers, of which chunk and scratch are i32. Chunks may run in any order and at the same time, in any
 * thread, so each writes where no other one reads or writes, and its result depends on its number and the arguments alone. What it needs besides goes into
 * the scratch, 1 MiB that belongs to the thread. Everything else has to live in the one memory of the runtime: in workspaces, or in the arena.
 */
export function chunkKernel(
  name: string,
  build: (place: Place) => ModuleBuilder,
  runtime: WasmRuntime = wasmRuntime,
): () => ChunkKernel | undefined {
  const compiled = runtime.kernel(build);
  let made: ChunkKernel | undefined;
  const make = (): ChunkKernel | undefined => {
    const found = compiled();
    const scratch = scratchOf(runtime, 0);
    if (found === undefined || scratch === undefined) return undefined;
    const { run, arena, module } = found;
    const announcement = (helper: number): object | undefined => {
      const memory = runtime.sharedMemory();
      const own = scratchOf(runtime, helper + 1);
      return memory && own !== undefined ? { id, module, memory, scratch: own } : undefined;
    };
    const id = nextKernelId();
    return { name, run, arena, scratch, id, announcement };
  };
  return () => {
    made ??= make();
    return made;
  };
}

/** Addresses of the scratch of every thread, by runtime; the calling thread is number 0. */
const scratches: WeakMap<WasmRuntime, (number | undefined)[]> = /* @__PURE__ */ new WeakMap();

function scratchOf(runtime: WasmRuntime, thread: number): number | undefined {
  const known = scratches.get(runtime) ?? [];
  scratches.set(runtime, known);
  // Where there is no room it is asked for again the next time: somebody may have given back a workspace.
  known[thread] ??= runtime.workspace(workspaceBytes(SCRATCH_BYTES))?.int32(0).byteOffset;
  return known[thread];
}

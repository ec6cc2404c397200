import { ModuleBuilder } from './assembler/module-builder.js';
import { type Blocks, blockBytes, createBlocks } from './blocks.js';
import { currentEngine, isWasmFunction, type WasmEngine, type WasmFunction, type WasmMemory } from './engine.js';
import { createWorkspace, type Workspace } from './workspace.js';

/** Float64 numbers of the arena, the scratch at the beginning of the memory: 2 MiB, of which the system provides what is touched. */
export const ARENA_LENGTH: number = 2 ** 18;

const PAGE = 65536;
const ARENA_BYTES = ARENA_LENGTH * 8;

/** 4 GiB: all that addresses of 32 bits reach. The system provides what is touched; until then it is address space. */
const MOST_PAGES = 65536;
/** What there is in all where memory cannot be shared, and so must not grow: 64 MiB. */
const FIXED_PAGES = 1024;
/** Growth is by at least so much, so that many small workspaces do not each ask the system. */
const LEAST_GROWTH = 256;

/**
 * Puts constants, such as a table, into the memory for good and returns their address, a multiple of 64; the same array is placed once. Throws a
 * RangeError where the memory is exhausted, which makes the kernel that asked for it undefined.
 */
export type Place = (data: Float64Array) => number;

/** A compiled kernel and the memory it works on. */
export interface WasmKernel {
  readonly run: WasmFunction;
  /** The first 2 MiB of the memory. It is scratch: a call copies in, runs and copies out, and nothing is kept for the next one. */
  readonly arena: Float64Array;
  /** For threads, which make instances of their own on the same memory. */
  readonly module: object;
}

/** The memory of one realm and the kernels that share it. */
export interface WasmRuntime {
  /** Whether kernels can run here: there is an engine that knows vectors, it may compile, and it grants the memory. */
  readonly available: () => boolean;
  /**
   * A kernel that is compiled when it is first asked for: the function that the module exports as `run`. Undefined, from then on, where the
   * engine is missing or refuses; the caller has a variant in plain loops for that.
   */
  readonly kernel: (build: (place: Place) => ModuleBuilder) => () => WasmKernel | undefined;
  /**
   * Memory for arrays that kernels work on in place; see workspaceBytes for how many bytes they need. Undefined where there is no engine or the
   * memory is exhausted: the caller then works on ordinary arrays. It is given back by `release` or, if an `owner` is named, when that
   * object has been collected.
   */
  readonly workspace: (bytes: number, owner?: object) => Workspace | undefined;
  /** The address of the first element of an array that lives in this memory; undefined for all others. */
  readonly addressOf: (array: ArrayBufferView) => number | undefined;
  /** Bytes of workspaces that were not given back yet. */
  readonly used: () => number;
  /** The memory, where threads can share it. */
  readonly sharedMemory: () => WasmMemory | undefined;
}

interface Base {
  readonly engine: WasmEngine;
  readonly memory: WasmMemory;
  readonly shared: boolean;
  readonly arena: Float64Array;
  readonly blocks: Blocks;
  readonly place: Place;
  /** Addresses of what was placed. */
  readonly placed: Map<Float64Array, number>;
  /** All buffers under which the memory has been known: each growth, also of other shared memories, makes a new one; the old ones stay valid. */
  readonly buffers: WeakSet<ArrayBufferLike>;
}

/**
 * A runtime on an engine that is looked up at the first use.
 *
 * The memory is shared where the realm has shared memory, because only such memory can grow without detaching its buffer: the first detached buffer
 * of a process makes V8 check every access to every typed array from then on (measured: 30 to 40 % of the speed of plain loops, for good).
 * Elsewhere, as on pages without cross-origin isolation, it has a fixed size, as it has where it may not be shared (`mayShare`): V8 copies into shared memory
 * word by word, at half the speed. `mostPages` bounds it.
 */
export function createRuntime(
  findEngine: () => WasmEngine | undefined,
  mostPages: number = MOST_PAGES,
  mayShare = true,
): WasmRuntime {
  const base = lazy((): Base | undefined => {
    const engine = findEngine();
    if (engine === undefined) return undefined;
    const shared = mayShare && typeof Reflect.get(globalThis, 'SharedArrayBuffer') === 'function';
    const memory = shared
      ? new engine.Memory({ initial: ARENA_BYTES / PAGE, maximum: mostPages, shared })
      : new engine.Memory({
          initial: Math.min(FIXED_PAGES, mostPages),
          maximum: Math.min(FIXED_PAGES, mostPages),
          shared,
        });
    const buffers = new WeakSet([memory.buffer]);
    const grow = (bytes: number): number => {
      const pages = Math.ceil(bytes / PAGE);
      const room = shared ? mostPages - memory.buffer.byteLength / PAGE : 0;
      if (pages > room) return 0;
      const added = Math.min(Math.max(pages, LEAST_GROWTH), room);
      // The system may refuse what the maximum allows: it throws a RangeError.
      if (attempt(() => memory.grow(added)) === undefined) return 0;
      buffers.add(memory.buffer);
      return added * PAGE;
    };
    const blocks = createBlocks(ARENA_BYTES, memory.buffer.byteLength, grow);
    const placed = new Map<Float64Array, number>();
    const place: Place = (data) => {
      const address = placed.get(data) ?? blocks.allocate(data.byteLength);
      if (address === undefined) throw new RangeError(`kernel: no memory for ${data.length} constants`);
      if (!placed.has(data)) new Float64Array(memory.buffer, address, data.length).set(data);
      placed.set(data, address);
      return address;
    };
    const arena = new Float64Array(memory.buffer, 0, ARENA_LENGTH);
    return { engine, memory, shared, arena, blocks, place, placed, buffers };
  });

  const kernel = (build: (place: Place) => ModuleBuilder): (() => WasmKernel | undefined) =>
    lazy(() => {
      const found = base();
      if (found === undefined) return undefined;
      const { engine, memory, shared, arena, place } = found;
      const module = new engine.Module(
        build(place).encode({ pages: ARENA_BYTES / PAGE, sharedMaximum: shared ? MOST_PAGES : undefined }),
      );
      const { run } = new engine.Instance(module, { env: { memory } }).exports;
      return isWasmFunction(run) ? { run, arena, module } : undefined;
    });

  // A workspace must not be what keeps its owner from being collected: only its block's address is held.
  const orphans = lazy(() => new FinalizationRegistry<number>((address) => base()?.blocks.release(address)));

  const workspace = (bytes: number, owner?: object): Workspace | undefined => {
    const found = base();
    const address = found?.blocks.allocate(bytes);
    if (found === undefined || address === undefined) return undefined;
    const { memory, blocks, buffers } = found;
    // V8 makes new buffer objects for all shared memories of a process when any of them has grown.
    const { buffer } = memory;
    buffers.add(buffer);
    const token = {};
    if (owner !== undefined) orphans()?.register(owner, address, token);
    let released = false;
    return createWorkspace(buffer, address, bytes, () => {
      if (released) return;
      released = true;
      if (owner !== undefined) orphans()?.unregister(token);
      blocks.release(address);
    });
  };

  const probe = kernel(() => {
    const module = new ModuleBuilder();
    module.addFunction({ params: [], exported: 'run' }, (code) => code.f64(0).op('f64x2.splat').op('drop'));
    return module;
  });
  return {
    kernel,
    available: () => probe() !== undefined,
    workspace,
    addressOf: ({ buffer, byteOffset }) => (base()?.buffers.has(buffer) ? byteOffset : undefined),
    used: () => {
      const found = base();
      if (found === undefined) return 0;
      let constants = 0;
      for (const { byteLength } of found.placed.keys()) constants += blockBytes(byteLength);
      return found.blocks.used() - constants;
    },
    sharedMemory: () => {
      const found = base();
      return found?.shared ? found.memory : undefined;
    },
  };
}

/** Remembers the answer, undefined among them. An engine refuses by throwing: a CompileError by policy, a RangeError for want of memory. */
function lazy<T>(make: () => T | undefined): () => T | undefined {
  let made: { readonly value: T | undefined } | undefined;
  return () => {
    made ??= { value: attempt(make) };
    return made.value;
  };
}

function attempt<T>(make: () => T | undefined): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The runtime of this copy of the package. */
export const wasmRuntime: WasmRuntime = /* @__PURE__ */ createRuntime(currentEngine);

/** Whether WebAssembly kernels can run here; without them everything runs in plain loops, with the same bits. */
export function wasmAvailable(): boolean {
  return wasmRuntime.available();
}

/** Memory of this copy of the package for long-running work; see WasmRuntime and workspaceBytes. */
export function workspace(bytes: number, owner?: object): Workspace | undefined {
  return wasmRuntime.workspace(bytes, owner);
}

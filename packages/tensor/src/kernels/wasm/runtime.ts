import { ModuleBuilder } from '../assembler/module-builder.js';
import { currentEngine, isWasmFunction, type WasmEngine, type WasmFunction } from './engine.js';

/** Float64 numbers in the memory of the kernels: 2 MiB, of which the system provides what is touched. */
export const ARENA_LENGTH: number = 2 ** 18;

const PAGES = (ARENA_LENGTH * 8) / 65536;

/** A compiled kernel and the memory it works on. */
export interface WasmKernel {
  readonly run: WasmFunction;
  /** All of the memory. It is scratch: a call copies in, runs and copies out, and nothing is kept for the next one. */
  readonly arena: Float64Array;
}

/** The memory of one realm and the kernels that share it. */
export interface WasmRuntime {
  /** Whether kernels can run here: there is an engine that knows vectors, it may compile, and it grants the memory. */
  readonly available: () => boolean;
  /**
   * A kernel that is compiled when it is first asked for: the function that the module exports as `run`. Undefined, from then on, where the
   * engine is missing or refuses; the caller has a variant in plain loops for that.
   */
  readonly kernel: (build: () => ModuleBuilder) => () => WasmKernel | undefined;
}

/**
 * A runtime on an engine that is looked up at the first use.
 *
 * The memory never grows: growing detaches its buffer, and the first detached buffer of a process makes V8 check every access to every typed
 * array from then on (measured: 30 to 40 % of the speed of plain loops, for good). A kernel works in panels that fit. It is not shared
 * either: nobody else reads it, and pages without cross-origin isolation have no shared memory.
 */
export function createRuntime(findEngine: () => WasmEngine | undefined): WasmRuntime {
  const base = lazy(() => {
    const engine = findEngine();
    if (engine === undefined) return undefined;
    const memory = new engine.Memory({ initial: PAGES, maximum: PAGES });
    return { engine, memory, arena: new Float64Array(memory.buffer) };
  });

  const kernel = (build: () => ModuleBuilder): (() => WasmKernel | undefined) =>
    lazy(() => {
      const { engine, memory, arena } = base() ?? {};
      if (engine === undefined || memory === undefined || arena === undefined) return undefined;
      const module = new engine.Module(build().encode(PAGES));
      const { run } = new engine.Instance(module, { env: { memory } }).exports;
      return isWasmFunction(run) ? { run, arena } : undefined;
    });

  const probe = kernel(() => {
    const module = new ModuleBuilder();
    module.addFunction({ params: [], exported: 'run' }, (code) => code.f64(0).op('f64x2.splat').op('drop'));
    return module;
  });
  return { kernel, available: () => probe() !== undefined };
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

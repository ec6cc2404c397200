/** A function of a module, as JavaScript sees it. */
export type WasmFunction = (...parameters: number[]) => unknown;

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB and returns how many there were. Throws a RangeError where the system, or the maximum, refuses. */
  readonly grow: (pages: number) => number;
}

export interface MemorySize {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

/** The part of the WebAssembly namespace that is in use; the library of ES2022 does not declare it. */
export interface WasmEngine {
  readonly Memory: new (size: MemorySize) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** The engine of this realm, or undefined where there is none, as under --jitless. */
export function currentEngine(): WasmEngine | undefined {
  const found: unknown = Reflect.get(globalThis, 'WebAssembly');
  return isEngine(found) ? found : undefined;
}

function isEngine(value: unknown): value is WasmEngine {
  if (typeof value !== 'object' || value === null) return false;
  return ['Memory', 'Module', 'Instance'].every((name) => typeof Reflect.get(value, name) === 'function');
}

export function isWasmFunction(value: unknown): value is WasmFunction {
  return typeof value === 'function';
}

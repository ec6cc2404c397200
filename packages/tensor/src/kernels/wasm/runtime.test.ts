import { describe, expect, it, vi } from 'vitest';
import { ModuleBuilder } from '../assembler/module-builder.js';
import { currentEngine, type WasmEngine, type WasmMemory } from './engine.js';
import { ARENA_LENGTH, createRuntime, wasmAvailable } from './runtime.js';

/** Adds 1 to the first number of the arena. */
function increment(): ModuleBuilder {
  const module = new ModuleBuilder();
  module.addFunction({ params: [], exported: 'run' }, (f) =>
    f.i32(0).i32(0).memory('f64.load').f64(1).op('f64.add').memory('f64.store'),
  );
  return module;
}

const real = currentEngine();
if (real === undefined) throw new Error('these tests need WebAssembly');
const engine: WasmEngine = real;

/** A constructor that throws; what it would make fits every place in an engine. */
const refusing = (error: Error): (new () => WasmMemory & { readonly exports: Readonly<Record<string, unknown>> }) =>
  class {
    readonly buffer: ArrayBuffer = new ArrayBuffer(0);
    readonly exports: Readonly<Record<string, unknown>> = {};

    constructor() {
      throw error;
    }
  };

describe('runtime', () => {
  it('compiles when first asked, once, and all kernels share one arena', () => {
    const build = vi.fn(increment);
    const find = vi.fn(currentEngine);
    const runtime = createRuntime(find);
    const kernels = [runtime.kernel(build), runtime.kernel(increment)];
    expect(build).not.toHaveBeenCalled();
    expect(find).not.toHaveBeenCalled();
    for (const kernel of [...kernels, ...kernels]) kernel()?.run();
    expect(build).toHaveBeenCalledTimes(1);
    expect(find).toHaveBeenCalledTimes(1);
    const arenas = kernels.map((kernel) => kernel()?.arena);
    expect(arenas[0]).toBe(arenas[1]);
    expect(arenas[0]?.[0]).toBe(4);
    expect(arenas[0]?.length).toBe(ARENA_LENGTH);
    expect(runtime.available()).toBe(true);
  });

  it.each<[string, WasmEngine | undefined]>([
    ['there is no WebAssembly', undefined],
    ['memory is denied', { ...parts(), Memory: refusing(new RangeError('could not allocate memory')) }],
    ['a policy forbids to compile', { ...parts(), Module: refusing(new Error('unsafe-eval')) }],
    ['a module is refused', { ...parts(), Instance: refusing(new TypeError('import object')) }],
    [
      'nothing is exported',
      {
        ...parts(),
        Instance: class {
          readonly exports = {};
        },
      },
    ],
  ])('has no kernels, and asks once, where %s', (_name, found) => {
    const find = vi.fn(() => found);
    const runtime = createRuntime(find);
    const kernel = runtime.kernel(increment);
    expect([kernel(), kernel()]).toEqual([undefined, undefined]);
    expect(runtime.available()).toBe(false);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('has kernels in the processes that run these tests', () => {
    expect(wasmAvailable()).toBe(true);
  });
});

function parts(): WasmEngine {
  return { Memory: engine.Memory, Module: engine.Module, Instance: engine.Instance };
}

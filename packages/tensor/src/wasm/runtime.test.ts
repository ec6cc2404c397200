import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { ModuleBuilder } from './assembler/module-builder.js';
import { currentEngine, type WasmEngine, type WasmMemory } from './engine.js';
import { ARENA_LENGTH, createRuntime, wasmAvailable } from './runtime.js';
import { workspaceBytes } from './workspace.js';

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
    readonly grow = (): number => 0;
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

  it('places constants once and for good, and counts them with no workspace', () => {
    const runtime = createRuntime(currentEngine);
    const table = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const addresses: number[] = [];
    const third = runtime.kernel((place) => {
      addresses.push(place(table), place(Float64Array.of(7)), place(table));
      const module = new ModuleBuilder();
      module.addFunction({ params: [], results: ['f64'], exported: 'run' }, (f) =>
        f.i32(addresses[0]).memory('f64.load', 16),
      );
      return module;
    });
    expect(third()?.run()).toBe(3);
    expect(addresses[2]).toBe(addresses[0]);
    expect(Math.abs(addresses[1] - addresses[0])).toBeGreaterThanOrEqual(72);
    expect(runtime.used()).toBe(0);
    runtime.workspace(128)?.float64(4).fill(9);
    expect(runtime.used()).toBe(128);
    expect(third()?.run()).toBe(3);
    // 2 MiB of arena, and nothing behind it.
    const full = createRuntime(currentEngine, 32);
    expect(full.kernel(increment)()).toBeDefined();
    expect(full.kernel((place) => (place(table) < 0 ? new ModuleBuilder() : increment()))()).toBeUndefined();
  });

  it('has workspaces in its memory, which kernels see under their address', () => {
    const runtime = createRuntime(currentEngine);
    const kernel = runtime.kernel(() => {
      const module = new ModuleBuilder();
      module.addFunction({ params: ['i32'], exported: 'run' }, (f, [at]) =>
        f.get(at).f64(7).memory('f64.store').get(at).f32(3).memory('f32.store', 128),
      );
      return module;
    });
    const space = runtime.workspace(workspaceBytes(8 * 5, 4 * 3, 4 * 2));
    if (space === undefined) throw new Error('no memory');
    const [wide, narrow, whole] = [space.float64(5), space.float32(3), space.int32(2)];
    expect([wide, narrow, whole].map((array) => array.length)).toEqual([5, 3, 2]);
    expect([wide, narrow, whole].map(runtime.addressOf)).toEqual([wide, narrow, whole].map((a) => a.byteOffset));
    expect(narrow.byteOffset - wide.byteOffset).toBe(128);
    expect(runtime.addressOf(new Float64Array(5))).toBeUndefined();
    expect(runtime.addressOf(kernel()?.arena ?? wide)).toBeDefined();
    kernel()?.run(wide.byteOffset);
    expect([wide[0], narrow[0]]).toEqual([7, 3]);
    expect(() => space.float64(1)).toThrow(/workspace: 512 bytes asked for, it has 384/);
    expect(runtime.used()).toBe(workspaceBytes(40, 12, 8));
    space.release();
    space.release();
    expect(runtime.used()).toBe(0);
  });

  it('grows, and what was there stays where and what it was', () => {
    const runtime = createRuntime(currentEngine);
    const first = runtime.workspace(workspaceBytes(80))?.float64(10);
    first?.fill(4);
    const second = runtime.workspace(workspaceBytes(8e7))?.float64(1e7);
    second?.fill(5);
    expect(first).toEqual(new Float64Array(10).fill(4));
    expect([first, second].map((array) => array && runtime.addressOf(array))).toEqual([
      first?.byteOffset,
      second?.byteOffset,
    ]);
  });

  it('knows its workspaces also when another memory has grown', () => {
    const { workspace, addressOf } = createRuntime(currentEngine);
    const before = workspace(workspaceBytes(8))?.float64(1);
    new engine.Memory({ initial: 1, maximum: 9, shared: true }).grow(1);
    const after = workspace(workspaceBytes(8))?.float64(1);
    for (const array of [before, after]) expect(array && addressOf(array)).toBe(array?.byteOffset);
    expect(after).toBeDefined();
  });

  it('says when its memory is exhausted, and has it again when it was given back', () => {
    const runtime = createRuntime(currentEngine, 64);
    expect(runtime.workspace(63 * 65536)).toBeUndefined();
    const all = runtime.workspace(32 * 65536);
    expect(all).toBeDefined();
    expect(runtime.workspace(1)).toBeUndefined();
    all?.release();
    expect(runtime.workspace(32 * 65536)).toBeDefined();
  });

  it('has a workspace back when its owner was collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const runtime = createRuntime(currentEngine);
    const keep = {};
    const kept = runtime.workspace(1000, keep);
    runtime.workspace(1000, {});
    runtime.workspace(1000, {})?.release();
    expect(runtime.used()).toBe(2048);
    await vi.waitFor(() => {
      collect();
      expect(runtime.used()).toBe(1024);
    });
    expect([keep, kept]).toBeDefined();
  });

  it('is of a fixed size where memory cannot be shared', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      const runtime = createRuntime(currentEngine);
      const kernel = runtime.kernel(increment);
      kernel()?.run();
      expect(kernel()?.arena[0]).toBe(1);
      expect(runtime.sharedMemory()).toBeUndefined();
      expect(runtime.workspace(8e6)?.float64(10)).toBeDefined();
      expect(runtime.workspace(8e8)).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('has kernels in the processes that run these tests', () => {
    expect(wasmAvailable()).toBe(true);
  });
});

function parts(): WasmEngine {
  return { Memory: engine.Memory, Module: engine.Module, Instance: engine.Instance };
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from './contract.js';
import { gemmScalar } from './scalar.js';
import { gemmWasm, makeGemmWasm } from './wasm.js';
import { buildGemm } from './wasm-module.js';
import { buildTranspose } from './wasm-transpose.js';

const values = (length: number, seed: number, single: boolean): FloatArray => {
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = Math.sin(seed + i * 0.7);
  return data;
};

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const build of [buildGemm, buildTranspose]) expect(validate(build().encode({ pages: 1 }))).toBe(true);
  // A compiler that runs in the main thread of a page may refuse more than 4 KiB at a time.
  for (const build of [buildGemm, buildTranspose]) expect(build().encode({ pages: 1 }).length).toBeLessThan(4096);
});

describe('panels', () => {
  // Sizes about the largest panel, so that every copy, edge and block begins anew at least once.
  const sizes = fc.constantFrom<[number, number, number]>(
    [255, 257, 3],
    [257, 7, 256],
    [259, 256, 257],
    [2, 513, 300],
    [515, 5, 258],
    [3, 259, 515],
    [130, 131, 129],
  );
  test.prop([sizes, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(2)], { numRuns: 14 })(
    'give the bits of the plain loops',
    ([m, n, k], aTransposed, bTransposed, single, accumulate, pad) => {
      const a = values((m + pad) * (k + pad), 1, single);
      const b = values((k + pad) * (n + pad), 2, single);
      const [expected, received] = [values(m * (n + pad), 3, single), values(m * (n + pad), 3, single)];
      for (const [kernel, c] of [
        [gemmScalar, expected],
        [gemmWasm, received],
      ] as const) {
        const [aRow, aCol] = aTransposed ? [1, m + pad] : [k + pad, 1];
        const [bRow, bCol] = bTransposed ? [1, k + pad] : [n + pad, 1];
        kernel(m, n, k, a, 0, aRow, aCol, b, 0, bRow, bCol, c, 0, n + pad, accumulate);
      }
      expect(received).toEqual(expected);
    },
  );

  it('do not see what an earlier call left in the arena', () => {
    const arena = wasmRuntime.kernel(buildGemm)()?.arena;
    for (const [m, n, k] of [
      [5, 3, 7],
      [3, 9, 5],
      [1, 1, 1],
      [7, 5, 1],
    ]) {
      arena?.fill(Number.NaN);
      const [a, b] = [values(m * k, 1, false), values(k * n, 2, false)];
      const [expected, received] = [new Float64Array(m * n), new Float64Array(m * n)];
      gemmScalar(m, n, k, a, 0, k, 1, b, 0, 1, k, expected, 0, n, false);
      gemmWasm(m, n, k, a, 0, k, 1, b, 0, 1, k, received, 0, n, false);
      expect(received).toEqual(expected);
    }
  });
});

describe('where WebAssembly is missing', () => {
  const [m, n, k] = [21, 18, 300];
  const [a, b] = [values(m * k, 1, false), values(k * n, 2, false)];
  const expected = new Float64Array(m * n);
  gemmScalar(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, false);

  it('plain loops give the same bits', () => {
    const received = new Float64Array(m * n);
    makeGemmWasm(createRuntime(() => undefined))(m, n, k, a, 0, k, 1, b, 0, n, 1, received, 0, n, false);
    expect(received).toEqual(expected);
  });

  it('a transpose in plain loops does where only that was refused', () => {
    const engine = currentEngine();
    if (engine === undefined) throw new Error('these tests need WebAssembly');
    let modules = 0;
    const Module = new Proxy(engine.Module, {
      construct: (target, args): object => {
        if (modules++ > 0) throw new Error('refused');
        return Reflect.construct(target, args);
      },
    });
    const runtime = createRuntime(() => ({ Memory: engine.Memory, Instance: engine.Instance, Module }));
    const received = new Float64Array(m * n);
    const transposed = Float64Array.from({ length: n * k }, (_, i) => b[(i % k) * n + Math.floor(i / k)]);
    makeGemmWasm(runtime)(m, n, k, a, 0, k, 1, transposed, 0, 1, k, received, 0, n, false);
    expect(received).toEqual(expected);
    expect(modules).toBe(2);
  });

  // What is missing is taken away after the imports: the loader that runs this text needs it itself.
  const program = (remove: string): string => `
    const { gemm } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url))});
    const { wasmAvailable } = await import(${JSON.stringify(new URL('../../wasm/runtime.ts', import.meta.url))});
    ${remove}
    const values = (length, seed) => Float64Array.from({ length }, (_, i) => Math.sin(seed + i * 0.7));
    const c = new Float64Array(${m * n});
    gemm(${m}, ${n}, ${k}, values(${m * k}, 1), 0, ${k}, 1, values(${k * n}, 2), 0, ${n}, 1, c, 0, ${n}, false);
    console.log(wasmAvailable() + ' ' + Buffer.from(c.buffer).toString('base64'));
  `;
  const denied = 'WebAssembly.Memory = class { constructor() { throw new RangeError("could not allocate memory"); } };';
  it.concurrent.each<[string, string[], string, boolean]>([
    ['as it is', [], '', true],
    ['without code from strings', ['--disallow-code-generation-from-strings'], '', true],
    ['without a compiler', ['--jitless'], '', false],
    ['without WebAssembly', [], 'delete globalThis.WebAssembly;', false],
    ['without memory for it', [], denied, false],
  ])('gemm gives the same bits in a process %s', async (_name, flags, remove, available) => {
    const args = [...flags, '--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program(remove)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout.trim()).toBe(`${available} ${Buffer.from(expected.buffer).toString('base64')}`);
  });
});

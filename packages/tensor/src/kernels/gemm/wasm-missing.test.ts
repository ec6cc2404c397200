import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRuntime } from '../../wasm/runtime.js';
import { gemmScalar } from './scalar.js';
import { makeGemmWasm } from './wasm.js';

const values = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(seed + i * 0.7));

describe('where WebAssembly is missing', () => {
  const [m, n, k] = [21, 18, 300];
  const [a, b] = [values(m * k, 1), values(k * n, 2)];
  const expected = new Float64Array(m * n);
  gemmScalar(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, false);

  it('plain loops give the same bits', () => {
    const received = new Float64Array(m * n);
    makeGemmWasm(createRuntime(() => undefined))(1, 0, 0, 0, m, n, k, a, 0, k, 1, b, 0, n, 1, received, 0, n, false);
    expect(received).toEqual(expected);
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

import { type WasmKernel, wasmRuntime } from '../../wasm/runtime.js';
import type { FusedKernel, FusedProgram } from './contract.js';
import { buildFused } from './fused-module.js';

/** So many loops are kept; a program that makes up ever new ones would otherwise never give one back. */
const MOST_KERNELS = 256;

/** Loops that were compiled, by their text, the one that was asked for last at the end. */
const kernels = new Map<string, () => WasmKernel | undefined>();

/** The compiled loop of a program, the same for the same program; undefined where WebAssembly cannot be compiled. */
export function fusedKernel(program: FusedProgram): FusedKernel | undefined {
  const text = JSON.stringify(program);
  const kernel = kernels.get(text) ?? wasmRuntime.kernel((place) => buildFused(program, place));
  kernels.delete(text);
  kernels.set(text, kernel);
  for (const oldest of kernels.keys()) {
    if (kernels.size <= MOST_KERNELS) break;
    kernels.delete(oldest);
  }
  return kernel()?.run;
}

import { wasmAvailable } from '../wasm/runtime.js';
import { pool } from './pool.js';
import { configure, cores } from './settings.js';

/** What the platform grants to this package. */
export interface Capabilities {
  /** Threads that the next call may use, the calling one included. */
  readonly threads: number;
  /** Cores that the process may use. */
  readonly cores: number;
  readonly sharedMemory: boolean;
  /** Whether kernels run as WebAssembly; plain loops give the same bits, more slowly. */
  readonly webAssembly: boolean;
  /** Whether WebAssembly has vectors, without which kernels do not use it. */
  readonly simd: boolean;
  /** 'available', or why there are no threads besides the calling one. */
  readonly workers: string;
}

/** What this process can use, as plain data. Never throws, and starts no threads. */
export function capabilities(): Capabilities {
  const denied = pool.denied();
  const webAssembly = wasmAvailable();
  return {
    threads: denied === undefined ? configure().threads : 1,
    cores: cores(),
    sharedMemory: typeof Reflect.get(globalThis, 'SharedArrayBuffer') === 'function',
    webAssembly,
    simd: webAssembly,
    workers: denied ?? 'available',
  };
}

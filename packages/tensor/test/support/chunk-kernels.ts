import { setTimeout as sleep } from 'node:timers/promises';
import { balance } from '../../src/parallel/balance.js';
import { type ChunkKernel, chunkKernel } from '../../src/parallel/chunk-kernel.js';
import { parallelFor } from '../../src/parallel/parallel-for.js';
import { ModuleBuilder } from '../../src/wasm/assembler/module-builder.js';
import { type WasmRuntime, wasmRuntime } from '../../src/wasm/runtime.js';
import { workspaceBytes } from '../../src/wasm/workspace.js';

/** An address that no memory of these tests reaches. */
export const NOWHERE = 0xff000000;

/**
 * run(chunk, scratch, counts, scratches, slow, forbidden, forever): adds 1 to counts[chunk], float64, by way of the scratch, and sets scratches[chunk],
 * int32, to the scratch of the thread. Turns `slow` rounds before. Traps in chunk `forbidden` and all after it; never ends in threads other than the one whose
 * scratch is `forever`, unless that is 0.
 */
export function countingModule(): ModuleBuilder {
  const module = new ModuleBuilder();
  const params = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  module.addFunction(
    { params, exported: 'run' },
    (f, [chunk, scratch, counts, scratches, slow, forbidden, forever]) => {
      f.get(slow).if(() => f.loop((again) => f.get(slow).i32(1).op('i32.sub').tee(slow).brIf(again)));
      f.get(chunk)
        .get(forbidden)
        .op('i32.ge_s')
        .if(() =>
          f
            .i32(NOWHERE | 0)
            .memory('i32.load')
            .op('drop'),
        );
      f.get(forever).if(() =>
        f
          .get(forever)
          .get(scratch)
          .op('i32.sub')
          .if(() => f.loop((again) => f.br(again))),
      );
      f.get(counts).get(chunk).i32(3).op('i32.shl').op('i32.add').set(counts);
      f.get(scratch).get(counts).memory('f64.load').f64(1).op('f64.add').memory('f64.store');
      f.get(counts).get(scratch).memory('f64.load').memory('f64.store');
      f.get(scratches).get(chunk).i32(2).op('i32.shl').op('i32.add').get(scratch).memory('i32.store');
    },
  );
  return module;
}

/** A kernel that counts how often each of its chunks has run, and where. */
export interface Counter {
  readonly kernel: ChunkKernel;
  readonly counts: Float64Array;
  readonly scratches: Int32Array;
  /** The arguments; `forbidden` is the first chunk that traps, `forever` the scratch of the only thread that ends. */
  readonly args: (how?: { slow?: number; forbidden?: number; forever?: number }) => number[];
}

export function counter(chunks: number, runtime: WasmRuntime = wasmRuntime): Counter {
  const kernel = chunkKernel('counting', countingModule, runtime)();
  const space = runtime.workspace(workspaceBytes(8 * chunks, 4 * chunks));
  if (kernel === undefined || space === undefined) throw new Error('these tests need WebAssembly');
  const [counts, scratches] = [space.float64(chunks), space.int32(chunks)];
  counts.fill(0);
  scratches.fill(0);
  const args: Counter['args'] = ({ slow = 0, forbidden = 2 ** 30, forever = 0 } = {}) => [
    counts.byteOffset,
    scratches.byteOffset,
    slow,
    forbidden,
    forever,
  ];
  return { kernel, counts, scratches, args };
}

/** Calls until so many threads have taken part; returns where their scratches are. */
export async function untilThreads(count: number, { kernel, scratches, args }: Counter): Promise<number[]> {
  const seen = new Set<number>();
  for (let tries = 0; seen.size < count; tries++) {
    if (tries > 20_000) throw new Error(`${count} threads did not come together`);
    // On a busy machine the calling thread may have learned to work alone.
    balance.reset();
    parallelFor(kernel, scratches.length, args({ slow: 10_000 }));
    for (const scratch of scratches) seen.add(scratch);
    if (tries % 10 === 9) await sleep(1);
  }
  return [...seen].sort((a, b) => a - b);
}

import { cpAls } from '@neuronseek/decomposition';
import { tensor } from '@neuronseek/tensor';
import { gemm } from '../../../packages/tensor/src/kernels/gemm/index.js';
import { configure } from '../../../packages/tensor/src/parallel/settings.js';
import { numbers, resident } from '../data.js';
import { faster, type Group, type Row, type Timer } from '../row.js';
import { calls } from '../timer.js';

/** The same function with so many threads; everything else in this program runs on one. */
function threaded(threads: number, f: () => unknown, perCall?: number): Timer {
  const timer = calls(f, perCall);
  return (round) => {
    configure({ threads });
    try {
      return timer(round);
    } finally {
      configure({ threads: 1 });
    }
  };
}

export function threadsGroup(): Group {
  const floors = { 'one thread': faster(1.7) };
  const product = (n: number): Row => ({
    name: `two threads, GEMM f64 ${n}`,
    flops: 2 * n ** 3,
    floors,
    prepare: () => {
      const [a, b, c] = [numbers(n * n), numbers(n * n), new Float64Array(n * n)].map((v) => resident('float64', v));
      const f = (): void => gemm(n, n, n, a, 0, n, 1, b, 0, n, 1, c, 0, n, false);
      return { kernel: threaded(2, f), peers: { 'one thread': threaded(1, f) } };
    },
  });
  const sweeps = 6;
  const sweep: Row = {
    name: 'two threads, CP sweep 200³, rank 16',
    floors,
    prepare: () => {
      const x = tensor(numbers(8e6), [200, 200, 200]);
      const f = (): unknown => cpAls(x, 16, { maxIterations: sweeps, tolerance: 0 });
      // Once more without sweeps: what checking, copying and scaling cost is not the sweep's.
      return { api: perSweep(2, f, x), peers: { 'one thread': perSweep(1, f, x) } };
    },
  };
  const perSweep = (threads: number, f: () => unknown, x: ReturnType<typeof tensor>): Timer => {
    const whole = threaded(threads, f);
    const start = threaded(threads, () => cpAls(x, 16, { maxIterations: 0 }));
    return async (round) => ((await whole(round)) - (await start(round))) / sweeps;
  };
  return { title: 'Two threads', rows: [...[256, 512, 1024].map(product), sweep] };
}

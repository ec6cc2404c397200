/**
 * The first product of a process, in which the module of its kernel is emitted and compiled: `node cold-start.mjs` starts itself twenty times and
 * prints the median and the range of the first and of the second product, 256×256 float64 and float32. Needs built packages.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.argv[2] === undefined) {
  for (const dtype of ['float64', 'float32']) {
    /** @type {number[][]} */
    const runs = Array.from({ length: 20 }, () =>
      JSON.parse(spawnSync(process.execPath, [fileURLToPath(import.meta.url), dtype], { encoding: 'utf8' }).stdout),
    );
    const [first, second] = [0, 1].map((i) => runs.map((times) => times[i]).sort((a, b) => a - b));
    /** @param {number[]} times */
    const shown = (times) => `${times[10].toFixed(2)} (${times[0].toFixed(2)}–${times[19].toFixed(2)}) ms`;
    console.log(`${dtype}: first product ${shown(first)}, second ${shown(second)}`);
  }
} else {
  const { matmul, ones } = await import('@neuronseek/tensor');
  const a = ones([256, 256], { dtype: process.argv[2] === 'float32' ? 'float32' : 'float64' });
  const times = [0, 1].map(() => {
    const start = performance.now();
    matmul(a, a);
    return performance.now() - start;
  });
  console.log(JSON.stringify(times));
}

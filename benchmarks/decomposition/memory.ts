/** Peak extra memory of cp on 200³, in a process of its own: prints the tensor's size and what came on top, in MiB. */
import { cp } from '@neuronseek/decomposition';
import { tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';

const [n, rank] = [200, 20];
const factors = [0, 1, 2].map((m) => uniform(key(m), n * rank));
const values = normal(key(9), n ** 3);
for (let i = 0, q = 0; i < n; i++) {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < n; k++, q++) {
      let sum = 0;
      for (let r = 0; r < rank; r++)
        sum += factors[0][i * rank + r] * factors[1][j * rank + r] * factors[2][k * rank + r];
      values[q] = sum + 0.3 * values[q];
    }
  }
}
const x = tensor(values, [n, n, n]);
// What a small problem loads stays: code, kernels, scratch.
for (let k = 0; k < 3; k++) cp(tensor(uniform(key(1), 64000), [40, 40, 40]), rank);
globalThis.gc?.();
const before = process.memoryUsage().rss;
cp(x, rank);
const peak = 1024 * process.resourceUsage().maxRSS;
console.log(JSON.stringify({ tensor: values.byteLength / 2 ** 20, extra: (peak - before) / 2 ** 20 }));

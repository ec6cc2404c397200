/**
 * A million products of matrices of changing size, some of them through the copies in the memory of the kernels: prints the resident memory after the
 * first twentieth, when everything is compiled, and at the end. They must not differ by more than the garbage of the day. Environment:
 * PRODUCTS (default 1e6).
 */
import { matmul, type Tensor, tensor } from '@neuronseek/tensor';

const products = Number(process.env.PRODUCTS ?? 1e6);
const most = 48;
const numbers = Float64Array.from({ length: most * most }, (_, i) => Math.sin(i));
const matrices = [numbers, Float32Array.from(numbers)].map(
  (data) =>
    (rows: number, cols: number): Tensor =>
      tensor(data.slice(0, rows * cols), [rows, cols]),
);
const megabytes = (): number => process.memoryUsage().rss / 2 ** 20;

let first = 0;
let sum = 0;
for (let q = 0; q < products; q++) {
  const make = matrices[q & 1];
  const [m, n, k] = [1 + ((q * 7) % most), 1 + ((q * 11) % (most - 1)), 1 + ((q * 5) % (most - 5))];
  sum += matmul(make(m, k), make(k, n)).data[0];
  if (q === Math.floor(products / 20)) first = megabytes();
}
console.log(
  `${products} products, resident memory ${first.toFixed(0)} MiB early, ${megabytes().toFixed(0)} MiB at the end (${sum})`,
);

/**
 * What an operation on small tensors costs: add and matmul of two 8×8 matrices, and value and gradient of the loss of a network
 * 8-64-64-1 on one row, through the public functions of each package. All packages take turns in one process; figures are medians over the
 * rounds. jax-js and tfjs compute in float32, the others in float64. jax-js asks for `navigator`, which Node 20 has not: it gets an empty one.
 * A result of tfjs is disposed of, one of jax-js is read, as otherwise nothing may be computed. Environment: ROUNDS (default 9).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { add, matmul, type Tensor, tensor, treeLeaves, valueAndGrad } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { Matrix } from 'ml-matrix';
import * as nts from 'numpy-ts';
import { median } from './median.js';
import { initial, loss } from './mlp.js';

const rounds = Number(process.env.ROUNDS ?? 9);

if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {} });
const jax = await import('@jax-js/jax');
await jax.init('wasm');
jax.defaultDevice('wasm');
await tf.setBackend('cpu');

const draw = (seed: number, shape: readonly number[]): Tensor =>
  tensor(
    normal(
      key(seed),
      shape.reduce((n, s) => n * s, 1),
    ),
    shape,
  );
const rows = (x: Tensor): number[][] => {
  const flat = Array.from(x.toTypedArray());
  const width = x.shape[1] ?? 1;
  return Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));
};

interface Case {
  readonly name: string;
  readonly calls: number;
  readonly packages: Readonly<Record<string, () => unknown>>;
}

const [a, b] = [draw(1, [8, 8]), draw(2, [8, 8])];
const square = {
  ml: [new Matrix(rows(a)), new Matrix(rows(b))],
  nts: [nts.array(rows(a)), nts.array(rows(b))],
  tf: [tf.tensor2d(rows(a)), tf.tensor2d(rows(b))],
  jax: [jax.numpy.array(rows(a)), jax.numpy.array(rows(b))],
} as const;

const params = initial(3);
const [x, y] = [draw(4, [1, 8]), draw(5, [1, 1])];
const step = valueAndGrad(loss);

const leaves = treeLeaves(params);
const tfParams = leaves.map((p) => tf.tensor(Array.from(p.toTypedArray()), [...p.shape]));
const [tx, ty] = [tf.tensor2d(rows(x)), tf.tensor2d(rows(y))];
const tfStep = tf.valueAndGrads((...p: tf.Tensor[]) => {
  const h1 = tf.relu(tf.add(tf.matMul(tx, p[0]), p[1]));
  const h2 = tf.relu(tf.add(tf.matMul(h1, p[2]), p[3]));
  return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(h2, p[4]), p[5]), ty))) as tf.Scalar;
});

const jnp = jax.numpy;
const jaxParams = leaves.map((p) => jnp.array(Array.from(p.toTypedArray())).reshape([...p.shape]));
const [jx, jy] = [jnp.array(rows(x)), jnp.array(rows(y))];
const jaxStep = jax.valueAndGrad((p: (typeof jx)[]) => {
  const h1 = jax.nn.relu(jnp.matmul(jx.ref, p[0]).add(p[1]));
  const h2 = jax.nn.relu(jnp.matmul(h1, p[2]).add(p[3]));
  return jnp.mean(jnp.square(jnp.matmul(h2, p[4]).add(p[5]).sub(jy.ref)));
});

const cases: readonly Case[] = [
  {
    name: 'add 8×8',
    calls: 20000,
    packages: {
      ours: () => add(a, b),
      'ml-matrix': () => Matrix.add(square.ml[0], square.ml[1]),
      'numpy-ts': () => nts.add(square.nts[0], square.nts[1]),
      'tfjs-cpu': () => tf.add(square.tf[0], square.tf[1]).dispose(),
      'jax-js': () => square.jax[0].ref.add(square.jax[1].ref).dataSync(),
    },
  },
  {
    name: 'matmul 8×8',
    calls: 20000,
    packages: {
      ours: () => matmul(a, b),
      'ml-matrix': () => square.ml[0].mmul(square.ml[1]),
      'numpy-ts': () => nts.matmul(square.nts[0], square.nts[1]),
      'tfjs-cpu': () => tf.matMul(square.tf[0] as tf.Tensor2D, square.tf[1] as tf.Tensor2D).dispose(),
      'jax-js': () => jnp.matmul(square.jax[0].ref, square.jax[1].ref).dataSync(),
    },
  },
  {
    name: 'valueAndGrad, 8-64-64-1, one row',
    calls: 500,
    packages: {
      ours: () => step(params, x, y),
      'tfjs-cpu': () => {
        const { value, grads } = tfStep(tfParams);
        value.dispose();
        tf.dispose(grads);
      },
      'jax-js': () => {
        const [value, grads] = jaxStep(jaxParams.map((p) => p.ref));
        value.dataSync();
        for (const g of grads) g.dataSync();
      },
    },
  },
];

/** Microseconds a call; fewer calls for packages that take long. */
function time(f: () => unknown, calls: number): number {
  const begun = performance.now();
  let done = 0;
  while (done < calls && performance.now() - begun < 200) {
    for (let i = 0; i < 50; i++) f();
    done += 50;
  }
  return ((performance.now() - begun) / done) * 1e3;
}

const names = ['ours', 'ml-matrix', 'numpy-ts', 'tfjs-cpu', 'jax-js'];
const figures = cases.map(({ calls, packages }) => {
  const times = new Map(Object.keys(packages).map((name) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, f] of Object.entries(packages)) {
      const figure = time(f, calls);
      if (round >= 0) times.get(name)?.push(figure);
    }
  }
  return times;
});

const cell = (times: readonly number[] | undefined): string =>
  times ? `${median(times).toFixed(2)} (${Math.min(...times).toFixed(2)}–${Math.max(...times).toFixed(2)})` : '–';
const lines = [
  '# What an operation on small tensors costs',
  '',
  `Microseconds a call, medians over ${rounds} rounds with all packages by turns in one process, ranges in brackets.`,
  `tfjs 4.22.0 and jax-js 0.1.25 compute in float32, the others in float64. ${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  '',
  `| | ${names.join(' | ')} |`,
  `|---|${names.map(() => '---|').join('')}`,
  ...cases.map(({ name }, i) => `| ${name} | ${names.map((n) => cell(figures[i].get(n))).join(' | ')} |`),
  '',
];
console.log(lines.join('\n'));
mkdirSync('results', { recursive: true });
writeFileSync('results/overhead.md', lines.join('\n'));

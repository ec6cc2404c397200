import {
  add,
  astype,
  compileLoop,
  div,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  take,
  tensor,
  treeLeaves,
  treeMap,
  valueAndGrad,
  zerosLike,
} from '@neuronseek/tensor';
import { key, permutation } from '@neuronseek/tensor/random';
import { dualStreamStep } from '../../dual-stream.js';
import { initial, loss, rows } from '../../mlp.js';
import { torchCases } from '../../torch.js';
import type { Precision } from '../data.js';
import { faster, type Group, inTime, type Row, type Timer } from '../row.js';
import { tf, tfjsTimer } from '../tfjs.js';
import { calls } from '../timer.js';

/** One run of the peer a round serves all rows: starting PyTorch takes seconds. */
function torchTimer(): (name: string) => Timer | string {
  const first = torchCases();
  if (typeof first === 'string') return () => first;
  const runs = new Map([[-1, first]]);
  return (name) => (round) => {
    let run = runs.get(round);
    if (run === undefined) {
      const cases = torchCases();
      run = typeof cases === 'string' ? new Map() : cases;
      runs.set(round, run);
    }
    return run.get(name) ?? Number.NaN;
  };
}

const batch = 128;
const rate = 1e-3;
const step = valueAndGrad(loss);

/** One epoch of the network of mlp.ts, loss, gradient and Adam compiled as one step of a loop. */
function mlpEpochs(precision: Precision): () => void {
  const { x, y } = treeMap((t) => astype(t, precision), rows());
  const params = treeMap((t) => astype(t, precision), initial(3));
  const zeros = treeLeaves(params).map(zerosLike);
  const start = { params, mean: zeros, square: zeros };
  let steps = 0;
  const adam = compileLoop((state: typeof start, bx: Tensor, by: Tensor, size: Tensor, correction: Tensor) => {
    const { value, grad } = step(state.params, bx, by);
    const slopes = treeLeaves(grad);
    const mean = slopes.map((g, i) => add(mul(state.mean[i], 0.9), mul(g, 0.1)));
    const squares = slopes.map((g, i) => add(mul(state.square[i], 0.999), mul(square(g), 0.001)));
    const [w1, b1, w2, b2, w3, b3] = treeLeaves(state.params).map((p, i) =>
      sub(p, div(mul(mean[i], size), add(mul(sqrt(squares[i]), correction), 1e-8))),
    );
    return [{ params: { w1, b1, w2, b2, w3, b3 }, mean, square: squares }, value];
  }, start);
  const scalar = (value: number): Tensor => astype(tensor(value), precision);
  let epoch = 0;
  return () => {
    const order = permutation(key(epoch++), x.shape[0]);
    for (let i = 0; i < order.length; i += batch) {
      const chosen = order.subarray(i, i + batch);
      steps++;
      const size = scalar(rate / (1 - 0.9 ** steps));
      const correction = scalar(1 / Math.sqrt(1 - 0.999 ** steps));
      adam.step(take(x, chosen), take(y, chosen), size, correction);
    }
  };
}

/** The same in tfjs: its own gradients and its own Adam. */
function tfjsEpochs(): () => tf.TensorContainer {
  const table = rows();
  const [n, features] = table.x.shape;
  const x = tf.tensor2d(Float32Array.from(table.x.toTypedArray()), [n, features]);
  const y = tf.tensor2d(Float32Array.from(table.y.toTypedArray()), [n, 1]);
  const [w1, b1, w2, b2, w3, b3] = treeLeaves(initial(3)).map((p) =>
    tf.variable(tf.tensor(Float32Array.from(p.toTypedArray()), [...p.shape])),
  );
  const adam = tf.train.adam(rate);
  let epoch = 0;
  return () => {
    const order = permutation(key(epoch++), n);
    for (let i = 0; i < order.length; i += batch) {
      tf.tidy(() => {
        const chosen = tf.tensor1d(Int32Array.from(order.subarray(i, i + batch)), 'int32');
        const [bx, by] = [tf.gather(x, chosen), tf.gather(y, chosen)];
        adam.minimize(() => {
          const h1 = tf.relu(tf.add(tf.matMul(bx, w1 as tf.Tensor2D), b1));
          const h2 = tf.relu(tf.add(tf.matMul(h1 as tf.Tensor2D, w2 as tf.Tensor2D), b2));
          return tf.mean(tf.squaredDifference(tf.add(tf.matMul(h2 as tf.Tensor2D, w3 as tf.Tensor2D), b3), by));
        });
      });
    }
    return [];
  };
}

export function trainingGroup(): Group {
  let torch: ((name: string) => Timer | string) | undefined;
  const pytorch = (name: string): Timer | string => {
    torch ??= torchTimer();
    return torch(name);
  };
  const dual = (inputs: number, times: number): Row => ({
    name: `dual-stream step, D = ${inputs}`,
    floors: { PyTorch: faster(times) },
    prepare: () => ({
      api: () => dualStreamStep(inputs),
      peers: { PyTorch: pytorch(`dual-stream step, batch 256, D=${inputs}`) },
    }),
  });
  const mlp = (precision: Precision, floors: Row['floors']): Row => ({
    name: `MLP 8-64-64-1, epoch, ${precision === 'float64' ? 'f64' : 'f32'}`,
    floors,
    prepare: () => ({
      api: calls(mlpEpochs(precision)),
      peers: {
        PyTorch: pytorch('MLP 8-64-64-1 epoch, 20640 rows, batch 128'),
        ...(precision === 'float32' ? { 'tfjs-wasm': tfjsTimer(tfjsEpochs) } : {}),
      },
    }),
  });
  return {
    title: 'Training',
    rows: [
      dual(10, 12),
      dual(32, 7),
      dual(64, 5),
      mlp('float32', { PyTorch: inTime(1), 'tfjs-wasm': faster(8) }),
      mlp('float64', {}),
    ],
  };
}

import {
  add,
  div,
  matmul,
  mean,
  mul,
  relu,
  sqrt,
  square,
  sub,
  type Tensor,
  take,
  tensor,
  treeLeaves,
  valueAndGrad,
  zerosLike,
} from '@neuronseek/tensor';
import { key, normal, permutation, split, uniform } from '@neuronseek/tensor/random';

/** Weights and biases of 8-64-64-1. */
export interface Mlp {
  readonly w1: Tensor;
  readonly b1: Tensor;
  readonly w2: Tensor;
  readonly b2: Tensor;
  readonly w3: Tensor;
  readonly b3: Tensor;
}

/** Uniform in ±1/√inputs, as PyTorch starts a linear layer. */
export function initial(seed: number, sizes: readonly [number, number, number, number] = [8, 64, 64, 1]): Mlp {
  const keys = split(key(seed), 6);
  const layer = (i: number, shape: readonly number[], inputs: number): Tensor =>
    mul(
      sub(
        tensor(
          uniform(
            keys[i],
            shape.reduce((n, s) => n * s, 1),
          ),
          shape,
        ),
        0.5,
      ),
      2 / Math.sqrt(inputs),
    );
  const [d, h, k, o] = sizes;
  return {
    w1: layer(0, [d, h], d),
    b1: layer(1, [h], d),
    w2: layer(2, [h, k], h),
    b2: layer(3, [k], h),
    w3: layer(4, [k, o], k),
    b3: layer(5, [o], k),
  };
}

/** Mean squared error of the network on a batch. */
export function loss(p: Mlp, x: Tensor, y: Tensor): Tensor {
  const h1 = relu(add(matmul(x, p.w1), p.b1));
  const h2 = relu(add(matmul(h1, p.w2), p.b2));
  return mean(square(sub(add(matmul(h2, p.w3), p.b3), y)));
}

/** Parameters and Adam's running means, each a list in the order of the leaves. */
export interface State {
  readonly params: Mlp;
  readonly mean: readonly Tensor[];
  readonly square: readonly Tensor[];
  readonly steps: number;
}

export function start(params: Mlp): State {
  const zeros = treeLeaves(params).map(zerosLike);
  return { params, mean: zeros, square: zeros, steps: 0 };
}

/** One step of Adam (Kingma and Ba 2015) in tensor operations. */
export function adamStep({ params, mean: m, square: v, steps }: State, gradients: Mlp, rate = 1e-3): State {
  const t = steps + 1;
  const slopes = treeLeaves(gradients);
  const nextMean = slopes.map((g, i) => add(mul(m[i], 0.9), mul(g, 0.1)));
  const nextSquare = slopes.map((g, i) => add(mul(v[i], 0.999), mul(square(g), 0.001)));
  const step = rate / (1 - 0.9 ** t);
  const correction = 1 / Math.sqrt(1 - 0.999 ** t);
  const moved = treeLeaves(params).map((p, i) =>
    sub(p, div(mul(nextMean[i], step), add(mul(sqrt(nextSquare[i]), correction), 1e-8))),
  );
  const [w1, b1, w2, b2, w3, b3] = moved;
  return { params: { w1, b1, w2, b2, w3, b3 }, mean: nextMean, square: nextSquare, steps: t };
}

const step = valueAndGrad(loss);

/** One pass over the rows in a drawn order; returns the state after it and the mean loss of its batches. */
export function epoch(state: State, x: Tensor, y: Tensor, seed: number, batch = 128): { state: State; loss: number } {
  const order = permutation(key(seed), x.shape[0]);
  let total = 0;
  let batches = 0;
  for (let i = 0; i < order.length; i += batch) {
    const rows = order.subarray(i, i + batch);
    const { value, grad } = step(state.params, take(x, rows), take(y, rows));
    state = adamStep(state, grad);
    total += value.item();
    batches++;
  }
  return { state, loss: total / batches };
}

/** 20,640 rows of 8 features and a target, standard normal, as the peer draws them. */
export function rows(): { x: Tensor; y: Tensor } {
  const n = 20640;
  return { x: tensor(normal(key(1), n * 8), [n, 8]), y: tensor(normal(key(2), n), [n, 1]) };
}

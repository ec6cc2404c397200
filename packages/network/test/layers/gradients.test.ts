import { fc, test } from '@fast-check/vitest';
import { add, grad, mul, sum, type Tensor, tensor, treeLeaves, treeMap, vjp } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { checkVjp, checkVjpOrder2, type Data } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { activation, apply, init, type Layer, linear, type Variables } from '../../src/index.js';
import { drawNormal, drawPositive, toData, toTensor } from '../support/bridge.js';
import { sizedLayers } from '../support/layers.js';

interface Case {
  readonly layer: Layer;
  readonly inputs: number;
  readonly training: boolean;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(sizedLayers, fc.boolean(), fc.integer({ min: 0, max: 1e6 }))
  .map(([{ layer, inputs }, training, seed]) => ({ layer, inputs, training, seed }));

const rows = 4;

/** The output as a function of the leaves of the parameters and of x, last. */
function outputOf({ layer, training }: Case, variables: Variables): (xs: readonly Tensor[]) => Tensor {
  return (xs) => {
    let next = 0;
    const params = treeMap(() => xs[next++], variables.params);
    return apply(layer, { params, state: variables.state }, xs[xs.length - 1], { training }).output;
  };
}

/** Positive variables: sums of products of them do not cancel, so batches vary and the steps of the differences stay small beside that. */
function problem(c: Case): {
  readonly f: (xs: readonly Tensor[]) => Tensor;
  readonly inputs: readonly Data[];
  readonly like: (seed: number) => Data[];
  readonly output: readonly number[];
} {
  let seed = c.seed;
  const variables = treeMap((x) => drawPositive(seed++, x.shape), init(c.layer, key(0)));
  const inputs = [...treeLeaves(variables.params), drawPositive(seed++, [rows, c.inputs])];
  const f = outputOf(c, variables);
  return {
    f,
    inputs: inputs.map(toData),
    like: (from) => inputs.map((x, i) => toData(drawNormal(from + i, x.shape))),
    output: f(inputs).shape,
  };
}

const pull =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data): Data[] =>
    vjp(f, xs.map(toTensor)).pullback(toTensor(g)).map(toData);

/** (xs, g, ws) -> the gradient of <ws, pullback(xs, g)> with respect to xs and g. */
const pull2 =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data, ws: Data[]): Data[] => {
    const pairing = (point: readonly Tensor[]): Tensor =>
      vjp(f, point.slice(0, -1))
        .pullback(point[point.length - 1])
        .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
    return grad(pairing)([...xs, g].map(toTensor)).map(toData);
  };

// A batch of four may vary by as little as a few hundredths, and normalisation by that is as stiff: steps of 2^-14 leave a truncation
// error far below the noise term that the law allows for.
const step = 2 ** -14;

describe('the derivative of every layer with respect to parameters and x', () => {
  test.prop([cases])('is the transpose of the differential', (c) => {
    const { f, inputs, like, output } = problem(c);
    checkVjp({
      apply: (xs) => toData(f(xs.map(toTensor))),
      pullback: pull(f),
      inputs,
      direction: like(c.seed + 100),
      cotangent: toData(drawNormal(c.seed + 200, output)),
      step,
      tolerance: 1e-6,
    });
  });

  test.prop([cases])('is so itself at order 2', (c) => {
    const { f, inputs, like, output } = problem(c);
    checkVjpOrder2({
      pullback: pull(f),
      pullback2: pull2(f),
      inputs,
      cotangent: toData(drawNormal(c.seed + 200, output)),
      direction: [...like(c.seed + 100), toData(drawNormal(c.seed + 300, output))],
      cotangents2: like(c.seed + 400),
      step,
      tolerance: 1e-6,
    });
  });

  test('relu passes what is above 0 and stops what is below', () => {
    const layer = activation('relu');
    const slope = grad((x: Tensor) => sum(apply(layer, { params: {}, state: {} }, x).output));
    expect(slope(tensor([[-2, -1e-300, 1e-300, 3]])).toArray()).toEqual([[0, 0, 1, 1]]);
  });

  test('the state is no way for a derivative', () => {
    const c: Case = { layer: linear(2, 1), inputs: 2, training: true, seed: 1 };
    const variables = init(c.layer, key(1));
    const { state } = apply(c.layer, variables, drawNormal(1, [3, 2]), { training: true });
    expect(treeLeaves(state).every((x) => x.node === undefined)).toBe(true);
  });
});

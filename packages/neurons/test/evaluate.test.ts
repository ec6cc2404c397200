import { fc, test } from '@fast-check/vitest';
import { add, concat, mul, slice, type Tensor, take, tensor, treeLeaves, treeMap, vjp } from '@neuronseek/tensor';
import { checkVjp, type Data, expectClose, permutation } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpInteraction,
  evaluate,
  type Interaction,
  type PolynomialNeuron,
  polynomialNeuron,
} from '../src/index.js';
import { toData, toTensor } from './support/bridge.js';
import { drawPositive, drawTensor } from './support/draw.js';
import { cpInteractions, makeNeuron, neuronCases, neurons, neuronTolerance } from './support/neuron.js';

/** The definition, number by number. */
function evaluateByHand(neuron: PolynomialNeuron, x: Tensor): number[] {
  const [rows] = x.shape;
  const entry = (t: Tensor, ...index: number[]): number => slice(t, index).item();
  const values: number[] = [];
  for (let b = 0; b < rows; b++) {
    for (let c = 0; c < neuron.outputs; c++) {
      let y = entry(neuron.bias, c);
      for (let d = 0; d < neuron.inputs; d++) {
        for (const { order, weights } of neuron.power) y += entry(weights, d, c) * entry(x, b, d) ** order;
      }
      for (const { rank, factors } of cpInteractions(neuron)) {
        for (let r = 0; r < rank; r++) {
          let product = 1;
          for (const factor of factors) {
            let form = 0;
            for (let d = 0; d < neuron.inputs; d++) form += entry(factor, d, r, c) * entry(x, b, d);
            product *= form;
          }
          y += product;
        }
      }
      values.push(y);
    }
  }
  return values;
}

function expectSameValues(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  expectClose(toData(actual).data, toData(expected).data, neuronTolerance);
}

function mapInteraction(neuron: PolynomialNeuron, f: (part: CpInteraction) => Interaction): PolynomialNeuron {
  return { ...neuron, interaction: cpInteractions(neuron).map(f) };
}

describe('evaluate', () => {
  test.prop([neurons, fc.nat()])('is the definition', (neuron, seed) => {
    const x = drawTensor(seed, [3, neuron.inputs]);
    expectClose(toData(evaluate(neuron, x)).data, evaluateByHand(neuron, x), neuronTolerance);
  });

  test('known value: 2·a³ − b + (a + b)(a − 2b) + 7 at (3, 5)', () => {
    const neuron = polynomialNeuron({
      inputs: 2,
      bias: tensor([7]),
      power: [
        { order: 3, weights: tensor([[2], [0]]) },
        { order: 1, weights: tensor([[0], [-1]]) },
      ],
      interaction: [{ form: 'cp', order: 2, rank: 1, factors: [tensor([[[1]], [[1]]]), tensor([[[1]], [[-2]]])] }],
    });
    expect(evaluate(neuron, tensor([[3, 5]])).toArray()).toEqual([[54 - 5 + 8 * -7 + 7]]);
  });

  test.prop([neurons, fc.nat()])('the sequence of the factors does not matter', (neuron, seed) => {
    const x = drawTensor(seed, [4, neuron.inputs]);
    const reversed = mapInteraction(neuron, (part) => ({ ...part, factors: [...part.factors].reverse() }));
    expectSameValues(evaluate(reversed, x), evaluate(neuron, x));
  });

  test.prop([neurons, fc.nat(), fc.constantFrom(-4, -1, 0.125, 0.3, 5)])(
    'scaling one factor by s and another by 1/s changes nothing',
    (neuron, seed, s) => {
      const x = drawTensor(seed, [4, neuron.inputs]);
      const scaled = mapInteraction(neuron, (part) => ({
        ...part,
        factors: part.factors.map((factor, m) => (part.order > 1 && m < 2 ? mul(factor, m === 0 ? s : 1 / s) : factor)),
      }));
      expectSameValues(evaluate(scaled, x), evaluate(neuron, x));
    },
  );

  test.prop([neuronCases, fc.nat(), permutation(3)])(
    'the sequence of the components does not matter',
    (c, seed, places) => {
      const structure = { power: c.structure.power, interaction: [{ order: 3, rank: 3 }] };
      const neuron = makeNeuron({ ...c, structure });
      const x = drawTensor(seed, [4, neuron.inputs]);
      const order = tensor(Int32Array.from(places));
      const permuted = mapInteraction(neuron, (part) => ({
        ...part,
        factors: part.factors.map((factor) => take(factor, order, { axis: 1 })),
      }));
      expectSameValues(evaluate(permuted, x), evaluate(neuron, x));
    },
  );

  test.prop([neuronCases, fc.nat()])('linear in bias and power weights together', (c, seed) => {
    const [a, b] = [c, { ...c, seed: c.seed + 7 }].map((n) =>
      makeNeuron({ ...n, structure: { power: c.structure.power, interaction: [] } }),
    );
    const x = drawTensor(seed, [4, c.inputs]);
    const leaves = treeLeaves(b);
    let next = 0;
    const combined = treeMap((t) => add(mul(t, 2), mul(leaves[next++], -3)), a);
    const expected = add(mul(evaluate(a, x), 2), mul(evaluate(b, x), -3));
    expectSameValues(evaluate(combined, x), expected);
  });

  test.prop([neurons, fc.nat()])('several outputs are single outputs side by side', (neuron, seed) => {
    const x = drawTensor(seed, [4, neuron.inputs]);
    const singles = Array.from({ length: neuron.outputs }, (_, c) => {
      const range = { start: c, stop: c + 1 };
      const single = polynomialNeuron({
        inputs: neuron.inputs,
        bias: slice(neuron.bias, [range]),
        power: neuron.power.map(({ order, weights }) => ({ order, weights: slice(weights, [undefined, range]) })),
        interaction: cpInteractions(neuron).map((part) => ({
          ...part,
          factors: part.factors.map((factor) => slice(factor, [undefined, undefined, range])),
        })),
      });
      return evaluate(single, x);
    });
    expectSameValues(evaluate(neuron, x), concat(singles, { axis: 1 }));
  });

  test.prop([neuronCases, fc.nat()])(
    'its derivative in x and in every tensor of the neuron obeys the law',
    (c, seed) => {
      const neuron = makeNeuron(c, (s, shape) => toTensor(drawPositive(s, shape)));
      const leaves = treeLeaves(neuron).map(toData);
      const put = (xs: readonly Data[]): { x: Tensor; neuron: PolynomialNeuron } => {
        let next = 0;
        return { x: toTensor(xs[xs.length - 1]), neuron: treeMap(() => toTensor(xs[next++]), neuron) };
      };
      const value = (p: { x: Tensor; neuron: PolynomialNeuron }): Tensor => evaluate(p.neuron, p.x);
      const inputs = [...leaves, drawPositive(seed, [2, c.inputs])];
      checkVjp({
        apply: (xs) => toData(value(put(xs))),
        pullback: (xs, g) => {
          const gradient = vjp(value, put(xs)).pullback(toTensor(g));
          expect(gradient.neuron).toMatchObject({ kind: 'polynomial', inputs: c.inputs, features: neuron.features });
          return [...treeLeaves(gradient.neuron), gradient.x].map(toData);
        },
        inputs,
        direction: inputs.map(({ shape }, i) => toData(drawTensor(seed + i, shape))),
        cotangent: toData(drawTensor(seed + 50, [2, c.outputs])),
      });
    },
  );

  test('refuses inputs of another width, naming both', () => {
    const neuron = polynomialNeuron({ inputs: 3 });
    expect(() => evaluate(neuron, tensor([[1, 2]]))).toThrow(
      new RangeError('evaluate: x must have shape [B, 3]: got [1, 2]'),
    );
    expect(() => evaluate(neuron, tensor([1, 2, 3]))).toThrow('got [3]');
  });

  test('a neuron without terms is its bias, and a batch may be empty', () => {
    const neuron = polynomialNeuron({ inputs: 2, outputs: 2, bias: tensor([1, -2]) });
    expect(
      evaluate(
        neuron,
        tensor([
          [5, 6],
          [7, 8],
        ]),
      ).toArray(),
    ).toEqual([
      [1, -2],
      [1, -2],
    ]);
    expect(evaluate(neuron, tensor(new Float64Array(0), [0, 2])).shape).toEqual([0, 2]);
  });
});

import { fc, test } from '@fast-check/vitest';
import { evaluate, factorColumns, polynomialNeuron } from '@neuronseek/neurons';
import { add, full, grad, mul, reshape, slice, sum, type Tensor, tensor, vjp, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { checkVjp, checkVjpOrder2, type Data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type GatedParams, initGatedParams, runGatedModel } from '../../src/gates/gated-model.js';
import { drawNormal, drawUniform, toData, toTensor } from '../support/bridge.js';
import { smallStructure, trainedParams } from '../support/small-model.js';

interface Case {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
  /** Every row the same: all terms have variance 0. */
  readonly constant: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  rows: fc.oneof({ weight: 2, arbitrary: fc.constant(2) }, fc.integer({ min: 1, max: 8 })),
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
  constant: fc.boolean(),
});

const names = ['power', 'factors', 'scale', 'shift', 'bias'] as const;
/** Parameters and gates as a list, and back. */
const toList = (params: GatedParams, gates: Tensor): Tensor[] => [...names.map((name) => params[name]), gates];
const run =
  (x: Tensor, logAlpha: Tensor) =>
  ([power, factors, scale, shift, bias, gates]: readonly Tensor[]): Tensor =>
    runGatedModel(smallStructure, { power, factors, scale, shift, bias, logAlpha }, x, gates);

function draw({ rows, inputs, outputs, seed, constant }: Case): { x: Tensor; params: GatedParams; gates: Tensor } {
  const x = drawNormal(seed + 20, [rows, inputs]);
  const first = x.toTypedArray().slice(0, inputs);
  const same = tensor(
    Float64Array.from({ length: rows * inputs }, (_, i) => first[i % inputs]),
    [rows, inputs],
  );
  // The first gate is closed, the second open.
  const gates = tensor([0, 1, ...drawUniform(seed + 21, [2]).toTypedArray()]);
  return { x: constant ? same : x, params: trainedParams(smallStructure, inputs, outputs, seed), gates };
}

/** Term t alone, as a neuron without bias: its values [rows·outputs]. */
function termValues({ power, factors }: GatedParams, x: Tensor, t: number, outputs: number): ArrayLike<number> {
  const inputs = x.shape[1];
  const streams = smallStructure;
  if (t < streams.power.length) {
    const weights = reshape(slice(power, [t]), [inputs, outputs]);
    return evaluate(
      polynomialNeuron({ inputs, outputs, power: [{ order: streams.power[t], weights }] }),
      x,
    ).toTypedArray();
  }
  const q = t - streams.power.length;
  const { order, rank } = streams.interaction[q];
  const start = factorColumns(streams.interaction.slice(0, q), outputs);
  const width = rank * outputs;
  const parts = Array.from({ length: order }, (_, m) =>
    reshape(slice(factors, [undefined, { start: start + m * width, stop: start + (m + 1) * width }]), [
      inputs,
      rank,
      outputs,
    ]),
  );
  return evaluate(
    polynomialNeuron({ inputs, outputs, interaction: [{ form: 'cp', order, rank, factors: parts }] }),
    x,
  ).toTypedArray();
}

describe('the search model', () => {
  test.prop([cases])(
    'is bias + Σ gate·(scale·BatchNorm(term) + shift), each term computed and normalised by itself',
    (c) => {
      const { x, params, gates } = draw(c);
      const { rows, outputs } = c;
      const [scale, shift, bias, gate] = [params.scale, params.shift, params.bias, gates].map((t) => t.toTypedArray());
      const expected = new Float64Array(rows * outputs);
      let size = 10;
      for (let o = 0; o < outputs; o++) {
        for (let b = 0; b < rows; b++) expected[b * outputs + o] = bias[o];
        for (let t = 0; t < gate.length; t++) {
          const values = termValues(params, x, t, outputs);
          const column = Array.from({ length: rows }, (_, b) => values[b * outputs + o]);
          const mean = column.reduce((total, v) => total + v, 0) / rows;
          const variance = column.reduce((total, v) => total + (v - mean) ** 2, 0) / rows;
          const deviation = Math.sqrt(variance + 1e-5);
          // Terms are sums of products of numbers below 5: what cancels in them was that large.
          size += 1.5 * (300 / deviation);
          column.forEach((v, b) => {
            const normalised = (v - mean) / deviation;
            expected[b * outputs + o] += gate[t] * (scale[t * outputs + o] * normalised + shift[t * outputs + o]);
          });
        }
      }
      expectClose(run(x, params.logAlpha)(toList(params, gates)).toTypedArray(), expected, {
        factor: 100,
        scale: size,
      });
    },
  );

  test.prop(
    [
      fc.record({
        inputs: fc.integer({ min: 1, max: 3 }),
        outputs: fc.integer({ min: 1, max: 2 }),
        rows: fc.integer({ min: 2, max: 6 }),
        seed: fc.nat(),
      }),
    ],
    { numRuns: 40 },
  )('obeys the laws of the pullback to order 2 in parameters and gates', (c) => {
    const { x, params, gates } = draw({ ...c, constant: false });
    const f = run(x, params.logAlpha);
    const inputs = toList(params, gates).map(toData);
    const directions = inputs.map(({ shape }, i) => toData(mul(drawNormal(c.seed + 30 + i, shape), 0.1)));
    const cotangent = toData(drawNormal(c.seed + 40, [c.rows, c.outputs]));
    const pullback = (xs: Data[], g: Data): Data[] => vjp(f, xs.map(toTensor)).pullback(toTensor(g)).map(toData);
    // Terms that are nearly constant change over lengths of √1e-5 times the size of their factors.
    const lengths = { step: 2 ** -18, tolerance: 1e-4 };
    checkVjp({
      apply: (xs) => toData(f(xs.map(toTensor))),
      pullback,
      inputs,
      direction: directions,
      cotangent,
      ...lengths,
    });
    checkVjpOrder2({
      pullback,
      pullback2: (xs, g, ws) => {
        const pairing = (point: readonly Tensor[]): Tensor =>
          vjp(f, point.slice(0, -1))
            .pullback(point[point.length - 1])
            .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
        return grad(pairing)([...xs, g].map(toTensor)).map(toData);
      },
      inputs,
      cotangent,
      direction: [...directions, toData(drawNormal(c.seed + 41, [c.rows, c.outputs]))],
      cotangents2: inputs.map(({ shape }, i) => toData(drawNormal(c.seed + 50 + i, shape))),
      ...lengths,
    });
  });

  test('without terms it is the bias', () => {
    const none = { power: [], interaction: [] };
    const params = { ...trainedParams(none, 2, 2, 1), bias: tensor([3, -1]) };
    expect(Array.from(runGatedModel(none, params, drawNormal(1, [2, 2]), zeros([0])).toTypedArray())).toEqual([
      3, -1, 3, -1,
    ]);
  });

  test('starts with weights of deviation 0.05, scale 1, no shift or bias, and gates at log 9', () => {
    const { power, factors, scale, shift, bias, logAlpha } = initGatedParams(smallStructure, 200, 2, key(1));
    expect([power, factors, scale, shift, bias, logAlpha].map(({ shape }) => shape)).toEqual([
      [2, 200, 2],
      [200, 14],
      [4, 2],
      [4, 2],
      [2],
      [4],
    ]);
    for (const weights of [power, factors]) {
      const values = Array.from(weights.toTypedArray());
      const deviation = Math.sqrt(values.reduce((total, v) => total + v * v, 0) / values.length);
      // 800 draws and more: the deviation of a deviation is 0.05/√1600 = 0.00125, and the key is fixed.
      expect(Math.abs(deviation - 0.05)).toBeLessThan(0.005);
    }
    expect(power.toTypedArray()[0]).not.toBe(factors.toTypedArray()[0]);
    expect(scale).toEqual(full([4, 2], 1));
    expect([shift, bias].flatMap((t) => Array.from(t.toTypedArray())).every((v) => v === 0)).toBe(true);
    expect(Array.from(logAlpha.toTypedArray())).toEqual(Array<number>(4).fill(Math.log(9)));
  });
});

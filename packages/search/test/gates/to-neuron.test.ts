import { fc, test } from '@fast-check/vitest';
import { evaluate, type NeuronStructure, polynomialTerms } from '@neuronseek/neurons';
import { mul, ones, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type GatedParams, runGatedModel } from '../../src/gates/gated-model.js';
import { narrow } from '../../src/gates/narrow.js';
import { toNeuron } from '../../src/gates/to-neuron.js';
import { drawNormal, drawUniform } from '../support/bridge.js';
import { trainedParams } from '../support/small-model.js';

interface Case {
  readonly structure: NeuronStructure;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  structure: fc.record({
    power: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    interaction: fc.uniqueArray(
      fc.record({ order: fc.integer({ min: 1, max: 4 }), rank: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 3, selector: ({ order }) => order },
    ),
  }),
  rows: fc.integer({ min: 2, max: 12 }),
  inputs: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

const termsOf = ({ power, interaction }: NeuronStructure): number => power.length + interaction.length;

interface Drawn {
  readonly params: GatedParams;
  readonly x: Tensor;
  readonly gates: Tensor;
}

function draw({ structure, rows, inputs, outputs, seed }: Case): Drawn {
  return {
    params: trainedParams(structure, inputs, outputs, seed),
    x: drawNormal(seed + 50, [rows, inputs]),
    gates: drawUniform(seed + 51, [termsOf(structure)]),
  };
}

/** Values of the terms before normalisation and the size of what is folded, against which rounding is measured. */
function scaleOf(structure: NeuronStructure, { params, x }: Drawn): number {
  const options = { powers: structure.power, interactions: structure.interaction };
  // Sums of magnitudes: where a term cancels, its rounding does not.
  const abs = (t: Tensor): Tensor => tensor(t.toTypedArray().map(Math.abs), t.shape);
  const sizes = polynomialTerms(abs(x), abs(params.power), abs(params.factors), options).toTypedArray();
  const values = polynomialTerms(x, params.power, params.factors, options).toTypedArray();
  const [rows, outputs, count] = [x.shape[0], params.bias.size, termsOf(structure)];
  let scale = 10;
  for (let t = 0; t < count; t++) {
    for (let c = 0; c < outputs; c++) {
      const column = Array.from({ length: rows }, (_, b) => values[(t * rows + b) * outputs + c]);
      const mean = column.reduce((sum, v) => sum + v, 0) / rows;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows;
      const largest = Math.max(...Array.from({ length: rows }, (_, b) => sizes[(t * rows + b) * outputs + c]));
      scale += (1.5 * largest) / Math.sqrt(variance + 1e-5);
    }
  }
  return scale;
}

describe('toNeuron', () => {
  test.prop([cases])('is the search model with all rows as one batch, as a polynomial', (c) => {
    const { structure } = c;
    const drawn = draw(c);
    const { params, x, gates } = drawn;
    const neuron = toNeuron(structure, params, x, gates)?.neuron;
    if (!neuron) throw new Error('no neuron');
    const expected = runGatedModel(structure, params, x, gates).toTypedArray();
    // Sums of up to 12 rows and products of 4 sums of 4: some hundred roundings of terms divided by their deviation.
    expectClose(evaluate(neuron, x).toTypedArray(), expected, { factor: 200, scale: scaleOf(structure, drawn) });
    expect([neuron.inputs, neuron.outputs]).toEqual([c.inputs, c.outputs]);
  });

  test.prop([cases])('variances are those of the gated terms, summed over the outputs', (c) => {
    const { structure, rows, outputs } = c;
    const drawn = draw(c);
    const { params, x, gates } = drawn;
    const { variances } = toNeuron(structure, params, x, gates) ?? { variances: [] };
    const flat = { ...params, bias: zeros([outputs]) };
    expect(variances).toHaveLength(termsOf(structure));
    variances.forEach((variance, t) => {
      // One term at a time: the model with every other gate closed.
      const alone = mul(gates, tensor(Float64Array.from({ length: gates.size }, (_, i) => Number(i === t))));
      const values = runGatedModel(structure, flat, x, alone).toTypedArray();
      let expected = 0;
      for (let out = 0; out < outputs; out++) {
        const column = Array.from({ length: rows }, (_, b) => values[b * outputs + out]);
        const mean = column.reduce((sum, v) => sum + v, 0) / rows;
        expected += column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows;
      }
      expectClose([variance], [expected], { factor: 500, scale: scaleOf(structure, drawn) * 4 });
    });
  });

  test('names the inputs, and gives nothing where a number overflows', () => {
    const structure = { power: [5], interaction: [] };
    const params = trainedParams(structure, 2, 1, 1);
    const x = drawNormal(2, [4, 2]);
    expect(toNeuron(structure, params, x, ones([1]), ['a', 'b'])?.neuron.features).toEqual(['a', 'b']);
    expect(toNeuron(structure, params, mul(x, 1e100), ones([1]))).toBeUndefined();
    expect(toNeuron(structure, { ...params, power: mul(params.power, 1e200) }, x, ones([1]))).toBeUndefined();
  });
});

describe('narrow', () => {
  test.prop([cases])('keeping every term changes no bit', (c) => {
    const { structure } = c;
    const { params } = draw(c);
    const same = narrow(
      structure,
      params,
      Array.from({ length: termsOf(structure) }, () => true),
    );
    expect(same.structure).toEqual(structure);
    for (const name of ['power', 'factors', 'scale', 'shift', 'bias', 'logAlpha'] as const) {
      expect(same.params[name].shape).toEqual(params[name].shape);
      expectSameBits(same.params[name].toTypedArray(), params[name].toTypedArray());
    }
  });

  test.prop([cases, fc.infiniteStream(fc.boolean())])(
    'dropping terms whose gates are 0 changes nothing but the order of no sums',
    (c, stream) => {
      const { structure } = c;
      const drawn = draw(c);
      const { params, x, gates } = drawn;
      const keep = Array.from({ length: termsOf(structure) }, () => stream.next().value === true);
      const closed = tensor(
        gates.toTypedArray().map((z, t) => (keep[t] ? z : 0)),
        gates.shape,
      );
      const left = gates.toTypedArray().filter((_, t) => keep[t]);
      const small = narrow(structure, params, keep);
      const before = runGatedModel(structure, params, x, closed).toTypedArray();
      const after = runGatedModel(small.structure, small.params, x, tensor(left, [left.length])).toTypedArray();
      // A closed gate adds 0·x̂ + 0 to the sum of a row: the sums of the kept terms are the same numbers in the same sequence.
      expectClose(after, before, { factor: 50, scale: scaleOf(structure, drawn) });
      expect(termsOf(small.structure)).toBe(left.length);
    },
  );

  test('known parts: the second power and the middle interaction of two outputs', () => {
    const structure = {
      power: [1, 2],
      interaction: [
        { order: 1, rank: 1 },
        { order: 2, rank: 1 },
        { order: 1, rank: 2 },
      ],
    };
    const params = trainedParams(structure, 1, 2, 3);
    const kept = narrow(structure, params, [false, true, false, true, false]);
    expect(kept.structure).toEqual({ power: [2], interaction: [{ order: 2, rank: 1 }] });
    const [power, factors, scale, logAlpha] = [params.power, params.factors, params.scale, params.logAlpha].map((t) =>
      Array.from(t.toTypedArray()),
    );
    expectSameBits(kept.params.power.toTypedArray(), power.slice(2));
    // Columns: 1·1·2 of the first interaction, then 2·1·2 of the second.
    expectSameBits(kept.params.factors.toTypedArray(), factors.slice(2, 6));
    expectSameBits(kept.params.scale.toTypedArray(), [...scale.slice(2, 4), ...scale.slice(6, 8)]);
    expectSameBits(kept.params.logAlpha.toTypedArray(), [logAlpha[1], logAlpha[3]]);
  });
});

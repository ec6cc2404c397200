import { fc, test } from '@fast-check/vitest';
import { astype, flatten, slice, type Tensor, tensor, transpose, treeLeaves, treeMap, vjp } from '@neuronseek/tensor';
import { checkVjp, type Data, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  coefficientTensor,
  equivalentPolynomials,
  evaluate,
  type Interaction,
  interactionFromTensor,
  interactionFromTensorDefaults,
  type PolynomialNeuron,
  parameterCount,
  polynomialNeuron,
  printStructure,
  structureOf,
  toCp,
  toTt,
  toTucker,
} from '../src/index.js';
import { toData, toTensor } from './support/bridge.js';
import { drawPositive, drawTensor } from './support/draw.js';
import {
  denseValue,
  type FormsCase,
  formCases,
  formsCases,
  formsTolerance,
  makeFormsNeuron,
  makeInteraction,
  tuples,
} from './support/forms.js';
import { throughJson } from './support/through-json.js';

const unscaled: fc.Arbitrary<FormsCase> = formsCases.map((c) => ({ ...c, scaled: false }));

function neuronOf(part: Interaction, inputs: number, outputs: number): PolynomialNeuron {
  return polynomialNeuron({ inputs, outputs, interaction: [part] });
}

describe('interactions in every form', () => {
  test.prop([unscaled, fc.nat()])('evaluate is the contraction with the dense coefficient tensor', (c, seed) => {
    const neuron = makeFormsNeuron({ ...c, power: [] });
    const x = drawTensor(seed, [2, c.inputs]);
    const expected: number[] = [];
    for (let b = 0; b < 2; b++) {
      const row = Array.from(flatten(slice(x, [b])));
      for (let o = 0; o < c.outputs; o++) {
        const bias = slice(neuron.bias, [o]).item();
        expected.push(neuron.interaction.reduce((sum, part) => sum + denseValue(part, o, row), bias));
      }
    }
    expectClose(toData(evaluate(neuron, x)).data, expected, formsTolerance);
  });

  test.prop([formsCases, fc.nat()], { numRuns: 40 })(
    'the derivative in x and in every tensor obeys the law, scaling included',
    (c, seed) => {
      const neuron = makeFormsNeuron(c, (s, shape) => toTensor(drawPositive(s, shape)));
      const put = (xs: readonly Data[]): { x: Tensor; neuron: PolynomialNeuron } => {
        let next = 0;
        return { x: toTensor(xs[xs.length - 1]), neuron: treeMap(() => toTensor(xs[next++]), neuron) };
      };
      const value = (p: { x: Tensor; neuron: PolynomialNeuron }): Tensor => evaluate(p.neuron, p.x);
      const inputs = [...treeLeaves(neuron).map(toData), drawPositive(seed, [2, c.inputs])];
      checkVjp({
        apply: (xs) => toData(value(put(xs))),
        pullback: (xs, g) => {
          const gradient = vjp(value, put(xs)).pullback(toTensor(g));
          return [...treeLeaves(gradient.neuron), gradient.x].map(toData);
        },
        inputs,
        direction: inputs.map(({ shape }, i) => toData(drawTensor(seed + i, shape))),
        cotangent: toData(drawTensor(seed + 50, [2, c.outputs])),
      });
    },
  );

  test.prop([unscaled])('float32 gives what its numbers give in float64, rounded', (c) => {
    const narrow = treeMap((t: Tensor) => astype(t, 'float32'), makeFormsNeuron(c));
    const wide = treeMap((t: Tensor) => astype(t, 'float64'), narrow);
    const x = astype(drawTensor(c.seed + 3, [3, c.inputs]), 'float32');
    const y = evaluate(narrow, x);
    expect(y.dtype).toBe('float32');
    const expected = toData(evaluate(wide, astype(x, 'float64'))).data;
    expectClose(toData(y).data, expected, { ...formsTolerance, factor: 20, epsilon: 2 ** -23 });
  });

  test.prop([formsCases, fc.constantFrom('float64' as const, 'float32' as const)])(
    'JSON brings them back bit for bit',
    (c, dtype) => {
      const neuron = makeFormsNeuron(c, (seed, shape) => astype(drawTensor(seed, shape), dtype));
      const back = throughJson(neuron);
      expect(structureOf(back)).toEqual(structureOf(neuron));
      expect(back.scaling).toEqual(neuron.scaling);
      const theirs = treeLeaves(neuron);
      treeLeaves(back).forEach((t, i) => {
        expect([t.dtype, t.shape]).toEqual([theirs[i].dtype, theirs[i].shape]);
        expectSameBits(toData(t).data, toData(theirs[i]).data);
      });
    },
  );

  test.prop([unscaled])('parameterCount counts every number', (c) => {
    const neuron = makeFormsNeuron(c);
    const numbers = treeLeaves(neuron).reduce((n, t) => n + t.size, 0);
    expect(parameterCount(structureOf(neuron), c.inputs, c.outputs)).toBe(numbers);
  });

  test('structures print with their ranks', () => {
    const parts = (['symmetric', 'tucker', 'tt'] as const).map((form, i) =>
      makeInteraction({ form, order: 3, ranks: [2, 3, 1] }, 2, 1, i),
    );
    expect(printStructure(structureOf(polynomialNeuron({ inputs: 2, interaction: parts })))).toBe(
      '⟨u, x⟩³ (rank 2) + ⟨v₁, x⟩⟨v₂, x⟩⟨v₃, x⟩ (Tucker ranks 2 × 3 × 1) + ⟨a₁, x⟩⟨a₂, x⟩⟨a₃, x⟩ (TT ranks 2, 3)',
    );
    expect(parameterCount({ power: [], interaction: [{ form: 'tucker', order: 2, rank: 3 }] }, 5)).toBe(1 + 9 + 30);
    expect(() =>
      printStructure({ power: [], interaction: [{ form: 'tt', order: 3, rank: 2, ranks: [1, 1] }] }),
    ).toThrow('printStructure: interaction[0].rank must be the largest of its ranks [1, 1]: got 2');
  });

  const tt = makeInteraction({ form: 'tt', order: 3, ranks: [2, 3] }, 2, 1, 1);
  const tucker = makeInteraction({ form: 'tucker', order: 2, ranks: [2, 3] }, 2, 1, 1);
  const symmetric = makeInteraction({ form: 'symmetric', order: 2, ranks: [2] }, 2, 1, 1);
  test.each([
    [{ ...tt, ranks: [2] }, 'interaction[0].ranks must be 2 for order 3: got 1'],
    [{ ...tt, ranks: [3, 2] }, 'interaction[0].cores[0] must have shape [1, 2, 3, 1]: got [1, 2, 2, 1]'],
    [{ ...tt, cores: [] }, 'interaction[0] has order 3 but 0 cores'],
    [{ ...tucker, ranks: [2, 0] }, 'interaction[0].ranks[1] must be an integer ≥ 1: got 0'],
    [{ ...tucker, core: drawTensor(1, [2, 2, 1]) }, 'interaction[0].core must have shape [2, 3, 1]: got [2, 2, 1]'],
    [{ ...symmetric, weights: drawTensor(1, [3, 1]) }, 'interaction[0].weights must have shape [2, 1]: got [3, 1]'],
    [{ ...symmetric, order: 0 }, 'interaction[0].order must be an integer ≥ 1: got 0'],
    [
      {
        ...symmetric,
        factor: tensor([
          [[Number.NaN], [1]],
          [[1], [1]],
        ]),
      },
      'is not finite at [0, 0, 0]: NaN',
    ],
  ])('refuses what does not fit (%#)', (part, message) => {
    expect(() => neuronOf(part, 2, 1)).toThrow(message);
  });
});

/** Integers from −3 to 3, of which no product below is rounded. */
const drawIntegers = (seed: number, shape: readonly number[]): Tensor => {
  const { data } = toData(drawTensor(seed, shape));
  return tensor(
    data.map((v) => Math.round(2 * v)),
    shape,
  );
};

describe('conversions', () => {
  const size = { inputs: fc.integer({ min: 1, max: 3 }), outputs: fc.integer({ min: 1, max: 2 }) };
  const cases = fc.record({ ...size, part: formCases, seed: fc.nat({ max: 1e6 }) });

  test.prop([cases])('to CP, Tucker and TT keep the polynomial exactly', ({ part, inputs, outputs, seed }) => {
    const made = makeInteraction(part, inputs, outputs, seed, drawIntegers);
    const conversions: Interaction[] = [toCp(made), toTt(made)];
    // A Tucker core of rank^order elements: of a Tucker interaction of order 5 by way of CP it would be far too large.
    if (toCp(made).rank ** part.order < 1000) conversions.push(toTucker(made));
    for (const converted of conversions) {
      const [a, b] = [made, converted].map((p) => neuronOf(p, inputs, outputs));
      expect(equivalentPolynomials(a, b)).toBe(true);
    }
    expect(toCp(made).form).toBe('cp');
    expect(toTt(made).form).toBe('tt');
  });

  test('what has the form already is returned as it is, ranks are as documented', () => {
    const tucker = makeInteraction({ form: 'tucker', order: 3, ranks: [2, 3, 2] }, 2, 1, 5);
    expect(Object.is(toTucker(tucker), tucker)).toBe(true);
    expect(toCp(tucker).rank).toBe(12);
    const tt = makeInteraction({ form: 'tt', order: 3, ranks: [2, 3] }, 2, 1, 5);
    expect(Object.is(toTt(tt), tt)).toBe(true);
    expect(toCp(tt).rank).toBe(6);
    expect(toCp(toCp(tt))).toEqual(toCp(tt));
    expect(() => toTucker(makeInteraction({ form: 'cp', order: 5, ranks: [30] }, 1, 1, 5))).toThrow(
      'toTucker: a core of rank 30 and order 5 has more than 10000000 elements: 24300000',
    );
  });

  test.prop([cases])('coefficientTensor is symmetric and contracts to the value', ({ part, inputs, outputs, seed }) => {
    const made = makeInteraction(part, inputs, outputs, seed);
    const output = seed % outputs;
    const dense = coefficientTensor(made, output);
    expect(dense.shape).toEqual(new Array<number>(part.order).fill(inputs));
    if (part.order > 1) {
      const axes = Array.from({ length: part.order }, (_, m) => (m + 1) % part.order);
      expectSameBits(toData(transpose(dense, axes)).data, toData(dense).data);
      const swapped = axes.map((_, m) => (m === 0 ? 1 : m === 1 ? 0 : m));
      expectSameBits(toData(transpose(dense, swapped)).data, toData(dense).data);
    }
    const x = Array.from(flatten(drawTensor(seed + 77, [inputs])));
    const data = toData(dense).data;
    const value = tuples(dense.shape).reduce((sum, place, i) => sum + data[i] * place.reduce((p, d) => p * x[d], 1), 0);
    expectClose([value], [denseValue(made, output, x)], formsTolerance);
  });

  test.prop(
    [
      fc.constantFrom('cp', 'symmetric', 'tucker', 'tt'),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat({ max: 1e6 }),
    ],
    { numRuns: 25 },
  )('a dense tensor of low rank is found in every form', (form, order, inputs, seed) => {
    const truth = makeInteraction({ form: 'symmetric', order, ranks: [1] }, inputs, 2, seed);
    const dense = [coefficientTensor(truth, 0), coefficientTensor(truth, 1)];
    const { interaction, relativeErrors } = interactionFromTensor(dense, { form, rank: 1 });
    expect(interaction.form).toBe(form);
    for (const error of relativeErrors) expect(error).toBeLessThan(1e-7);
    const x = drawTensor(seed + 5, [4, inputs]);
    const [actual, expected] = [interaction, truth].map((p) => toData(evaluate(neuronOf(p, inputs, 2), x)).data);
    // Weights below 1.5 times up to three forms below 3·2.25, to the error of the fit.
    expectClose(actual, expected, { factor: 1, epsilon: 1e-6, scale: 1.5 * 7 ** 3 });
  });

  test('tensors of different ranks are filled up with zeros; defaults are exported', () => {
    expect(interactionFromTensorDefaults).toMatchObject({ form: 'cp', eps: 1e-12 });
    const low = coefficientTensor(makeInteraction({ form: 'symmetric', order: 3, ranks: [1] }, 3, 1, 3));
    const full = coefficientTensor(makeInteraction({ form: 'cp', order: 3, ranks: [3] }, 3, 1, 4));
    for (const form of ['tucker', 'tt'] as const) {
      const { interaction } = interactionFromTensor([low, full], { form });
      [low, full].forEach((dense, c) => {
        expectClose(toData(coefficientTensor(interaction, c)).data, toData(dense).data, { factor: 1e5, scale: 30 });
      });
    }
  });

  test('refuses what is no coefficient tensor', () => {
    expect(() => interactionFromTensor(tensor([[1, 2]]), { rank: 1 })).toThrow(
      'interactionFromTensor: coefficients[0] must have shape [D, …, D] with D ≥ 1: got [1, 2]',
    );
    expect(() => interactionFromTensor(tensor([1, 2]))).toThrow("form 'cp' needs a rank: got none");
    expect(() => interactionFromTensor([tensor([1, 2]), tensor([1])], { rank: 1 })).toThrow('must have one shape');
    expect(() => interactionFromTensor([])).toThrow('needs a coefficient tensor for each output');
    const part = makeInteraction({ form: 'cp', order: 2, ranks: [1] }, 2, 1, 4);
    expect(() => coefficientTensor(part, 1)).toThrow('output must be an integer from 0 to 0: got 1');
  });
});

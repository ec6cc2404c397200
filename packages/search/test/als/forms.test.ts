import { fc, test } from '@fast-check/vitest';
import { evaluate, type Interaction, parameterCount, polynomialNeuron } from '@neuronseek/neurons';
import { flatten, tensor } from '@neuronseek/tensor';
import { svdvals } from '@neuronseek/tensor/kernels';
import { fold, type Key, key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { directSum, embedded } from '../../src/als/forms/direct-sum.js';
import { formEquations, formLength, formValues } from '../../src/als/forms/form-model.js';
import { freeParameters } from '../../src/als/forms/form-price.js';
import { lowered, lowerRanks } from '../../src/als/forms/lower.js';
import { type FormName, slotsOf, type Term, termLength } from '../../src/als/forms/term.js';
import { addTerm } from '../../src/als/forms/term-values.js';
import { createMemory } from '../../src/als/memory.js';
import { type Atom, atomParameters, fittedValues } from '../../src/als/model.js';
import { createProblem } from '../../src/als/problem.js';
import { regression } from '../../src/als/response.js';
import { noiseProblem, syntheticProblem } from '../../src/problems/synthetic.js';
import { searchTensorDecomposition } from '../../src/search-tensor-decomposition.js';

const names = ['symmetric', 'tucker', 'tt'] as const;
const form = fc.constantFrom(...names);
const order = fc.integer({ min: 2, max: 5 });
const seed = fc.integer({ min: 0, max: 1e6 });
const inputs = 4;
const rows = 60;

const atomOf = (at: Key, k: number): Atom => ({ order: k, forms: normal(at, k * inputs) });

const atomsOf = (at: Key, k: number, rank: number): Atom[] =>
  Array.from({ length: rank }, (_, r) => atomOf(fold(at, r), k));

/** A term with random numbers everywhere, no sum of products. */
const dense = (name: FormName, k: number, ranks: readonly number[], at: Key): Term => {
  const slots = slotsOf({ form: name, order: k, ranks }).reduce((sum, n) => sum + n, 0);
  const entries = name === 'tt' ? 0 : ranks.reduce((n, r) => n * r, 1);
  const core = normal(fold(at, 1), entries);
  return {
    form: name,
    order: k,
    ranks,
    forms: normal(fold(at, 2), slots * inputs),
    core: name === 'symmetric' ? core.map(Math.sign) : core,
  };
};

const shape = fc.record({ name: form, k: order, r: fc.integer({ min: 1, max: 2 }) }).map(({ name, k, r }) => ({
  name,
  k,
  ranks: Array<number>(name === 'tucker' ? k : name === 'tt' ? k - 1 : 1).fill(r),
}));

const drawn = normal(key(3), rows * inputs);
const problem = createProblem(
  createMemory(),
  rows,
  inputs,
  5,
  (i, d) => drawn[i * inputs + d],
  regression([normal(key(4), rows)]).likelihoods,
  1,
);

const plain = { bias: 0.3, powers: [], weights: new Float64Array(0) };

const valuesOf = (terms: readonly Term[]): Float64Array => {
  const out = new Float64Array(rows);
  formValues(problem, { ...plain, terms }, out);
  return out;
};

const expectClose = (a: Float64Array, b: Float64Array, within: number): void => {
  const scale = Math.max(1, ...b.map(Math.abs));
  a.forEach((v, i) => {
    expect(Math.abs(v - b[i])).toBeLessThanOrEqual(within * scale);
  });
};

describe('terms of other forms', () => {
  test.prop([form, order, fc.integer({ min: 1, max: 3 }), seed])(
    'are the products that they were made of',
    (name, k, rank, s) => {
      const atoms = atomsOf(key(s), k, rank);
      const expected = new Float64Array(rows);
      fittedValues(problem, { ...plain, atoms }, expected);
      expectClose(valuesOf([embedded(name, atoms)]), expected, 1e-10);
    },
  );

  test.prop([shape, seed])('add up', (a, s) => {
    const [first, second] = [
      dense(a.name, a.k, a.ranks, key(s)),
      dense(
        a.name,
        a.k,
        a.ranks.map(() => 1),
        key(s + 1),
      ),
    ];
    const sum = directSum(first, second);
    expect(sum.ranks).toEqual(a.ranks.map((r) => r + 1));
    const [one, two] = [valuesOf([first]), valuesOf([second])];
    expectClose(
      valuesOf([sum]),
      one.map((v, i) => v + two[i] - plain.bias),
      1e-10,
    );
  });

  test.prop([shape, seed])('have the derivatives of their values', ({ name, k, ranks }, s) => {
    const term = dense(name, k, ranks, key(s));
    const slots = term.forms.length / inputs;
    const z = normal(fold(key(s), 9), slots);
    const at = (core: Float64Array, forms: Float64Array): number => {
      const values = new Float64Array(1);
      addTerm({ ...term, core }, { z: forms, rows: 1, values, derivatives: undefined });
      return values[0];
    };
    const derivatives = { slots: new Float64Array(slots), core: new Float64Array(term.core.length) };
    addTerm(term, { z, rows: 1, values: new Float64Array(1), derivatives });
    const moved = (numbers: Float64Array, i: number, by: number): Float64Array =>
      numbers.map((v, j) => (j === i ? v + by : v));
    const h = 1e-5;
    const scale = 1 + Math.abs(at(term.core, z)) + Math.max(...derivatives.slots.map(Math.abs));
    derivatives.slots.forEach((value, i) => {
      const difference = (at(term.core, moved(z, i, h)) - at(term.core, moved(z, i, -h))) / (2 * h);
      expect(Math.abs(value - difference)).toBeLessThanOrEqual(1e-6 * scale);
    });
    if (name !== 'tucker') return;
    derivatives.core.forEach((value, i) => {
      const difference = (at(moved(term.core, i, h), z) - at(moved(term.core, i, -h), z)) / (2 * h);
      expect(Math.abs(value - difference)).toBeLessThanOrEqual(1e-6 * scale);
    });
  });

  test.prop([fc.constantFrom('tucker', 'tt'), fc.integer({ min: 3, max: 4 }), seed])(
    'lose nothing with ranks that they do not need',
    (name, k, s) => {
      const ranks = Array<number>(name === 'tucker' ? k : k - 1).fill(2);
      const term = dense(name, k, ranks, key(s));
      // The same factors twice: half of the ranks of the sum are spare.
      const twice = directSum(term, term);
      expectClose(valuesOf([lowered(twice, ranks)]), valuesOf([twice]), 1e-7);
    },
  );

  test.prop([shape, seed])('name only smaller ranks, and lowering gives them', ({ name, k, ranks }, s) => {
    const term = dense(name, k, ranks, key(s));
    for (const less of lowerRanks(term)) {
      expect(less.every((r, m) => r <= ranks[m] && r >= 1)).toBe(true);
      expect(less).not.toEqual(ranks);
      expect(lowered(term, less).ranks).toEqual(less);
    }
    if (ranks.every((r) => r === 1)) expect(lowerRanks(term)).toEqual([]);
  });

  test.prop([shape, seed])('have no more directions than free parameters', ({ name, k, ranks }, s) => {
    const term = dense(name, k, ranks, key(s));
    const { size, matrix } = formEquations(problem, { ...plain, terms: [term] }, new Float64Array(rows), undefined);
    expect(size).toBe(formLength(inputs, { ...plain, terms: [term] }));
    expect(size).toBe(1 + termLength(term));
    const values = new Float64Array(size);
    svdvals(size, size, matrix.slice(), 0, values, 0);
    // The normal equations square the singular values of the derivatives.
    const directions = values.filter((v) => v > 1e-12 * values[0]).length - 1;
    expect(directions).toBeLessThanOrEqual(freeParameters(inputs, term));
  });

  test.prop([order, fc.integer({ min: 5, max: 50 })])('of rank 1 are priced as a product', (k, d) => {
    for (const name of ['tucker', 'tt'] as const) {
      const ranks = Array<number>(name === 'tucker' ? k : k - 1).fill(1);
      expect(freeParameters(d, { form: name, order: k, ranks })).toBe(atomParameters(d, k));
    }
  });
});

const standard = (at: Key, dims: number[]) =>
  tensor(
    normal(
      at,
      dims.reduce((n, d) => n * d, 1),
    ),
    dims,
  );

/** A linear neuron with one interaction, and rows of it with 1 % of noise. */
const truthOf = (interaction: Interaction, d: number, s: number) => {
  const at = key(s);
  const neuron = polynomialNeuron({
    inputs: d,
    power: [{ order: 1, weights: standard(fold(at, 10), [d, 1]) }],
    interaction: [interaction],
  });
  const x = standard(fold(at, 11), [1200, d]);
  const clean = Float64Array.from(flatten(evaluate(neuron, x)));
  const noise = normal(fold(at, 12), 1200);
  const deviation = Math.sqrt(clean.reduce((sum, v) => sum + v * v, 0) / 1200);
  return {
    x,
    clean,
    deviation,
    y: tensor(
      Float64Array.from(clean, (v, i) => v + 0.01 * deviation * noise[i]),
      [1200, 1],
    ),
  };
};

describe('search in other forms', () => {
  test.each(
    names.flatMap((name) => (['hybrid v0', 'interact v1', 'pure v2'] as const).map((of) => [name, of] as const)),
  )('%s finds %s of CP form', (interaction, of) => {
    const { train, test: held, truth } = syntheticProblem(of, { key: key(421), inputs: 6, rows: 1000 });
    const found = searchTensorDecomposition(train, { interaction });
    expect(found.structure.power).toEqual(truth.power);
    expect(found.structure.interaction.map(({ order: k, form: name }) => [k, name])).toEqual(
      truth.interaction.map(({ order: k }) => [k, interaction]),
    );
    expect(found.neuron.interaction.every(({ form: name }) => name === interaction)).toBe(true);
    expect(parameterCount(found.structure, 6)).toBe(
      [
        found.neuron.bias,
        ...found.neuron.power.map(({ weights }) => weights),
        ...found.neuron.interaction.flatMap(tensorsOf),
      ].reduce((sum, { shape: dims }) => sum + dims.reduce((n, d) => n * d, 1), 0),
    );
    const errors = Array.from(flatten(evaluate(found.neuron, held.x)), (v, i) => v - flatten(held.y)[i]);
    expect(errors.reduce((sum, v) => sum + v * v, 0) / errors.length).toBeLessThanOrEqual(3 * truth.noiseFloor);
    expect(found.terms.every(({ gain, noise }) => gain > noise)).toBe(true);
    expect(found.reason).toBeUndefined();
  });

  test('finds the multilinear ranks of a core, which take fewer parameters than products', () => {
    const at = key(431);
    const { x, y, clean, deviation } = truthOf(
      {
        form: 'tucker',
        order: 3,
        ranks: [2, 2, 2],
        core: standard(fold(at, 1), [2, 2, 2, 1]),
        factors: [2, 3, 4].map((i) => standard(fold(at, i), [5, 2, 1])),
      },
      5,
      431,
    );
    const found = searchTensorDecomposition({ x, y }, { interaction: 'tucker' });
    expect(found.structure).toEqual({
      power: [1],
      interaction: [{ order: 3, rank: 2, form: 'tucker', ranks: [2, 2, 2] }],
    });
    const errors = Array.from(flatten(evaluate(found.neuron, x)), (v, i) => v - clean[i]);
    expect(Math.sqrt(errors.reduce((sum, v) => sum + v * v, 0) / errors.length)).toBeLessThan(0.004 * deviation);
  });

  test('finds how many powers a symmetric form has', () => {
    const at = key(432);
    const { x, y } = truthOf(
      {
        form: 'symmetric',
        order: 4,
        rank: 2,
        weights: tensor([1, -0.7], [2, 1]),
        factor: standard(fold(at, 8), [5, 2, 1]),
      },
      5,
      432,
    );
    const found = searchTensorDecomposition({ x, y }, { interaction: 'symmetric' });
    expect(found.structure.interaction).toEqual([{ order: 4, rank: 2, form: 'symmetric' }]);
  });

  test.each(names)(
    '%s: units and the sequence of columns do not matter, several targets share a structure',
    (interaction) => {
      const { train, truth } = syntheticProblem('hybrid v3', { key: key(422), inputs: 4, rows: 800 });
      const [x, y] = [Float64Array.from(flatten(train.x)), Float64Array.from(flatten(train.y))];
      const turned = Float64Array.from(x, (_, i) => 1e3 * x[i - (i % 4) + ((i + 1) % 4)] + 0);
      const two = Float64Array.from({ length: 1600 }, (_, i) => (i % 2 === 0 ? 1e6 * y[i >> 1] : 3 - 2 * y[i >> 1]));
      const found = searchTensorDecomposition(
        { x: tensor(turned, [800, 4]), y: tensor(two, [800, 2]) },
        { interaction },
      );
      expect(found.structure.power).toEqual(truth.power);
      expect(found.structure.interaction.map(({ order: k }) => k)).toEqual(truth.interaction.map(({ order: k }) => k));
      const values = flatten(evaluate(found.neuron, tensor(turned, [800, 4])));
      const alone = Float64Array.from(
        flatten(evaluate(searchTensorDecomposition(train, { interaction }).neuron, train.x)),
      );
      const spread = Math.sqrt(y.reduce((sum, v) => sum + v * v, 0) / 800);
      alone.forEach((v, i) => {
        expect(Math.abs(values[2 * i] / 1e6 - v)).toBeLessThan(1e-2 * spread);
        expect(Math.abs((3 - values[2 * i + 1]) / 2 - v)).toBeLessThan(1e-2 * spread);
      });
    },
  );

  test.each([2, 3] as const)('classes of a logistic target, %i of them', (classes) => {
    const { train, truth } = syntheticProblem('interact v0', { key: key(423), inputs: 3, rows: 2500, classes });
    const found = searchTensorDecomposition(train, { interaction: 'tucker', task: 'classification' });
    expect(found.structure.power).toEqual(truth.power);
    expect(found.structure.interaction.map(({ order: k }) => k)).toEqual(truth.interaction.map(({ order: k }) => k));
    const products = searchTensorDecomposition(train, { task: 'classification' });
    expect(found.confirmation?.fitted).toBeCloseTo(products.confirmation?.fitted ?? 0, 2);
    expect(found.neuron.outputs).toBe(classes);
  });

  test.each(names)('%s: nothing in noise', (interaction) => {
    const { train } = noiseProblem({ key: key(424), inputs: 5, rows: 500 });
    expect(searchTensorDecomposition(train, { interaction }).status).toBe('no-structure');
  });

  test('an aborted search is the best so far, and an unknown form is refused', () => {
    const { train } = syntheticProblem('hybrid v0', { key: key(425), inputs: 4, rows: 400 });
    const controller = new AbortController();
    const found = searchTensorDecomposition(train, {
      interaction: 'tt',
      signal: controller.signal,
      onProgress: ({ structure }) => {
        if (structure.interaction.some(({ form: name }) => name === 'tt')) controller.abort();
      },
    });
    expect(found.status).toBe('aborted');
    expect(found.neuron.interaction.every(({ form: name }) => name === 'tt')).toBe(true);
    expect(() => searchTensorDecomposition(train, { interaction: JSON.parse('"hosvd"') })).toThrow(
      "searchTensorDecomposition: interaction must be 'cp', 'symmetric', 'tucker' or 'tt', got 'hosvd'",
    );
  });
});

function tensorsOf(part: Interaction): { readonly shape: readonly number[] }[] {
  switch (part.form) {
    case 'cp':
      return [...part.factors];
    case 'symmetric':
      return [part.weights, part.factor];
    case 'tucker':
      return [part.core, ...part.factors];
    case 'tt':
      return [...part.cores];
  }
}

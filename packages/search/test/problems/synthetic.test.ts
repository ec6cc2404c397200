import { fc, test } from '@fast-check/vitest';
import { crossEntropy, mse } from '@neuronseek/network';
import { evaluate, type PolynomialNeuron } from '@neuronseek/neurons';
import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import type { InputDistribution } from '../../src/problems/distribution.js';
import {
  mixtureProblem,
  mixtureProblems,
  noiseProblem,
  syntheticProblem,
  syntheticProblems,
} from '../../src/problems/synthetic.js';
import { syntheticDefaults } from '../../src/problems/synthetic-problem.js';

const distributions: readonly InputDistribution[] = [
  'normal',
  'uniform',
  'log-normal',
  { ar: 0.9 },
  { t: 5 },
  { shift: 1 },
];
const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const moments = (values: ArrayLike<number>): { mean: number; variance: number } => {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return { mean, variance: list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / list.length };
};
/** Mean squared error of the neuron over the rows of both tables. */
const errorOf = (neuron: PolynomialNeuron, { train, test: held }: ReturnType<typeof noiseProblem>): number => {
  const [a, b] = [train, held].map(({ x, y }) => mse(evaluate(neuron, x), y).item() * x.shape[0]);
  return (a + b) / (train.x.shape[0] + held.x.shape[0]);
};

describe('syntheticProblem', () => {
  test('has the orders of the published table', () => {
    const orders = Object.fromEntries(
      syntheticProblems.map((name) => {
        const { power, interaction } = syntheticProblem(name, { rows: 5, testRows: 5, inputs: 3, key: key(0) }).truth;
        return [name, `P${power} I${interaction.map(({ order, rank }) => `${order}x${rank}`)}`];
      }),
    );
    expect(orders).toEqual({
      'pure v0': 'P2 I',
      'pure v1': 'P3 I',
      'pure v2': 'P1,2 I',
      'pure v3': 'P2,4 I',
      'pure v4': 'P5 I',
      'interact v0': 'P I2x1',
      'interact v1': 'P I2x1,3x1',
      'interact v2': 'P I2x1,3x1',
      'interact v3': 'P I2x1,4x1',
      'interact v4': 'P I4x1',
      'hybrid v0': 'P2 I2x1',
      'hybrid v1': 'P1 I2x1',
      'hybrid v2': 'P3 I2x1',
      'hybrid v3': 'P2 I3x1',
      'hybrid v4': 'P2 I3x1',
    });
  });

  test.prop([
    fc.constantFrom(...syntheticProblems),
    fc.constantFrom(...distributions),
    seeds,
    fc.integer({ min: 0, max: 2 }),
  ])(
    'the truth leaves the noise and nothing else, and y is standardised before noise is added',
    (name, distribution, seed, tenths) => {
      const noise = tenths / 10;
      const problem = syntheticProblem(name, {
        key: key(seed),
        inputs: 4,
        rows: 900,
        testRows: 100,
        distribution,
        noise,
      });
      const { truth, deviation } = problem;
      expect(truth.noiseFloor).toBeCloseTo((0.01 / deviation[0]) ** 2 + noise ** 2, 12);
      // χ² of 1000 degrees by 1000 has deviation 0.045: five of them, and more.
      expect(Math.abs(errorOf(truth.neuron, problem) / truth.noiseFloor - 1)).toBeLessThan(0.25);
      const clean = syntheticProblem(name, { key: key(seed), inputs: 4, rows: 900, testRows: 100, distribution });
      const { mean, variance } = moments([...flatten(clean.train.y), ...flatten(clean.test.y)]);
      expect(mean).toBeCloseTo(0, 10);
      expect(variance).toBeCloseTo(1, 10);
    },
  );

  test.prop([seeds, fc.integer({ min: 1, max: 6 })])(
    'fixed coefficients are those of the table, on all relevant columns',
    (seed, relevant) => {
      const { truth, deviation } = syntheticProblem('pure v2', { key: key(seed), inputs: 6, rows: 50, relevant });
      const weights = truth.neuron.power.map(({ weights: w }) => Array.from(flatten(w), (v) => v * deviation[0]));
      expect(truth.relevant.length).toBe(relevant);
      expect([...new Set(truth.relevant)].sort((a, b) => a - b)).toEqual(truth.relevant);
      for (let d = 0; d < 6; d++) {
        const matters = truth.relevant.includes(d);
        expect(weights[0][d]).toBeCloseTo(matters ? 10 : 0, 10);
        expect(weights[1][d]).toBeCloseTo(matters ? 0.5 : 0, 10);
      }
    },
  );

  test('drawn coefficients are between 1 and 3 or 0.5 and 3, of both signs, and forms have variance 1/D', () => {
    const drawn = Array.from({ length: 300 }, (_, seed) => {
      const { truth, deviation } = syntheticProblem('hybrid v0', { key: key(seed), inputs: 5, rows: 20, testRows: 1 });
      return { c: flatten(truth.neuron.power[0].weights)[0] * deviation[0], truth };
    });
    const sizes = drawn.map(({ c }) => Math.abs(c));
    expect(Math.min(...sizes)).toBeGreaterThan(0.9999);
    expect(Math.max(...sizes)).toBeLessThan(3.0001);
    expect(moments(sizes).mean).toBeCloseTo(2, 0);
    expect(drawn.filter(({ c }) => c < 0).length).toBeGreaterThan(100);
    expect(drawn.filter(({ c }) => c > 0).length).toBeGreaterThan(100);
    const squares = drawn.map(({ truth }) => {
      const [part] = truth.neuron.interaction;
      return part.form === 'cp' ? Array.from(flatten(part.factors[1])).reduce((sum, u) => sum + u * u, 0) : Number.NaN;
    });
    // Of 5 numbers N(0, 1)/√5 the squares add up to 1 on average, with deviation √(2/5).
    expect(Math.abs(moments(squares).mean - 1)).toBeLessThan((5 * Math.sqrt(2 / 5)) / Math.sqrt(300));
  });

  test('two interactions have forms of their own', () => {
    const { interaction } = syntheticProblem('interact v1', { key: key(4), inputs: 3, rows: 20 }).truth.neuron;
    const second = interaction.map((part) => (part.form === 'cp' ? Array.from(flatten(part.factors[1])) : []));
    expect(second[0]).not.toEqual(second[1]);
  });

  test.prop([fc.constantFrom(2, 3), fc.constantFrom(...syntheticProblems), seeds])(
    'labels of two or three classes are drawn from the softmax of the truth',
    (count, name, seed) => {
      const classes = count === 2 ? 2 : 3;
      const { truth, test: held } = syntheticProblem(name, {
        key: key(seed),
        inputs: 3,
        rows: 2,
        testRows: 2000,
        classes,
      });
      const labels = Array.from(flatten(held.y));
      const rows = Array.from({ length: 2000 }, (_, i) => labels.slice(i * classes, (i + 1) * classes));
      const kinds = new Set(rows.map((row) => row.sort().join()));
      expect([...kinds]).toEqual([classes === 2 ? '0,1' : '0,0,1']);
      const logits = evaluate(truth.neuron, held.x);
      const loss = crossEntropy(logits, held.y).item();
      // −log p of a label with entropy H below log 3 varies by less than 1 on most rows; tails are heavier than that.
      expect(Math.abs(loss - truth.noiseFloor)).toBeLessThan((6 * 1.2) / Math.sqrt(2000));
      if (classes === 2) {
        const values = flatten(logits);
        expect(
          Math.max(...Array.from({ length: 2000 }, (_, i) => Math.abs(values[2 * i] + values[2 * i + 1]))),
        ).toBeLessThan(1e-6);
      }
      expect(truth.neuron.outputs).toBe(classes);
    },
  );

  test('the same key gives the same bits, and more rows begin with the same', () => {
    const options = { key: key(9), inputs: 3, rows: 4, testRows: 2, noise: 0.1 };
    const bits = (p: ReturnType<typeof noiseProblem>): unknown =>
      [p.train, p.test].map(({ x, y }) => [x, y].map((t) => [...flatten(t)]));
    const first = syntheticProblem('hybrid v4', options);
    expect(bits(syntheticProblem('hybrid v4', options))).toEqual(bits(first));
    expect(bits(syntheticProblem('hybrid v4', { ...options, key: key(8) }))).not.toEqual(bits(first));
    const more = syntheticProblem('hybrid v4', { ...options, rows: 40 });
    expect([...flatten(more.train.x)].slice(0, 12)).toEqual([...flatten(first.train.x)]);
    expect(golden(first.train.x, first.train.y, first.truth.neuron.bias)).toMatchInlineSnapshot(`
      [
        [
          -1.4577447456300425,
          -1.3050953318259573,
          -0.09335454043083255,
        ],
        [
          1.579299048437129,
          -0.2714365070704664,
          -0.4317849287354885,
        ],
        [
          -1.477860065286756,
        ],
      ]
    `);
    const classes = syntheticProblem('interact v3', { ...options, noise: 0, classes: 3, distribution: { t: 5 } });
    expect(golden(classes.train.x, classes.train.y, classes.truth.neuron.bias)).toMatchInlineSnapshot(`
      [
        [
          -1.1553951396279873,
          -0.963954467287773,
          -0.09686102434327214,
        ],
        [
          0,
          0,
          1,
        ],
        [
          1.1311000019981545,
          -1.3810929115288493,
          -5.188744835558097,
        ],
      ]
    `);
  });

  test.each([
    [{ inputs: 0 }, 'inputs must be a positive integer: got 0'],
    [{ rows: 1.5 }, 'rows must be a positive integer: got 1.5'],
    [{ testRows: -1 }, 'testRows must be a positive integer: got -1'],
    [{ inputs: 3, relevant: 4 }, 'relevant must be at most 3, the inputs: got 4'],
    [{ noise: Number.NaN }, 'noise must be a finite number from 0: got NaN'],
    [{ classes: 2, noise: 0.1 } as const, 'noise must be 0 for classes, whose labels are drawn: got 0.1'],
    [{ distribution: { ar: 1 } }, 'distribution needs ar between -1 and 1: got {"ar":1}'],
    [{ distribution: { t: 2 } }, 'distribution needs t above 2, where there is a variance: got {"t":2}'],
  ])('refuses %j', (options, message) => {
    expect(() => syntheticProblem('pure v0', { key: key(0), ...options })).toThrow(
      new RangeError(`syntheticProblem: ${message}`),
    );
  });

  test('refuses names that there are not', () => {
    expect(() => syntheticProblem('pure v5', { key: key(0) })).toThrow(
      /^syntheticProblem: the name must be one of pure v0; .*: got pure v5$/,
    );
    const misspelt = { key: key(0), row: 5 };
    expect(() => syntheticProblem('pure v0', misspelt)).toThrow(/^syntheticProblem: unknown option row: /);
    expect(syntheticDefaults).toMatchObject({ inputs: 10, rows: 2000, testRows: 500, baseNoise: 0.01, steepness: 4 });
  });
});

describe('inputs', () => {
  const draw = (distribution: InputDistribution, seed: number): Float64Array =>
    Float64Array.from(
      flatten(noiseProblem({ key: key(seed), inputs: 4, rows: 5000, testRows: 1, distribution }).train.x),
    );

  // Mean, variance and kurtosis; the variance of a sample variance is (kurtosis − 1)·variance²/n.
  const m = Math.exp(1 / 8);
  const v = Math.exp(1 / 4) * (Math.exp(1 / 4) - 1);
  test.prop([
    fc.constantFrom<[InputDistribution, number, number, number]>(
      ['normal', 0, 1, 3],
      ['uniform', 0, 1 / 3, 9 / 5],
      ['log-normal', m, v, 9],
      [{ t: 9 }, 0, 1, 4.2],
      [{ shift: -2 }, -2, 1, 3],
    ),
    seeds,
  ])('have the moments of their distribution', ([distribution, mean, variance, kurtosis], seed) => {
    const found = moments(draw(distribution, seed));
    expect(Math.abs(found.mean - mean)).toBeLessThan(6 * Math.sqrt(variance / 20000));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(7 * Math.sqrt((kurtosis - 1) / 20000));
  });

  test.prop([fc.constantFrom(0.9, 0.5, -0.7), seeds])('of ar have correlation ar to the distance', (ar, seed) => {
    const x = draw({ ar }, seed);
    for (let gap = 0; gap < 4; gap++) {
      let sum = 0;
      for (let i = 0; i < 5000; i++) sum += x[4 * i] * x[4 * i + gap];
      expect(Math.abs(sum / 5000 - ar ** gap)).toBeLessThan(6 * Math.sqrt(2 / 5000));
    }
  });
});

describe('mixtureProblem', () => {
  test.prop([fc.constantFrom(...mixtureProblems), seeds])(
    'components have variance 1 before y is standardised',
    (name, seed) => {
      const problem = mixtureProblem(name, { key: key(seed), inputs: 4, rows: 200, testRows: 50 });
      const { truth, deviation } = problem;
      expect(errorOf(truth.neuron, problem) / truth.noiseFloor).toBeLessThan(1.6);
      const variance = (neuron: PolynomialNeuron): number =>
        moments([problem.train.x, problem.test.x].flatMap((x) => [...flatten(evaluate(neuron, x))])).variance *
        deviation[0] ** 2;
      const { neuron } = truth;
      for (const term of neuron.power)
        expect(variance({ ...neuron, power: [term], interaction: [] })).toBeCloseTo(1, 8);
      for (const part of neuron.interaction) {
        if (part.form !== 'cp') throw new Error(part.form);
        for (let r = 0; r < part.rank; r++) {
          const one = { ...part, rank: 1, factors: part.factors.map((f) => column(f, r)) };
          expect(variance({ ...neuron, power: [], interaction: [one] })).toBeCloseTo(1, 8);
        }
      }
    },
  );

  test('takes any structure', () => {
    const structure = { power: [2], interaction: [{ order: 3, rank: 2 }] };
    const { name, truth } = mixtureProblem(structure, { key: key(1), inputs: 3, rows: 20 });
    expect([name, truth.power, truth.interaction]).toEqual(['P2 I3,3', [2], [{ order: 3, rank: 2 }]]);
    expect(mixtureProblems.length).toBe(10);
    expect(() => mixtureProblem({ power: [0], interaction: [] }, { key: key(1) })).toThrow(
      'mixtureProblem: order must be',
    );
  });
});

test('noiseProblem has no structure', () => {
  const { truth, deviation } = noiseProblem({ key: key(3), inputs: 3, rows: 100 });
  expect([truth.power, truth.interaction]).toEqual([[], []]);
  expect(truth.noiseFloor).toBeCloseTo(1 / deviation[0] ** 2, 12);
  expect(Math.abs(deviation[0] - 1)).toBeLessThan(0.2);
  const labels = noiseProblem({ key: key(3), inputs: 3, rows: 100, classes: 3 });
  expect(labels.truth.noiseFloor).toBeCloseTo(Math.log(3), 10);
});

/** The first numbers of each, exactly. */
function golden(...tensors: readonly Tensor[]): readonly number[][] {
  return tensors.map((t) => Array.from(flatten(t)).slice(0, 3));
}

/** Component r of a factor [D, R, 1]. */
function column(factor: Tensor, r: number): Tensor {
  const [inputs, rank] = factor.shape;
  return tensor(
    Array.from(flatten(factor)).filter((_, i) => i % rank === r),
    [inputs, 1, 1],
  );
}

import { fc, test } from '@fast-check/vitest';
import { evaluate, expressionNeuron } from '@neuronseek/neurons';
import { flatten, tensor } from '@neuronseek/tensor';
import { key, normal, split, uniform } from '@neuronseek/tensor/random';
import { expect } from 'vitest';
import { backward, forward, gradient, jacobian, newPass } from '../../src/rivals/eql/network.js';
import { searchEqlDefaults } from '../../src/rivals/eql/options.js';
import { readOff } from '../../src/rivals/eql/read-off.js';
import { activeWeights, bic, prune, refit } from '../../src/rivals/eql/refine.js';
import { eqlShape, liveWeights } from '../../src/rivals/eql/shape.js';
import { trainEql } from '../../src/rivals/eql/train.js';

const cases = fc.record({
  inputs: fc.integer({ min: 1, max: 3 }),
  layers: fc.integer({ min: 0, max: 2 }),
  copies: fc.integer({ min: 1, max: 2 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  sparse: fc.boolean(),
});
const rows = 5;
const made = ({ inputs, layers, copies, seed, sparse }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
  const shape = eqlShape(inputs, layers, searchEqlDefaults.units, copies);
  const [a, b, c] = split(key(seed), 3);
  const keep = uniform(c, shape.parameters);
  const weights = normal(a, shape.parameters, { standardDeviation: 0.5 }).map((w, i) =>
    sparse && keep[i] < 0.6 ? 0 : w,
  );
  return { shape, weights, columns: uniform(b, rows * inputs, { min: -1, max: 1 }) };
};

test.prop([cases])('the formula that is read off has the values of the network, in the units of the data', (drawn) => {
  const { shape, weights, columns } = made(drawn);
  const out = Array.from(forward(shape, weights, newPass(shape, rows, columns)));
  const units = { inputs: [4, 0.5, 1].slice(0, drawn.inputs), target: 8 };
  const features = units.inputs.map((_, d) => `x${d + 1}`);
  const neuron = expressionNeuron({ features, expressions: [readOff(shape, weights, units)] });
  const x = Float64Array.from({ length: columns.length }, (_, i) => {
    const [r, d] = [Math.floor(i / drawn.inputs), i % drawn.inputs];
    return columns[d * rows + r] * units.inputs[d];
  });
  const values = flatten(evaluate(neuron, tensor(x, [rows, drawn.inputs])));
  out.forEach((v, i) => {
    expect(Math.abs(values[i] - 8 * v)).toBeLessThan(1e-11 * (1 + Math.abs(8 * v)));
  });
});

test.prop([cases])('derivatives agree with central differences', (drawn) => {
  const { shape, weights, columns } = made(drawn);
  const pass = newPass(shape, rows, columns);
  const residuals = normal(key(drawn.seed), rows);
  forward(shape, weights, pass);
  backward(shape, weights, pass);
  const g = new Float64Array(shape.parameters);
  gradient(shape, pass, residuals, new Uint8Array(shape.parameters).fill(1), g);
  const list = Array.from({ length: shape.parameters }, (_, i) => i);
  const jac = jacobian(shape, pass, list);
  const at = (index: number, step: number): Float64Array => {
    const moved = weights.slice();
    moved[index] += step;
    return forward(shape, moved, newPass(shape, rows, columns)).slice();
  };
  for (const index of list.filter((i) => i % 3 === drawn.seed % 3)) {
    const [up, down] = [at(index, 1e-5), at(index, -1e-5)];
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const slope = (up[i] - down[i]) / 2e-5;
      expect(Math.abs(jac[index * rows + i] - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      sum += residuals[i] * jac[index * rows + i];
    }
    expect(Math.abs(g[index] - sum)).toBeLessThan(1e-10 * (1 + Math.abs(sum)));
  }
});

test.prop([cases])('weights that are not live change nothing', (drawn) => {
  const { shape, weights, columns } = made({ ...drawn, sparse: true });
  const live = liveWeights(shape, weights);
  const thin = weights.map((w, i) => (live[i] === 1 ? w : 0));
  expect([...forward(shape, thin, newPass(shape, rows, columns))]).toEqual([
    ...forward(shape, weights, newPass(shape, rows, columns)),
  ]);
  expect([...liveWeights(shape, thin)]).toEqual([...live]);
});

test('refitting never raises the error and keeps zeros, pruning never raises BIC, soft thresholding makes zeros', () => {
  const shape = eqlShape(2, 1, searchEqlDefaults.units, 1);
  const columns = uniform(key(1), 200, { min: -1, max: 1 });
  const y = Float64Array.from({ length: 100 }, (_, i) => columns[i] * columns[100 + i] + 0.3 * columns[i]);
  const data = { count: 100, columns, y };
  for (const seed of [0, 1, 2, 3]) {
    const start = normal(key(seed), shape.parameters).map((w, i) => (i % 4 === 0 ? 0 : w));
    const before = refit(shape, data, start, 0);
    const fitted = refit(shape, data, start, 30);
    expect(fitted.error).toBeLessThanOrEqual(before.error);
    expect(activeWeights(fitted.weights).every((i) => start[i] !== 0)).toBe(true);
    const thin = prune(shape, data, fitted);
    const score = ({ weights, error }: typeof thin): number => bic(error, activeWeights(weights).length, 100);
    expect(score(thin)).toBeLessThanOrEqual(score(fitted));
  }
  const settings = { ...searchEqlDefaults, key: key(0), steps: 200, threshold: 0 };
  const [free, penalised, more] = [0, 0.1, 0.5].map((lambda) => {
    const weights = trainEql(shape, data, settings, lambda, key(3));
    return weights ? activeWeights(weights).length : Number.NaN;
  });
  expect(free).toBe(shape.parameters);
  expect(penalised).toBeLessThan(free);
  expect(more).toBeLessThan(penalised);
});

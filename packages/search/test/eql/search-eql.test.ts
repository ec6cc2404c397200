import { mse } from '@neuronseek/network';
import { evaluate, parse } from '@neuronseek/neurons';
import { flatten, mul, tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { searchEqlDefaults } from '../../src/rivals/eql/options.js';
import { searchEql } from '../../src/rivals/eql/search-eql.js';

const truth = parse('a*b - c', { features: ['a', 'b', 'c'] });
const draw = (seed: number, rows = 150) => {
  const x = tensor(uniform(key(seed), 3 * rows, { min: -2, max: 2 }), [rows, 3]);
  return { x, y: evaluate(truth, x) };
};
const quick = { layers: 1, copies: 1, restarts: 2, steps: 500 };

describe('searchEql', () => {
  test('finds a formula that is exact on other rows, in data of any scale', () => {
    const held = draw(8);
    for (const scale of [1, 1e-9, 1e12]) {
      const { x, y } = draw(1);
      const result = searchEql({ x, y: mul(y, scale) }, { ...quick, key: key(1), restarts: 4 });
      expect(result.status).toBe('completed');
      expect(mse(evaluate(result.neuron, held.x), mul(held.y, scale)).item() / scale ** 2).toBeLessThan(1e-18);
    }
  });

  test('with noise, errors are those of its own predictor and near the noise', () => {
    const { x, y } = draw(2, 300);
    const noise = normal(key(5), 300, { standardDeviation: 0.1 });
    const noisy = tensor(
      Float64Array.from(flatten(y), (v, i) => v + noise[i]),
      [300, 1],
    );
    const validation = draw(3);
    const result = searchEql({ x, y: noisy }, { ...quick, key: key(1), validation });
    expect(result.trainError).toBeCloseTo(mse(evaluate(result.neuron, x), noisy).item(), 12);
    expect(result.validationError).toBeCloseTo(mse(evaluate(result.neuron, validation.x), validation.y).item(), 12);
    expect(result.validationError).toBeLessThan(0.002);
    expect(result.trace.length).toBe(6);
  });

  test('same key, same bits; a constant and noise have no structure', () => {
    const data = draw(4, 60);
    const runs = [1, 1, 2].map((seed) => JSON.stringify(searchEql(data, { ...quick, exact: 0, key: key(seed) })));
    expect(runs[1]).toBe(runs[0]);
    expect(runs[2]).not.toBe(runs[0]);
    const flat = searchEql({ x: data.x, y: tensor(new Float64Array(60).fill(3), [60, 1]) }, { ...quick, key: key(1) });
    expect([flat.status, flat.trainError, flat.trace.length]).toEqual(['no-structure', 0, 0]);
    const noise = searchEql({ x: draw(6, 300).x, y: tensor(normal(key(7), 300), [300, 1]) }, { ...quick, key: key(1) });
    expect(noise.status).toBe('no-structure');
    expect(flatten(evaluate(noise.neuron, data.x)).every((v) => Math.abs(v) < 0.3)).toBe(true);
  });

  test('stops by the signal, with what there is', () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ network, networks }: { network: number; networks: number }): void => {
      seen.push(network / networks);
      if (network === 2) controller.abort();
    };
    const options = { ...quick, exact: 0, key: key(1), signal: controller.signal, onProgress };
    const result = searchEql(draw(1), options);
    expect([result.status, result.trace.length, seen]).toEqual(['aborted', 2, [1 / 6, 2 / 6]]);
    expect(searchEql(draw(1), { ...quick, key: key(1), signal: AbortSignal.abort() })).toMatchObject({
      status: 'aborted',
      active: 1,
    });
  });

  test.each([
    [{ layers: 0 }, 'layers must be an integer ≥ 1: got 0'],
    [{ lambdas: [] }, 'lambdas must be finite numbers from 0, one at least: got []'],
    [{ lambdas: [-1] }, 'lambdas must be finite numbers from 0, one at least: got [-1]'],
    [
      { units: ['sin', 'sin'] } as const,
      'units must be some of identity, sin, cos, square, product, each once: got ["sin","sin"]',
    ],
    [{ learningRate: 0 }, 'learningRate must be a finite number above 0: got 0'],
    [{ threshold: 1 }, 'threshold must be a number in [0, 1): got 1'],
  ])('refuses %j', (options, message) => {
    expect(() => searchEql(draw(1), { key: key(0), ...options })).toThrow(new RangeError(`searchEql: ${message}`));
  });

  test('defaults are those of the docstrings', () => {
    expect(searchEqlDefaults).toMatchObject({
      layers: 2,
      copies: 2,
      lambdas: [0.1, 0.03, 0.01],
      restarts: 5,
      steps: 1500,
    });
    expect(searchEqlDefaults).toMatchObject({
      learningRate: 0.02,
      threshold: 0.01,
      searchRows: 256,
      exact: 1e-24,
      heldOut: 0.2,
    });
  });
});

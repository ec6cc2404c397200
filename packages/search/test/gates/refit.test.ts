import { test } from '@fast-check/vitest';
import { mse } from '@neuronseek/network';
import { evaluate, type PolynomialNeuron, toJSON } from '@neuronseek/neurons';
import { mul, ones } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import type { GatesOptions, SearchEvent } from '../../src/gates/options.js';
import { type Refitted, refit } from '../../src/gates/refit.js';
import { toNeuron } from '../../src/gates/to-neuron.js';
import { begin } from '../../src/gates/train-epoch.js';
import { oneEpoch } from '../support/one-epoch.js';
import { settingsOf, smallData, smallStructure, trainedParams } from '../support/small-model.js';

const data = smallData(20, 3, 1, 1);
const validation = smallData(10, 3, 1, 5);
const params = trainedParams(smallStructure, 3, 1, 2);
const options = { epochs: 10, refitEpochs: 6, batchSize: 8 };
const run = (more: Partial<GatesOptions> = {}, trace: SearchEvent[] = []): Refitted =>
  refit(params, data, smallStructure, settingsOf({ ...options, ...more }), key(3), trace);

/** The neuron at the start and after each epoch, step by step: gates open, no penalty, a tenth of the rates, half a cosine. */
function neurons(): PolynomialNeuron[] {
  const fixedGates = ones([4]);
  let progress = begin(params);
  return Array.from({ length: 7 }, (_, e) => {
    const rate = 0.1 * (0.001 + 0.5 * (1 - 0.001) * (1 + Math.cos((Math.PI * (e - 1)) / 6)));
    const plan = {
      settings: settingsOf(options),
      structure: smallStructure,
      lambda: 0,
      rate,
      trainGates: false,
      fixedGates,
    };
    if (e > 0) progress = oneEpoch(progress, data, plan, fold(key(3), e - 1));
    const neuron = toNeuron(smallStructure, progress.params, data.x, fixedGates)?.neuron;
    if (!neuron) throw new Error('no neuron');
    return neuron;
  });
}
const lossOf = (neuron: PolynomialNeuron): number => mse(evaluate(neuron, validation.x), validation.y).item();

describe('refit', () => {
  test('is its epochs one after another, and the neuron that of the last', () => {
    const { neuron, status } = run();
    expect(status).toBe('completed');
    expect(neuron && toJSON(neuron)).toEqual(toJSON(neurons()[6]));
  });

  test('with validation rows the neuron is that of the epoch which is best on them', () => {
    const all = neurons();
    const losses = all.map(lossOf);
    const best = losses.indexOf(Math.min(...losses));
    const { neuron } = run({ validation });
    expect(neuron && toJSON(neuron)).toEqual(toJSON(all[best]));
    // Rows on which the untrained neuron is perfect: its own.
    const own = { x: validation.x, y: evaluate(all[0], validation.x) };
    const first = run({ validation: own }).neuron;
    expect(first && toJSON(first)).toEqual(toJSON(all[0]));
    // And rows on which one in the middle is.
    const middle = run({ validation: { x: validation.x, y: evaluate(all[3], validation.x) } }).neuron;
    expect(middle && toJSON(middle)).toEqual(toJSON(all[3]));
  });

  test('events count on from the search, with the gates as that left them', () => {
    const before: SearchEvent = {
      epoch: 10,
      epochs: 16,
      phase: 'settle',
      loss: 1,
      lambda: 0.05,
      gates: [0.9, 0.8, 0.7, 0.6],
    };
    const trace = [before];
    run({}, trace);
    expect(trace.slice(1)).toEqual(
      Array.from({ length: 6 }, (_, e) => ({
        epoch: 11 + e,
        epochs: 16,
        phase: 'refit',
        loss: expect.any(Number),
        lambda: 0,
        gates: before.gates,
      })),
    );
  });

  test('an abort keeps the epochs done', () => {
    const controller = new AbortController();
    const onProgress = ({ epoch }: SearchEvent): void => {
      if (epoch === 12) controller.abort();
    };
    const { neuron, status } = run({ signal: controller.signal, onProgress });
    expect(status).toBe('aborted');
    expect(neuron && toJSON(neuron)).toEqual(toJSON(neurons()[2]));
  });

  test('where it diverges the neuron is that of the start, or none if that has none', () => {
    const wild = run({ powerRate: 1e200, batchSize: 20 });
    expect(wild.status).toBe('diverged');
    expect(wild.neuron && toJSON(wild.neuron)).toEqual(toJSON(neurons()[0]));
    const last = run({ powerRate: 1e300, batchSize: 20, refitEpochs: 1 });
    expect([last.status, last.neuron && toJSON(last.neuron)]).toEqual(['diverged', toJSON(neurons()[0])]);
    const huge = { x: mul(data.x, 1e120), y: data.y };
    expect(refit(params, huge, smallStructure, settingsOf(options), key(3), [])).toEqual({
      neuron: undefined,
      status: 'diverged',
    });
  });
});

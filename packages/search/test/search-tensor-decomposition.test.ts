import { test } from '@fast-check/vitest';
import { type LabelledTable, mse } from '@neuronseek/network';
import { evaluate, structureOf, toJSON } from '@neuronseek/neurons';
import { mul, ones, softmax, type Tensor, take, tensor, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type GatesOptions, type SearchEvent, type SearchResult, searchTensorDecomposition } from '../src/index.js';
import { published, smallData } from './support/small-model.js';

const allFinite = (t: Tensor): boolean => t.toTypedArray().every(Number.isFinite);

/** Few epochs on few rows: enough for how the search behaves, not for what it finds. */
const brief = { epochs: 8, refitEpochs: 4, rank: 2, maxOrder: 3, batchSize: 16 };
const table = smallData(40, 3, 1, 1);
const search = (options: Partial<GatesOptions> = {}, data: LabelledTable = table): SearchResult =>
  searchTensorDecomposition(data, { method: 'gates', ...published, ...brief, key: key(3), ...options });
const text = (result: SearchResult): string => JSON.stringify([toJSON(result.neuron), result.terms, result.trace]);

describe('without a structure', () => {
  /** A penalty that nothing is worth, and steps long enough for the gates to close in few epochs. */
  const closing = { lambda: 100, factorRate: 0.1, epochs: 80 };
  const shifted: LabelledTable = {
    x: table.x,
    y: tensor(
      table.y.toTypedArray().map((v) => v + 3.7),
      table.y.shape,
    ),
  };

  test('the neuron is the mean of the target', () => {
    const told: SearchEvent[] = [];
    const { status, structure, neuron, terms, trace } = search(
      { ...closing, onProgress: (e) => told.push(e) },
      shifted,
    );
    expect(status).toBe('no-structure');
    expect(structure).toEqual({ power: [], interaction: [] });
    expect(structureOf(neuron)).toEqual(structure);
    const values = Array.from(shifted.y.toTypedArray());
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    expectClose(evaluate(neuron, table.x).toTypedArray(), values.fill(mean), { factor: 40 });
    expect(terms.every(({ kept, reason }) => !kept && reason.startsWith('its gate closed (probability 0.'))).toBe(true);
    // There is nothing to refit.
    expect(trace).toHaveLength(80);
    expect(told).toEqual(trace);
  });

  test('a target that is 0 everywhere has a neuron that is exactly 0', () => {
    const { status, neuron } = search({ ...closing }, { x: table.x, y: zeros([40, 1]) });
    expect(status).toBe('no-structure');
    expectSameBits(neuron.bias.toTypedArray(), [0]);
  });

  test('class scores are the logarithms of the shares, also for a class that never occurs', () => {
    const y = tensor(Array.from({ length: 40 }, (_, i) => (i < 30 ? [1, 0, 0] : [0, 1, 0])));
    const { status, neuron } = search({ ...closing, task: 'classification' }, { x: table.x, y });
    expect(status).toBe('no-structure');
    const shares = softmax(evaluate(neuron, table.x)).toTypedArray().slice(0, 3);
    expectClose(shares, [30.5 / 41.5, 10.5 / 41.5, 0.5 / 41.5], { factor: 8 });
  });
});

describe('how it ends', () => {
  test('trace: search and refit epochs in sequence, gates of every candidate, the same objects told', () => {
    const told: SearchEvent[] = [];
    const { trace, terms, status } = search({ onProgress: (event) => told.push(event) });
    expect(status).toBe('completed');
    expect(told).toEqual(trace);
    expect(trace.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, e) => e + 1));
    expect(trace.map(({ phase }) => phase)).toEqual([
      'warm-up',
      'warm-up',
      ...Array<string>(4).fill('anneal'),
      'settle',
      'settle',
      ...Array<string>(4).fill('refit'),
    ]);
    expect(trace.every(({ epochs, gates }) => epochs === 12 && gates.length === terms.length)).toBe(true);
    for (const { lambda, gates } of trace.slice(8)) {
      expect(lambda).toBe(0);
      expectSameBits(gates, trace[7].gates);
    }
    expectSameBits(
      terms.map(({ probability }) => probability),
      trace[7].gates,
    );
    expect(terms.map(({ stream, order }) => `${stream} ${order}`)).toEqual([
      'power 1',
      'power 2',
      'power 3',
      'interaction 2',
      'interaction 3',
    ]);
    expect(terms.reduce((sum, { variance }) => sum + variance, 0)).toBeCloseTo(1, 12);
  });

  test('an abort during search or refit leaves a neuron of what there is', () => {
    for (const [after, events] of [
      [0, 0],
      [3, 3],
      [10, 10],
    ]) {
      const controller = new AbortController();
      const onProgress = ({ epoch }: SearchEvent): void => {
        if (epoch === after) controller.abort();
      };
      if (after === 0) controller.abort();
      const result = search({ signal: controller.signal, onProgress });
      expect([result.status, result.trace.length]).toEqual(['aborted', events]);
      expect(allFinite(evaluate(result.neuron, table.x))).toBe(true);
      expect(structureOf(result.neuron)).toEqual(result.structure);
      expect(result.terms).toHaveLength(5);
    }
  });

  const constant = { power: [], interaction: [] };
  test.each<[string, Partial<GatesOptions>, LabelledTable]>([
    ['a learning rate of 1e200', { powerRate: 1e200, batchSize: 40 }, table],
    ['a learning rate whose last step nobody sees', { powerRate: 1e300, batchSize: 40, epochs: 1 }, table],
    ['inputs whose fifth power overflows', { maxOrder: 5 }, { x: mul(table.x, 1e90), y: table.y }],
    ['a target whose square overflows', {}, { x: table.x, y: mul(table.y, 1e200) }],
    ['a target whose sum overflows', {}, { x: table.x, y: mul(ones([40, 1]), 1e308) }],
  ])('%s ends it as diverged, with the mean for a neuron', (_what, options, data) => {
    const { status, structure, neuron, terms } = search(options, data);
    expect(status).toBe('diverged');
    expect(structure).toEqual(constant);
    expect(allFinite(evaluate(neuron, table.x))).toBe(true);
    for (const { kept, variance, probability, reason } of terms) {
      expect([kept, variance, reason]).toEqual([
        false,
        0,
        'nothing is known of it: the loss of the search was no longer finite',
      ]);
      expect(probability).toBeGreaterThan(0);
    }
  });

  test('the refit changes weights, not verdicts', () => {
    const start = search({ refitEpochs: 0, rankTolerance: 0 });
    const whole = search({ rankTolerance: 0 });
    expect(start.trace).toEqual(whole.trace.slice(0, 8).map((event) => ({ ...event, epochs: 8 })));
    expect(whole.terms).toEqual(start.terms);
    expect(toJSON(whole.neuron)).not.toEqual(toJSON(start.neuron));
    const loss = ({ neuron }: SearchResult): number => mse(evaluate(neuron, table.x), table.y).item();
    expect(loss(whole)).toBeLessThan(loss(start));
  });

  test('with validation rows the refit is never worse on them than its start', () => {
    const validation = smallData(20, 3, 1, 9);
    const loss = (refitEpochs: number): number => {
      const { neuron } = search({ refitEpochs, validation, rankTolerance: 0 });
      return mse(evaluate(neuron, validation.x), validation.y).item();
    };
    const start = loss(0);
    for (const epochs of [1, 3, 10]) expect(loss(epochs)).toBeLessThanOrEqual(start);
    // They choose an epoch and nothing else.
    expect(search({ validation }).terms).toEqual(search().terms);
  });
});

describe('what it depends on', () => {
  test('the same key gives the same bits of every weight, another key others', () => {
    expect(text(search())).toBe(text(search()));
    expect(text(search({ key: key(4) }))).not.toBe(text(search()));
  });

  test('names of inputs are names and nothing else', () => {
    const named = (features: string[]): SearchResult => search({ features });
    const [first, second] = [named(['a', 'b', 'c']), named(['c', 'a', 'b'])];
    expect(first.neuron.features).toEqual(['a', 'b', 'c']);
    expect(second.neuron.features).toEqual(['c', 'a', 'b']);
    expect(search().neuron.features).toEqual(['x1', 'x2', 'x3']);
    const nameless = (r: SearchResult): string => text({ ...r, neuron: { ...r.neuron, features: ['p', 'q', 'r'] } });
    expect(nameless(first)).toBe(nameless(second));
    expect(nameless(first)).toBe(nameless(search()));
  });

  test('defaults that are spelt out, or undefined, change no bit', () => {
    const whole = { lambda: 0.05, warmUp: 0.25, annealed: 0.75, powerRate: 0.005, factorRate: 0.01, clipNorm: 1 };
    expect(text(search({ ...whole, minInteractionOrder: 2, method: 'gates', task: 'regression' }))).toBe(
      text(search()),
    );
    expect(text(search({ lambda: undefined, validation: undefined, features: undefined }))).toBe(text(search()));
  });

  test('single precision and whole numbers are read as what they are', () => {
    const whole = tensor(Array.from(table.x.toTypedArray(), Math.round), table.x.shape);
    const narrow = tensor(Int32Array.from(whole.toTypedArray()), table.x.shape);
    expect(text(search({}, { x: narrow, y: table.y }))).toBe(text(search({}, { x: whole, y: table.y })));
  });

  test('a last batch of one row is left out, two rows are enough', () => {
    const rows = (n: number): LabelledTable => {
      const first = Array.from({ length: n }, (_, i) => i);
      return { x: take(table.x, first), y: take(table.y, first) };
    };
    expect(search({ batchSize: 16 }, rows(17)).status).toBe('completed');
    expect(search({}, rows(2)).status).toBe('completed');
  });

  test('orders: interactions from minInteractionOrder on, none above maxOrder', () => {
    const orders = (options: Partial<GatesOptions>): string[] =>
      search({ epochs: 1, refitEpochs: 0, ...options }).terms.map(
        ({ stream, order, rank }) => `${stream[0]}${order}r${rank}`,
      );
    expect(orders({ maxOrder: 1 })).toEqual(['p1r1']);
    expect(orders({ maxOrder: 2, minInteractionOrder: 1, rank: 1, rankTolerance: 0 })).toEqual([
      'p1r1',
      'p2r1',
      'i1r1',
      'i2r1',
    ]);
    expect(orders({ maxOrder: 2, minInteractionOrder: 3 })).toEqual(['p1r1', 'p2r1']);
  });
});

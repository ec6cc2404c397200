import { test } from '@fast-check/vitest';
import { mse } from '@neuronseek/network';
import { evaluate, toJSON } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { prepare } from '../../src/discover/prepare.js';
import { searchGates, searchOrders } from '../../src/discover/search-gates.js';
import type { DiscoverEvent, DiscoverOptions, GatesChoice } from '../../src/index.js';
import { searchTensorDecomposition } from '../../src/index.js';
import { published } from '../support/small-model.js';
import { mixedTable } from '../support/tables.js';

const prepared = prepare(mixedTable(80, 2), 'y', undefined, key(1));
const brief = { method: 'gates', ...published, epochs: 12, refitEpochs: 3, rank: 1 } as const;
const run = ({ search = brief, ...options }: Partial<DiscoverOptions> & { search?: GatesChoice } = {}) =>
  searchOrders(prepared, { target: 'y', ...options }, search, key(5));

describe('searchOrders', () => {
  test('keeps the order whose neuron is best on the validation rows', () => {
    const { found, tried } = run();
    expect(tried.length).toBeGreaterThan(1);
    expect(tried.map(({ maxOrder }) => maxOrder)).toEqual(
      [...tried].map(({ maxOrder }) => maxOrder).sort((a, b) => a - b),
    );
    const { x, y } = prepared.validation;
    const least = Math.min(...tried.map(({ validation }) => validation));
    expect(mse(evaluate(found.neuron, x), y).item()).toBe(least);
    // Each order is a search of its own, with the same key.
    const first = tried.find(({ validation }) => validation === least);
    const alone = searchTensorDecomposition(prepared.train, {
      ...brief,
      maxOrder: first?.maxOrder,
      validation: prepared.validation,
      key: key(5),
      features: prepared.inputs.map(({ name }) => name),
    });
    expect(toJSON(alone.neuron)).toEqual(toJSON(found.neuron));
    expect(alone.terms).toEqual(found.terms);
  });

  test('an order that is asked for is the only one', () => {
    const { found, tried } = run({ search: { ...brief, maxOrder: 1 } });
    expect(tried.map(({ maxOrder }) => maxOrder)).toEqual([1]);
    expect(found.terms.map(({ stream, order }) => [stream, order])).toEqual([['power', 1]]);
  });

  test('a setting that is undefined is as good as none', () => {
    const events = (search: GatesChoice): number => {
      const controller = new AbortController();
      let total = 0;
      run({
        search,
        signal: controller.signal,
        onProgress: (event) => {
          total = event.total;
          controller.abort();
        },
      });
      return total;
    };
    expect(events({ method: 'gates', epochs: undefined, refitEpochs: undefined, maxOrder: undefined })).toBe(
      events({ method: 'gates' }),
    );
    expect(events({ method: 'gates' })).toBeGreaterThan(3 * 250);
  });

  test('progress rises to the epochs of all orders together', () => {
    const events: DiscoverEvent[] = [];
    const { tried } = run({ onProgress: (event) => events.push(event) });
    expect(events.every(({ phase, total }) => phase === 'search' && total === tried.length * 15)).toBe(true);
    events.slice(1).forEach(({ done }, i) => {
      expect(done).toBeGreaterThan(events[i].done);
    });
    expect(events[0].done).toBe(1);
    expect(events.at(-1)?.done).toBeLessThanOrEqual(tried.length * 15);
    expect(events[0].detail).toMatch(/^orders up to 2, warm-up: loss \d+\.\d{4}, 3 of 3 gates open$/);
  });

  test('an abort after the first order keeps what that found, and says so', () => {
    const whole = run({ search: { ...brief, maxOrder: 2 } });
    const controller = new AbortController();
    const { found, tried } = run({
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 15) controller.abort();
      },
    });
    expect(found.status).toBe('aborted');
    expect(tried).toHaveLength(2);
    // The second order had no epoch: its neuron is that of random weights.
    expect(tried[1].validation).toBeGreaterThan(tried[0].validation);
    expect(toJSON(found.neuron)).toEqual(toJSON(whole.found.neuron));
  });

  test('searches that diverge are no match for a constant, and no reason to fail', () => {
    const { found, tried } = run({ search: { ...brief, powerRate: 1e200, batchSize: 64 } });
    expect(found.status).toBe('diverged');
    expect(tried.every(({ validation }) => Number.isFinite(validation))).toBe(true);
    expect(found.neuron.power).toEqual([]);
  });
});

describe('searchGates', () => {
  const remarksOf = (search: GatesChoice, signal?: AbortSignal): readonly string[] =>
    searchGates(prepared, { target: 'y', ...(signal && { signal }) }, search, key(5)).remarks;

  test('a found structure comes with the warning how often the method is right, and with what chose its order', () => {
    const [warning, chosen, ...rest] = remarksOf(brief);
    expect(warning).toMatch(
      /keeps false terms beside true ones \(its public reference recovers 1 of 15 structures exactly\)/,
    );
    expect(chosen).toMatch(
      /^The highest order was chosen on the validation rows; loss of the neuron there: [\d.]+ up to 2, [\d.]+ up to 3, [\d.]+ up to 5\.$/,
    );
    expect(rest).toEqual([]);
    expect(remarksOf({ ...brief, maxOrder: 2 })).toEqual([warning]);
    expect(remarksOf({ ...brief, maxOrder: 2, evaluation: 'fits' })).not.toContain(warning);
    expect(remarksOf({ method: 'gates', epochs: 12, rank: 1, maxOrder: 2 })).not.toContain(warning);
  });

  test('every ending has its sentence', () => {
    expect(remarksOf({ ...brief, maxOrder: 2, epochs: 160, batchSize: 16, lambda: 100, factorRate: 0.1 })).toEqual([
      'No term was worth its penalty: the search found no structure in these data, and the network uses linear neurons instead.',
    ]);
    expect(remarksOf({ ...brief, maxOrder: 2, powerRate: 1e200, batchSize: 64 })).toEqual([
      'The search ended early because its loss was no longer finite, and the network uses linear neurons instead.',
    ]);
    expect(remarksOf(brief, AbortSignal.abort())).toContain(
      'The search was aborted; the structure is what it had reached by then.',
    );
  });
});

import { fc, test } from '@fast-check/vitest';
import { zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { prepare } from '../../src/discover/prepare.js';
import { searchPlan } from '../../src/discover/search-plan.js';
import { gatesDefaults } from '../../src/index.js';
import { mixedTable } from '../support/tables.js';

const prepared = prepare(mixedTable(20, 1), 'y', undefined, key(1));
const [first] = prepared.inputs;
const plan = (rows: number, inputs: number): ReturnType<typeof searchPlan> =>
  searchPlan({
    ...prepared,
    train: { ...prepared.train, x: zeros([rows, inputs]) },
    inputs: Array.from({ length: inputs }, () => first),
  });

// The numbers in the plan are tuned; these are the bounds that any choice of them has to keep.
describe('searchPlan', () => {
  test.prop([
    fc.integer({ min: 14, max: 20_000 }),
    fc.integer({ min: 14, max: 20_000 }),
    fc.integer({ min: 1, max: 100 }),
  ])('more rows never mean more epochs or a lower rank', (a, b, inputs) => {
    const [fewer, more] = [Math.min(a, b), Math.max(a, b)].map((rows) => plan(rows, inputs));
    expect(more.epochs).toBeLessThanOrEqual(fewer.epochs ?? 0);
    expect(more.rank).toBeGreaterThanOrEqual(fewer.rank ?? 0);
  });

  test.prop([fc.integer({ min: 14, max: 20_000 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 })])(
    'more inputs never mean a higher rank, and no rank is above the published one',
    (rows, inputs, more) => {
      const [narrow, wide] = [plan(rows, inputs), plan(rows, inputs + more)];
      expect(wide.rank).toBeLessThanOrEqual(narrow.rank ?? 0);
      expect(wide.rank).toBeGreaterThanOrEqual(1);
      expect(narrow.rank).toBeLessThanOrEqual(gatesDefaults.rank);
      for (const n of [narrow.epochs, narrow.refitEpochs, narrow.rank]) expect(Number.isSafeInteger(n)).toBe(true);
    },
  );
});

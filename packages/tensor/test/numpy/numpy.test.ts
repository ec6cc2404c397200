/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/core/tensor.js';
import { isTensor } from '../../src/index.js';
import { disagreement, exceptionFor } from './agreement.js';
import type { Calls } from './calls/call.js';
import { dtypeExceptions, zeroSigns } from './exceptions.js';
import { type Fixture, families, read, type Written } from './fixtures.js';

const tables = Object.values(import.meta.glob<{ calls?: Calls }>('./calls/*.ts', { eager: true }));
const calls: Calls = Object.assign({}, ...tables.map((table) => table.calls ?? {}));
const fixtures: readonly Fixture[] = [...families.values()].flat();

function describeCase({ call, numpy, inputs = [], params = {} }: Fixture): string {
  return `${call}(${inputs.join(', ')}) ${JSON.stringify(params)} as ${numpy}`;
}

function outcome({ call, inputs = [], params = {} }: Fixture): readonly Tensor[] {
  const result = calls[call](inputs.map(read), params);
  return isTensor(result) ? [result] : result;
}

/** Fixtures by the function that they call. */
function byCall(group: readonly Fixture[]): [string, Fixture[]][] {
  return [...new Set(group.map(({ call }) => call))].map((call) => [call, group.filter((f) => f.call === call)]);
}

describe.each([...families])('%s', (_family, group) => {
  it.each(byCall(group))('%s does as NumPy does', (_call, cases) => {
    const wrong = cases.flatMap((fixture) => {
      const what = disagreement(fixture, outcome(fixture));
      return what === undefined ? [] : [`${describeCase(fixture)}: ${what}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the fixtures', () => {
  it('are many, and no two the same', () => {
    const names = fixtures.map(describeCase);
    expect(names.length).toBeGreaterThan(1500);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('call what there is, and every call has some', () => {
    expect([...new Set(fixtures.map(({ call }) => call))].sort()).toEqual(Object.keys(calls).sort());
  });

  it('are compared in dtype, shape, number and every value', () => {
    const alter = (fixture: Fixture, change: (written: Written) => Written): Fixture => ({
      ...fixture,
      expected: fixture.expected.map((written, i) => (i === fixture.expected.length - 1 ? change(written) : written)),
    });
    // A thousandth more, or 1 where that is nothing: far beyond every bound of these.
    const nudged = (v: number | string): number => (typeof v === 'string' ? 0 : v + Math.max(1, Math.abs(v)) / 1000);
    const some = fixtures.filter((f, i) => i % 10 === 0 && (f.expected.at(-1)?.[2].length ?? 0) > 0);
    expect(some.length).toBeGreaterThan(150);
    for (const fixture of some) {
      const results = outcome(fixture);
      const wrong = [
        alter(fixture, ([dtype, shape, data]) => [dtype, shape, [...data.slice(0, -1), nudged(data[data.length - 1])]]),
        alter(fixture, ([dtype, shape, data]) => [dtype, [...shape, 1], data]),
        alter(fixture, ([dtype, shape, data]) => [dtype === 'bool' ? 'float64' : 'bool', shape, data]),
        { ...fixture, expected: [...fixture.expected, fixture.expected[0]] },
      ];
      wrong.forEach((altered, i) => {
        expect(disagreement(altered, results), `${i}: ${describeCase(fixture)}`).toBeDefined();
      });
    }
  });

  it('need every exception', () => {
    const used = new Set(fixtures.flatMap((f) => f.expected.map(([dtype]) => exceptionFor(f, dtype))));
    expect(dtypeExceptions.filter((e) => !used.has(e))).toEqual([]);
    expect(Object.keys(zeroSigns).filter((call) => !(call in calls))).toEqual([]);
  });
});

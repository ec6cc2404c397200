import { fc, test } from '@fast-check/vitest';
import { polynomialNeuron, toJSON } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import { fold, key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { moments } from '../src/discover/moments.js';
import { prepare } from '../src/discover/prepare.js';
import { termShares } from '../src/discover/term-shares.js';
import {
  type AlsSummary,
  type DiscoverEvent,
  type DiscoverOptions,
  type DiscoverResult,
  discover,
  searchTensorDecomposition,
  type Table,
} from '../src/index.js';
import { checkReport } from './support/check-report.js';
import { mixedTable, tableOf, withColumn } from './support/tables.js';

const run = (table: Table, options: Partial<DiscoverOptions> = {}): DiscoverResult =>
  discover(table, { target: 'y', epochs: 2, ...options });
const found = ({ report: { search } }: DiscoverResult): AlsSummary => {
  if (search.method !== 'als') throw new Error(`expected the closed-form search, got ${search.method}`);
  return search;
};
const draws = (seed: number, rows: number): number[] => Array.from(normal(key(seed), rows));

/** y = 3·a − 2·b·c and noise, beside columns that do not matter. */
const rows = 300;
const [a, b, c] = [1, 2, 3].map((seed) => draws(seed, rows));
const noise = draws(9, rows);
const product = tableOf({
  a,
  b,
  c,
  ...Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`other${i}`, draws(20 + i, rows)])),
  y: a.map((v, i) => 40 + 3 * v - 2 * b[i] * c[i] + 0.05 * noise[i]),
});

describe('discover with the closed-form search', () => {
  const result = run(product);

  test('finds the terms and the columns they depend on', () => {
    checkReport(result, product, { target: 'y' });
    const summary = found(result);
    expect(summary.terms.map(({ stream, order, rank }) => [stream, order, rank])).toEqual([
      ['power', 1, 1],
      ['interaction', 2, 1],
    ]);
    expect(summary.variables).toEqual(['a', 'b', 'c']);
    for (const { gain, noise: chance, reason } of summary.terms) {
      expect(gain).toBeGreaterThan(chance);
      expect(reason).toContain(gain.toFixed(1));
    }
    expect(summary.confirmation?.heldOut).toBeLessThan(0.05);
    expect([summary.doubt, summary.status]).toEqual([undefined, 'completed']);
    expect(result.report.formula.monomials.slice(0, 2).map(({ text }) => text)).toEqual(['a', 'b·c']);
  });

  test('is the search itself on the training rows', () => {
    const { train, inputs } = prepare(product, 'y', undefined, fold(key(0), 0));
    const alone = searchTensorDecomposition(train, {
      key: fold(key(0), 1),
      features: inputs.map(({ name }) => name),
    });
    expect(toJSON(result.neuron)).toEqual(toJSON(alone.neuron));
    expect(found(result).steps.length).toBe(alone.trace.length);
    const shares = termShares(alone.neuron, train.x);
    expect(found(result).terms.map(({ variance }) => variance)).toEqual(shares);
  });

  test('a formula of few of many inputs is written out, of high order too', () => {
    const fifth = withColumn(
      product,
      'y',
      a.map((v, i) => v * b[i] * c[i] * 2 + 0.02 * noise[i]),
    );
    const { report } = run(fifth);
    expect(report.formula.expanded).toMatch(/a·b·c/);
  });

  test('options of the search are its options, and a wrong one is refused', () => {
    expect(found(run(product, { search: { maxProducts: 0 } })).terms.map(({ stream }) => stream)).toEqual(['power']);
    expect(() => run(product, { search: { maxOrder: 9 } })).toThrow(
      new RangeError("searchTensorDecomposition: maxOrder must be at most 8 with method 'als', got 9"),
    );
  });

  test('classes, dates and missing cells', () => {
    const mixed = mixedTable(200, 5);
    const labels = mixed.columns[0].values.map((v) => (Number(v) ** 2 > 1 ? 'far' : 'near'));
    const classes = withColumn(mixed, 'y', labels);
    checkReport(run(classes), classes, { target: 'y' });
    checkReport(run(mixed), mixed, { target: 'y' });
  });

  test('noise has no structure, and the report says why', () => {
    const nothing = withColumn(product, 'y', draws(77, rows));
    const empty = run(nothing);
    checkReport(empty, nothing, { target: 'y' });
    expect(found(empty).status).toBe('no-structure');
    expect(empty.report.remarks[0]).toMatch(
      /^The search found no structure in these data \(no term .*noise.*\), and the network uses linear neurons instead\.$/,
    );
  });

  test.each([1, 2, 3])('an abort after %i events leaves a whole report', (count) => {
    const controller = new AbortController();
    let events = 0;
    const stopped = run(product, {
      signal: controller.signal,
      onProgress: () => {
        events++;
        if (events === count) controller.abort();
      },
    });
    const { report } = stopped;
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.remarks).toContain('The search was aborted; the structure is what it had reached by then.');
    expect(found(stopped).status).toBe('aborted');
  });

  test('an abort before it begins', () => {
    const stopped = run(product, { signal: AbortSignal.abort() });
    expect(found(stopped)).toMatchObject({ status: 'aborted', terms: [], steps: [], tries: 0 });
  });

  test('progress rises, and ends at its total', () => {
    const events: DiscoverEvent[] = [];
    run(product, { onProgress: (event) => events.push(event) });
    const search = events.filter(({ phase }) => phase === 'search');
    search.forEach(({ done, total }, i) => {
      expect(done).toBeGreaterThan(i === 0 ? 0 : search[i - 1].done);
      expect(done).toBeLessThanOrEqual(total);
    });
    expect(search.at(-1)?.done).toBe(search.at(-1)?.total);
  });
});

describe('termShares', () => {
  const x = tensor(normal(key(4), 200), [100, 2]);
  const power = (order: number, weights: number[]) => ({ order, weights: tensor(weights, [2, 1]) });

  test.prop([fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })])(
    'are variances of the terms alone, and do not depend on the unit of the target',
    (factor, bias) => {
      const make = (f: number) =>
        polynomialNeuron({
          inputs: 2,
          bias: tensor([bias * f], [1]),
          power: [power(1, [f, 0]), power(2, [0, 2 * f])],
        });
      const shares = termShares(make(1), x);
      const columns = [0, 1].map((d) => Array.from(x.toTypedArray()).filter((_, i) => i % 2 === d));
      const variances = [columns[0], columns[1].map((v) => 2 * v * v)].map((v) => moments(v).deviation ** 2);
      const total = variances[0] + variances[1];
      shares.forEach((share, t) => {
        expect(share).toBeCloseTo(variances[t] / total, 12);
      });
      termShares(make(factor), x).forEach((share, t) => {
        expect(share).toBeCloseTo(shares[t], 12);
      });
    },
  );

  test('are 0 where nothing varies', () => {
    expect(termShares(polynomialNeuron({ inputs: 2 }), x)).toEqual([]);
    expect(termShares(polynomialNeuron({ inputs: 2, power: [power(1, [0, 0])] }), x)).toEqual([0]);
  });
});

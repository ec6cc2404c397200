import { test } from '@fast-check/vitest';
import { polynomialNeuron } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type Prepared, prepare } from '../../src/discover/prepare.js';
import { remarks } from '../../src/discover/remarks.js';
import type { Searched } from '../../src/discover/searched.js';
import type { DiscoverReport, ModelSummary } from '../../src/index.js';
import { mixedTable, withColumn } from '../support/tables.js';

const large = prepare(mixedTable(500, 1), 'y', undefined, key(1));
const found = (structure: Searched['structure']): Searched => ({
  structure,
  neuron: polynomialNeuron({ inputs: 5 }),
  summary: { method: 'als', name: '', status: 'completed', terms: [], variables: [], tries: 1, steps: [] },
  remarks: [],
});
const models = (...errors: number[]): ModelSummary[] =>
  ['network', 'neuron', 'MLP', 'linear regression'].map((name, i) => ({
    name,
    error: errors[i],
    parameters: 1,
    metric: 'rmse',
    score: 0,
    scoreName: 'R²',
    seconds: 0,
    trace: [],
    note: '',
  }));
const shares = (...variances: number[]): DiscoverReport['formula']['monomials'] =>
  variances.map((variance, i) => ({ text: `m${i}`, coefficient: 1, variance }));
const of = (
  search: Searched,
  errors: number[] = [1, 9, 2, 3],
  data: Prepared = large,
  monomials = shares(0.6, 0.4),
): string[] => remarks(search, models(...errors), data, { monomials });

describe('remarks', () => {
  const some = found({ power: [1], interaction: [{ order: 2, rank: 1 }] });

  test('what the search says comes first', () => {
    expect(of({ ...some, remarks: ['one', 'two'] })).toEqual(['one', 'two']);
    expect(of(some)).toEqual([]);
  });

  test('shares far above 100 % in all are explained', () => {
    expect(of(some, [1, 9, 2, 3], large, shares(2, 1, 0.5))[0]).toMatch(
      /^The inputs are correlated, so large monomials partly cancel/,
    );
    expect(of(some, [1, 9, 2, 3], large, shares(0.9, 0.6))).toEqual([]);
  });

  test('a baseline that is better is named, the simplest first', () => {
    const worse = (errors: number[]): string[] => of(some, errors);
    expect(worse([2, 9, 3, 1])).toEqual([
      'The network of found neurons is worse than linear regression on the test rows.',
    ]);
    expect(worse([2, 9, 1, 1])).toEqual([
      'The network of found neurons is worse than linear regression on the test rows.',
    ]);
    expect(worse([2, 9, 1, 3])).toEqual(['The MLP is better than the network of found neurons on the test rows.']);
    expect(worse([1, 1, 1, 1])).toEqual([]);
    expect(worse([1, 0.9, 2, 3])).toEqual([
      'The found neuron alone is better than the network of such neurons on the test rows, and can be read.',
    ]);
  });

  test('what cannot be told apart, what is too small, and what was left out', () => {
    const y = Array.from({ length: 60 }, (_, i) => (i < 3 ? null : i));
    const small = prepare(withColumn(mixedTable(60, 1), 'y', y), 'y', undefined, key(1));
    const both = found({ power: [1, 2, 3], interaction: [2, 3].map((order) => ({ order, rank: 1 })) });
    expect(remarks(both, models(1, 1, 1, 1), small, { monomials: shares(1) })).toEqual([
      'Power and interaction of order 2, 3 were both kept; an interaction contains the power of its order, so their shares cannot be told apart.',
      'The test set has only 11 rows: small differences between models mean nothing.',
      '3 rows without a target were left out.',
    ]);
  });
});

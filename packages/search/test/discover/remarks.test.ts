import { test } from '@fast-check/vitest';
import { polynomialNeuron } from '@neuronseek/neurons';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type Prepared, prepare } from '../../src/discover/prepare.js';
import { remarks } from '../../src/discover/remarks.js';
import type { DiscoverReport, ModelSummary, SearchResult } from '../../src/index.js';
import { mixedTable, withColumn } from '../support/tables.js';

const large = prepare(mixedTable(500, 1), 'y', undefined, key(1));
const nothing = { power: [], interaction: [] };
const found = (status: SearchResult['status'], structure: SearchResult['structure']): SearchResult => ({
  status,
  structure,
  neuron: polynomialNeuron({ inputs: 5 }),
  terms: [],
  trace: [],
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
  search: SearchResult,
  errors: number[] = [1, 9, 2, 3],
  data: Prepared = large,
  monomials = shares(0.6, 0.4),
): string[] => remarks(search, [{ maxOrder: 2, validation: 0.5 }], models(...errors), data, { monomials });

describe('remarks', () => {
  const some = found('completed', { power: [1], interaction: [{ order: 2, rank: 1 }] });

  test('a found structure comes with the warning how often the method is right', () => {
    const [warning, ...rest] = of(some);
    expect(warning).toMatch(/keeps false ones as well \(its reference recovers 1 of 15 structures exactly\)/);
    expect(rest).toEqual([]);
  });

  test('every ending has its sentence', () => {
    expect(of(found('no-structure', nothing))).toEqual([
      'No term was worth its penalty: the search found no structure in these data, and the network uses linear neurons instead.',
    ]);
    expect(of(found('diverged', nothing))).toEqual([
      'The search ended early because its loss was no longer finite, and the network uses linear neurons instead.',
    ]);
    expect(of(found('diverged', { power: [1], interaction: [] }))[1]).toBe(
      'The search ended early because its loss was no longer finite.',
    );
    expect(of(found('aborted', nothing))).toEqual([
      'The search was aborted; the structure is what it had reached by then.',
    ]);
  });

  test('shares far above 100 % in all are explained', () => {
    expect(of(some, [1, 9, 2, 3], large, shares(2, 1, 0.5))[1]).toMatch(
      /^The inputs are correlated, so large monomials partly cancel/,
    );
    expect(of(some, [1, 9, 2, 3], large, shares(0.9, 0.6))).toHaveLength(1);
  });

  test('a baseline that is better is named, the simplest first', () => {
    const worse = (errors: number[]): string[] => of(some, errors).slice(1);
    expect(worse([2, 0, 3, 1])).toEqual([
      'The network of found neurons is worse than linear regression on the test rows.',
    ]);
    expect(worse([2, 0, 1, 1])).toEqual([
      'The network of found neurons is worse than linear regression on the test rows.',
    ]);
    expect(worse([2, 0, 1, 3])).toEqual(['The MLP is better than the network of found neurons on the test rows.']);
    expect(worse([1, 0, 1, 1])).toEqual([]);
  });

  test('what was chosen, what cannot be told apart, what is too small, and what was left out', () => {
    const tried = [
      { maxOrder: 2, validation: 0.25 },
      { maxOrder: 3, validation: 0.125 },
    ];
    const y = Array.from({ length: 60 }, (_, i) => (i < 3 ? null : i));
    const small = prepare(withColumn(mixedTable(60, 1), 'y', y), 'y', undefined, key(1));
    const both = found('completed', { power: [1, 2, 3], interaction: [2, 3].map((order) => ({ order, rank: 1 })) });
    expect(remarks(both, tried, models(1, 1, 1, 1), small, { monomials: shares(1) }).slice(1)).toEqual([
      'The highest order was chosen on the validation rows; loss of the neuron there: 0.250 up to 2, 0.125 up to 3.',
      'Power and interaction of order 2, 3 were both kept; an interaction contains the power of its order, so their shares cannot be told apart.',
      'The test set has only 11 rows: small differences between models mean nothing.',
      '3 rows without a target were left out.',
    ]);
  });
});

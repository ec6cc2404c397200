import { accuracy, mse, predict, r2, rmse } from '@neuronseek/network';
import { evaluate } from '@neuronseek/neurons';
import { argmax } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { prepare } from '../../src/discover/prepare.js';
import {
  type DiscoverOptions,
  type DiscoverReport,
  type DiscoverResult,
  discoverDefaults,
  type GatesSummary,
  type SearchSummary,
  type Table,
} from '../../src/index.js';

/** What must hold of every report, whatever the table. */
export function checkReport(
  { report, neuron, model, scaling }: DiscoverResult,
  source: Table,
  options: DiscoverOptions,
): void {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  const { data, search, models, predictions, classes, seconds } = report;
  expect(data.train + data.validation + data.test + data.rowsWithoutTarget).toBe(source.rows);
  expect(data.columns.map(({ name }) => name)).toEqual(source.columns.map(({ name }) => name));
  expect(data.columns.flatMap(({ inputs }) => inputs)).toEqual(data.inputs);
  expect(scaling.inputs.map(({ name }) => name)).toEqual(data.inputs);
  expect(neuron.features).toEqual(data.inputs);
  expect(report.target).toBe(options.target);
  expect(report.seed).toBe(options.seed ?? discoverDefaults.seed);

  checkSearch(search);

  // The very rows that the split sets aside, the models in the same sequence, scored by the functions of the network package.
  const prepared = prepare(source, options.target, options.task, fold(key(report.seed), 0));
  const outputs = [predict(model.layer, model.variables, prepared.test.x), evaluate(neuron, prepared.test.x)];
  const { target } = scaling;
  outputs.forEach((output, i) => {
    const { actual } = prepared.test;
    if (target.task === 'classification') {
      const share = accuracy(argmax(output).toTypedArray(), actual);
      expect([models[i].metric, models[i].scoreName, models[i].score, models[i].error]).toEqual([
        'error rate',
        'accuracy',
        share,
        1 - share,
      ]);
      return;
    }
    const predicted = output.toTypedArray().map((v) => v * target.deviation + target.mean);
    expect([models[i].metric, models[i].scoreName]).toEqual(['rmse', 'R²']);
    expectClose([models[i].error, models[i].score], [rmse(predicted, actual), r2(predicted, actual)], { factor: 4 });
  });
  expect(models.map(({ name }) => name)).toEqual([
    'network of found neurons',
    'the found neuron alone',
    'MLP (ReLU)',
    target.task === 'regression' ? 'linear regression' : 'logistic regression',
  ]);
  expect(models[2].parameters).toBeGreaterThanOrEqual(models[0].parameters);
  expect(models[3].parameters).toBe((data.inputs.length + 1) * Math.max(1, classes.length));
  expect(Array.from(prepared.test.actual)).toEqual(predictions.actual);
  expect(predictions.predicted).toHaveLength(data.test);
  expect(seconds).toEqual({ search: 0, training: 0, total: 0 });

  // The weights are those of the epoch that was best on the validation rows.
  const [{ trace }] = models;
  if (target.task === 'regression' && trace.length > 0) {
    const { x, y } = prepared.validation;
    const loss = mse(predict(model.layer, model.variables, x), y).item();
    expectClose([loss], [Math.min(...trace.map(({ validation }) => validation))], { factor: 16, scale: 1 + loss });
  }
}

function checkSearch(search: SearchSummary): void {
  for (const { variance, reason } of search.terms) {
    expect(variance).toBeGreaterThanOrEqual(0);
    expect(reason.length).toBeGreaterThan(20);
  }
  const shares = search.terms.reduce((sum, { variance }) => sum + variance, 0);
  if (search.method === 'als') {
    expect(shares).toBeCloseTo(search.terms.length > 0 ? 1 : 0, 9);
    for (const { gain, noise } of search.terms) expect([gain, noise].every(Number.isFinite)).toBe(true);
    expect(search.status === 'completed').toBe(search.terms.length > 0);
    return;
  }
  // Where every gate has ended at exactly 0 there is no variance to share.
  expect(shares).toBeCloseTo(search.terms.some(({ kept }) => kept) ? 1 : Math.round(shares), 9);
  for (const { probability, kept } of search.terms) {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
    expect(kept).toBe(probability > 0.5);
  }
  for (const { gates } of search.trace) expect(gates).toHaveLength(search.terms.length);
}

/** What the report of a gated search says of it. */
export function gatesSummary({ search }: DiscoverReport): GatesSummary {
  if (search.method !== 'gates') throw new Error(`expected a gated search, got ${search.method}`);
  return search;
}

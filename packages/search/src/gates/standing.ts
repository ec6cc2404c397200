import { crossEntropy, type LabelledTable, mse } from '@neuronseek/network';
import { ones, slice, tensor } from '@neuronseek/tensor';
import { log } from '@neuronseek/tensor/math';
import { runGatedModel } from './gated-model.js';
import type { GatesSettings } from './options.js';
import type { Model } from './products.js';
import { blockOfRows, termMoments } from './term-moments.js';
import { objectiveOf, termPrices } from './term-prices.js';

/** What a row costs by a model with all gates open: its loss as prices are paid against it, and the prices. Infinite where numbers are not finite. */
export function descriptionOf(model: Model, data: LabelledTable, settings: GatesSettings): number {
  const { structure } = model;
  const empty = structure.power.length + structure.interaction.length === 0;
  const loss = empty ? constantLoss(data, settings) : lossOf(model, data, settings);
  let prices = 0;
  for (const price of termPrices(structure, settings, data).toTypedArray()) prices += Number(price);
  const value = objectiveOf(settings, data)(tensor(loss)).item() + settings.lambda * prices;
  return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
}

/** Mean loss over all rows, terms normalised by their moments. */
function lossOf({ structure, params }: Model, { x, y }: LabelledTable, { task }: GatesSettings): number {
  const loss = task === 'regression' ? mse : crossEntropy;
  const moments = termMoments(structure, params, x);
  const gates = ones(params.logAlpha.shape);
  const rows = x.shape[0];
  let total = 0;
  for (let from = 0; from < rows; from += blockOfRows) {
    const block = { start: from, stop: from + blockOfRows };
    const part = slice(x, [block]);
    const fitted = runGatedModel(structure, params, part, gates, moments);
    total += loss(fitted, slice(y, [block])).item() * part.shape[0];
  }
  return total / rows;
}

/** The loss of the best constant: variance, or entropy. */
function constantLoss({ y }: LabelledTable, { task }: GatesSettings): number {
  const [rows, outputs] = y.shape;
  const values = y.toTypedArray();
  const means = new Float64Array(outputs);
  for (let i = 0; i < values.length; i++) means[i % outputs] += Number(values[i]) / rows;
  if (task === 'classification') return means.reduce((sum, p) => sum - (p > 0 ? p * log(p) : 0), 0);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (Number(values[i]) - means[i % outputs]) ** 2;
  return squares / values.length;
}

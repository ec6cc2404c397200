import type { LabelledTable } from '@neuronseek/network';
import { type AlsOptions, alsDefaults, checkAlsSettings } from './als/options.js';
import { type AlsResult, searchAls } from './als/search-als.js';
import { checkData, checkSettings } from './gates/check-search.js';
import { type GatesOptions, gatesDefaults, paperDefaults } from './gates/options.js';
import { type SearchResult, searchGates } from './gates/search-gates.js';
import { withoutUndefined } from './without-undefined.js';

/**
 * Searches the neuron a task asks for, in closed form (`method: 'als'`, the default): y = b + Σ_k w_k·xᵏ + Σ_a Π_m ⟨u_am, x⟩ with powers by exact best-subset regression, products by spectral
 * starts and alternating least squares, all parameters jointly by Levenberg-Marquardt, and terms by what they gain beyond noise.
 *
 * Products are added one at a time, several structures side by side, and taken away again where they do not pay; ranks are numbers of products of one
 * order. The result is confirmed on held-out rows; where it is doubtful, other ways are tried, and `reason` says what remains of the doubt.
 *
 * Shapes: data.x [n, D], data.y [n, C]; for a classification y holds class probabilities. Inputs and targets of any scale. Same data, options and key,
 * same bits. Cost: about n·p² flops a step of the joint fit, p = D·Σ orders, and 2^maxOrder solves of size maxOrder·D.
 *
 * Limits: a structure with more parameters than half the rows is not tried; terms that gain less than the best term gains in noise are lost; several
 * targets have one structure.
 *
 * @throws RangeError for shapes or options that make no sense and for the first number that is not finite
 */
export function searchTensorDecomposition(data: LabelledTable, options?: AlsOptions): AlsResult;
/**
 * The search as published, `method: 'gates'`: NeuronSeek by tensor decomposition (Pei et al. 2025, arXiv:2506.15715, method NS-TD).
 *
 * The model is a sum of candidate terms, w·xᵏ for k = 1 … K and Σ_r Π_m ⟨u_m, x⟩ for k = 2 … K (a coefficient tensor of order k in CP form), each
 * batch-normalised and multiplied by a hard-concrete gate. Weights are warmed up with the gates untrained, then the expected number of
 * open gates is penalised with a weight that rises to `lambda`. Gates that are more often open than not
 * are then closed on trial, and stay closed where the rest, trained on, describes the data in less.
 *
 * Shapes: data.x [n, D], data.y [n, C]; for classification y holds class probabilities. Same data, options and key, same bits. Cost: about 6·D·C·Σ order·rank flops a row and epoch.
 *
 * By default its known flaws are mended: targets are standardised, terms are normalised by all rows, an open gate pays for the parameters of its term, and
 * open gates are closed on trial. `paper: true` is the search as published, which keeps too many orders: all terms pay the same whatever their size, and
 * those that save less loss than `lambda` are lost.
 *
 * Throws a RangeError for shapes or options that make no sense and for the first number that is not finite.
 */
export function searchTensorDecomposition(data: LabelledTable, options: GatesOptions): SearchResult;
export function searchTensorDecomposition(
  data: LabelledTable,
  options: GatesOptions | AlsOptions = {},
): SearchResult | AlsResult {
  const { method } = options;
  if (method === 'gates') return byGates(data, options);
  if (method === undefined || method === 'als') return byAlternatingFits(data, { ...options, method });
  throw new RangeError(`searchTensorDecomposition: method must be 'als' or 'gates', got '${String(method)}'`);
}

function byAlternatingFits(data: LabelledTable, options: AlsOptions): AlsResult {
  const settings = { ...alsDefaults, ...options, ...withoutUndefined(options) };
  checkAlsSettings(settings);
  checkData(data, settings);
  return searchAls(data, settings);
}

function byGates(data: LabelledTable, options: GatesOptions): SearchResult {
  const given = withoutUndefined(options);
  const defaults = given.paper === true ? paperDefaults : gatesDefaults;
  const settings = { ...defaults, ...given, method: 'gates', key: options.key } as const;
  checkSettings(settings);
  checkData(data, settings);
  return searchGates(data, settings);
}

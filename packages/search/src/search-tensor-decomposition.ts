import type { LabelledTable } from '@neuronseek/network';
import { type NeuronStructure, type PolynomialNeuron, structureOf } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { split } from '@neuronseek/tensor/random';
import { type AlsOptions, alsDefaults, checkAlsSettings } from './als/options.js';
import { type AlsResult, searchAls } from './als/search-als.js';
import type { TermSummary } from './discover/report.js';
import { anneal } from './gates/anneal.js';
import { candidateStructure, listTerms } from './gates/candidates.js';
import { checkData, checkSettings } from './gates/check-search.js';
import { constantNeuron } from './gates/constant-neuron.js';
import { initGatedParams } from './gates/gated-model.js';
import { expectedGates, openProbability } from './gates/hard-concrete.js';
import { narrow } from './gates/narrow.js';
import { type GatesOptions, type GatesSettings, gatesDefaults, type SearchEvent } from './gates/options.js';
import { reduceRank } from './gates/reduce-rank.js';
import { refit } from './gates/refit.js';
import { toNeuron } from './gates/to-neuron.js';
import { begin } from './gates/train-epoch.js';
import { noVerdict, verdict } from './gates/verdict.js';
import { withoutUndefined } from './without-undefined.js';

/**
 * How the search ended: with a structure; with no term worth its penalty; by the signal; or because numbers were no longer finite. Without a
 * structure, and as a rule after a divergence, the neuron is the best constant.
 */
export type SearchStatus = 'completed' | 'no-structure' | 'aborted' | 'diverged';

/** What {@link searchTensorDecomposition} found. */
export interface SearchResult {
  readonly status: SearchStatus;
  /** The terms that were kept. */
  readonly structure: NeuronStructure;
  /** The neuron of these terms, fitted to the data: a polynomial in the inputs as they were given. */
  readonly neuron: PolynomialNeuron;
  /** Verdict on every candidate, power stream first. */
  readonly terms: readonly TermSummary[];
  readonly trace: readonly SearchEvent[];
}

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
 * open gates is penalised with a weight that rises to `lambda`. Terms whose gate is more often open than not are kept and refitted;
 * then CP-ALS finds the lowest rank that reproduces each interaction.
 *
 * Shapes: data.x [n, D], data.y [n, C]; regression targets should have variance 1, because `lambda` is compared with the loss; for
 * classification y holds class probabilities. Same data, options and key, same bits. Cost: about 6·D·C·Σ order·rank flops a row and epoch.
 *
 * Limits, shared with the published method: all terms pay the same penalty whatever their size, a high-order interaction contains lower
 * powers, and so the search tends to keep too many orders; terms that save less loss than `lambda` are lost.
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
  const settings = withDefaults(options);
  checkSettings(settings);
  checkData(data, settings);
  const candidates = candidateStructure(settings);
  const [initKey, searchKey, refitKey, rankKey] = split(settings.key, 4);
  const start = begin(initGatedParams(candidates, data.x.shape[1], data.y.shape[1], initKey));
  const trace: SearchEvent[] = [];

  const searched = anneal(start, data, candidates, settings, searchKey, trace);
  const found = searched.progress.params;
  const probabilities = Array.from(openProbability(found.logAlpha).toTypedArray());
  const folded = toNeuron(candidates, found, data.x, expectedGates(found.logAlpha));
  const constant = { structure: { power: [], interaction: [] }, neuron: constantNeuron(data, settings), trace };
  if (searched.status === 'diverged' || !folded) {
    const terms = listTerms(candidates).map((term, t) => noVerdict({ ...term, probability: probabilities[t] }));
    return { ...constant, status: 'diverged', terms };
  }
  const { variances } = folded;
  const total = variances.reduce((sum, v) => sum + v, 0) || 1;
  const terms = listTerms(candidates).map((term, t) =>
    verdict({ ...term, probability: probabilities[t], variance: variances[t] / total }, settings.lambda),
  );

  const kept = narrow(
    candidates,
    found,
    terms.map((term) => term.kept),
  );
  const empty = kept.structure.power.length + kept.structure.interaction.length === 0;
  if (empty) {
    return { ...constant, status: searched.status === 'completed' ? 'no-structure' : searched.status, terms };
  }
  const { neuron: fitted, status } =
    searched.status === 'completed'
      ? refit(kept.params, data, kept.structure, settings, refitKey, trace)
      : { neuron: openNeuron(kept, data, settings), status: searched.status };
  if (!fitted) return { ...constant, status: 'diverged', terms };
  const { rankTolerance } = settings;
  const neuron = rankTolerance > 0 && status !== 'aborted' ? reduceRank(fitted, rankTolerance, rankKey) : fitted;
  const structure = structureOf(neuron);
  return { status, structure, neuron, terms: terms.map((term) => withRank(term, structure, rankTolerance)), trace };
}

/** The verdict on a kept interaction with the rank that is left of it. */
function withRank(term: TermSummary, structure: NeuronStructure, tolerance: number): TermSummary {
  const found = structure.interaction.find(({ order }) => order === term.order);
  if (term.stream !== 'interaction' || !term.kept || !found || found.rank === term.rank) return term;
  const note = `; CP-ALS reproduces its coefficient tensor within ${100 * tolerance} % at rank ${found.rank} instead of ${term.rank}`;
  return { ...term, rank: found.rank, reason: term.reason + note };
}

/** The kept terms as they stand, all gates open. */
function openNeuron(
  kept: ReturnType<typeof narrow>,
  { x }: LabelledTable,
  { features }: GatesSettings,
): PolynomialNeuron | undefined {
  const { structure, params } = kept;
  return toNeuron(structure, params, x, ones(params.logAlpha.shape), features)?.neuron;
}

function withDefaults(options: GatesOptions): GatesSettings {
  return { ...gatesDefaults, ...withoutUndefined(options), method: 'gates', key: options.key };
}

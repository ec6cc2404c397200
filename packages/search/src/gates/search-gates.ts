import type { LabelledTable } from '@neuronseek/network';
import { type NeuronStructure, type PolynomialNeuron, structureOf } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { type Key, split } from '@neuronseek/tensor/random';
import type { TermSummary } from '../discover/report.js';
import { anneal } from './anneal.js';
import { candidateStructure, listTerms } from './candidates.js';
import { closeGates, trialReporter } from './close-gates.js';
import { mostTrials } from './closing-plan.js';
import { constantNeuron } from './constant-neuron.js';
import { fitCandidates } from './fit-candidates.js';
import { initGatedParams } from './gated-model.js';
import { expectedGates, openProbability } from './hard-concrete.js';
import { narrow } from './narrow.js';
import type { GatesSettings, SearchEvent } from './options.js';
import type { Model } from './products.js';
import { reduceRank } from './reduce-rank.js';
import { refit } from './refit.js';
import type { SearchResult } from './result.js';
import { inUnits, scaledTargets } from './scale-target.js';
import { toNeuron } from './to-neuron.js';
import { begin } from './train-epoch.js';
import { afterFits, afterTrials, noVerdict, verdict } from './verdict.js';

export type { SearchResult, SearchStatus } from './result.js';

/** The gated search on data that were checked. */
export function searchGates(given: LabelledTable, settingsGiven: GatesSettings): SearchResult {
  const { data, settings, units } = scaledTargets(given, settingsGiven);
  const candidates = candidateStructure(settings);
  const [initKey, searchKey, refitKey, rankKey] = split(settings.key, 4);
  const start = begin(initGatedParams(candidates, data.x.shape[1], data.y.shape[1], initKey));
  const trace: SearchEvent[] = [];

  const searched = anneal(start, data, candidates, settings, searchKey, trace);
  const found = searched.progress.params;
  const probabilities = Array.from(openProbability(found.logAlpha).toTypedArray());
  const folded = toNeuron(candidates, found, data.x, expectedGates(found.logAlpha));
  const constant = { structure: { power: [], interaction: [] }, neuron: constantNeuron(given, settings), trace };
  if (searched.status === 'diverged' || !folded) {
    const terms = listTerms(candidates).map((term, t) => noVerdict({ ...term, probability: probabilities[t] }));
    return { ...constant, status: 'diverged', terms };
  }
  const shares = sharesOf(folded.variances);
  const annealed = listTerms(candidates).map((term, t) =>
    verdict({ ...term, probability: probabilities[t], variance: shares[t] }, settings),
  );

  const open = narrow(
    candidates,
    found,
    annealed.map((term) => term.kept),
  );
  const { model, terms, ...tried } =
    searched.status === 'completed' && mostTrials(settings) > 0 && !isEmpty(open.structure)
      ? afterClosing(open, annealed, data, settings, split(rankKey, 1)[0], trace)
      : { model: open, terms: annealed, status: searched.status };
  if (isEmpty(model.structure)) {
    return { ...constant, status: tried.status === 'completed' ? 'no-structure' : tried.status, terms };
  }
  const { neuron: fitted, status } =
    tried.status === 'completed'
      ? refit(model.params, data, model.structure, settings, refitKey, trace)
      : { neuron: openNeuron(model, data, settings), status: tried.status };
  if (!fitted) return { ...constant, status: 'diverged', terms };
  const { rankTolerance, evaluation } = settings;
  const reduced = rankTolerance > 0 && status !== 'aborted' ? reduceRank(fitted, rankTolerance, rankKey) : fitted;
  if (evaluation === 'fits' && status === 'completed') {
    const judged = fitCandidates(given, reduced, settings, rankKey);
    return { ...judged, terms: terms.map((term) => afterFits(term, judged, terms)), trace };
  }
  const neuron = inUnits(reduced, units);
  const structure = structureOf(neuron);
  return { status, structure, neuron, terms: terms.map((term) => withRank(term, structure, rankTolerance)), trace };
}

/** What trials leave of the open gates, and the verdicts then. */
function afterClosing(
  open: Model,
  annealed: readonly TermSummary[],
  data: LabelledTable,
  settings: GatesSettings,
  key: Key,
  trace: SearchEvent[],
): { model: Model; terms: TermSummary[]; status: 'completed' | 'aborted' } {
  const candidates = candidateStructure(settings);
  const gates = expectedGates(open.params.logAlpha);
  const { model, trials, status } = closeGates(
    open,
    gates,
    data,
    settings,
    key,
    trialReporter(candidates, settings, trace),
  );
  const { power, interaction } = model.structure;
  const shares = sharesOf(
    toNeuron(model.structure, model.params, data.x, ones(model.params.logAlpha.shape))?.variances ?? [],
  );
  const terms = annealed.map((term) => {
    const at =
      term.stream === 'power'
        ? power.indexOf(term.order)
        : power.length + interaction.findIndex(({ order }) => order === term.order);
    const isOpen = term.stream === 'power' ? at >= 0 : at >= power.length;
    const rank = !isOpen ? 0 : term.stream === 'power' ? 1 : interaction[at - power.length].rank;
    return afterTrials({ ...term, variance: isOpen ? shares[at] : 0 }, trials, rank);
  });
  return { model, terms, status };
}

function isEmpty({ power, interaction }: NeuronStructure): boolean {
  return power.length + interaction.length === 0;
}

function sharesOf(variances: readonly number[]): number[] {
  const total = variances.reduce((sum, v) => sum + v, 0) || 1;
  return variances.map((v) => v / total);
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
  { structure, params }: Model,
  { x }: LabelledTable,
  { features }: GatesSettings,
): PolynomialNeuron | undefined {
  return toNeuron(structure, params, x, ones(params.logAlpha.shape), features)?.neuron;
}

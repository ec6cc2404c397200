import type { LabelledTable } from '@neuronseek/network';
import { type NeuronStructure, type PolynomialNeuron, structureOf } from '@neuronseek/neurons';
import { ones } from '@neuronseek/tensor';
import { split } from '@neuronseek/tensor/random';
import type { TermSummary } from '../discover/report.js';
import { anneal } from './anneal.js';
import { candidateStructure, listTerms } from './candidates.js';
import { constantNeuron } from './constant-neuron.js';
import { fitCandidates } from './fit-candidates.js';
import { initGatedParams } from './gated-model.js';
import { expectedGates, openProbability } from './hard-concrete.js';
import { narrow } from './narrow.js';
import type { GatesSettings, SearchEvent } from './options.js';
import { reduceRank } from './reduce-rank.js';
import { refit } from './refit.js';
import type { SearchResult } from './result.js';
import { inUnits, scaledTargets } from './scale-target.js';
import { toNeuron } from './to-neuron.js';
import { begin } from './train-epoch.js';
import { afterFits, noVerdict, verdict } from './verdict.js';

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
  const { variances } = folded;
  const total = variances.reduce((sum, v) => sum + v, 0) || 1;
  const terms = listTerms(candidates).map((term, t) =>
    verdict({ ...term, probability: probabilities[t], variance: variances[t] / total }, settings),
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
  const { rankTolerance, evaluation } = settings;
  const reduced = rankTolerance > 0 && status !== 'aborted' ? reduceRank(fitted, rankTolerance, rankKey) : fitted;
  if (evaluation === 'fits' && status === 'completed') {
    const judged = fitCandidates(given, reduced, settings, rankKey);
    return { ...judged, terms: terms.map((term) => afterFits(term, judged)), trace };
  }
  const neuron = inUnits(reduced, units);
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

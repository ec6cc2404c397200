import type { LabelledTable } from '@neuronseek/network';
import { fold, type Key, split } from '@neuronseek/tensor/random';
import { withoutUndefined } from '../../without-undefined.js';
import { checkRivalData } from '../check-rival.js';
import { type Rows, rowsOf, splitRows, type Units, unitsOf } from '../programs/rows.js';
import { targetOf } from '../programs/scaled-error.js';
import { checkGeneticSettings } from './check-genetic.js';
import { type ChoiceRows, candidatesOf } from './choose.js';
import { evolveIsland, type IslandJob } from './evolve-island.js';
import { type Archive, paretoFront, remember } from './individual.js';
import {
  type GeneticEvent,
  type GeneticOptions,
  type GeneticSettings,
  searchGeneticProgrammingDefaults,
} from './options.js';
import { chooseResult, type GeneticResult } from './result.js';
import { islandPlans } from './schedule.js';

/**
 * Searches a formula of the inputs by genetic programming (Koza 1992): y ≈ a·f(x) + b, a and b in closed form (linear scaling, Keijzer 2003), other
 * constants by Levenberg–Marquardt (Kommenda et al. 2020), both part of the formula in the end.
 *
 * Populations are kept in niches by number of nodes and constants (MAP-Elites), formulas with values that are known are refused, and beside crossover
 * and mutation formulas of an enumerated library are put where they fit what is missing (semantic backpropagation, Pawlak et al. 2015). Islands take
 * turns with small vocabularies and large ones. The best of the front are polished: constants become nice numbers and parts are dropped where that
 * shortens the description (log₂ likelihood and bits of the formula), which also chooses among them, over held-out rows too.
 *
 * Functions are not protected: a formula that is not finite on a row of the search is none. Shapes: data.x [n, D], data.y [n, 1]. Same data, options
 * and key, same bits. Cost: about 12 · generations · population formulas of maxSize nodes on `searchRows` rows, unless an exact one ends it.
 *
 * Throws a RangeError for shapes or options that make no sense and for the first number that is not finite.
 */
export function searchGeneticProgramming(data: LabelledTable, options: GeneticOptions): GeneticResult {
  const settings: GeneticSettings = {
    ...searchGeneticProgrammingDefaults,
    key: options.key,
    ...withoutUndefined(options),
  };
  checkGeneticSettings(settings);
  checkRivalData('searchGeneticProgramming', data, settings.validation, settings.features);
  const units = unitsOf(data);
  const [rowKey, islandKey] = split(settings.key, 2);
  const rows = choiceRows(rowsOf(data, units), settings, units, rowKey);
  const symbols = settings.functions.length + data.x.shape[1] + 1;
  const context = { rows, units, symbols, features: settings.features };

  const archive: Archive = new Map();
  const trace: GeneticEvent[] = [];
  let evaluations = 0;
  const plans = islandPlans(settings.functions, settings.rounds, settings.generations);
  const aborted = (): boolean => settings.signal?.aborted ?? false;
  for (let i = 0; i < plans.length && !aborted() && targetOf(rows.search.y).sst > 0; i++) {
    const job: IslandJob = {
      columns: rows.search.columns,
      y: rows.search.y,
      key: fold(islandKey, i),
      settings: { ...settings, ...plans[i] },
    };
    const before = evaluations;
    const found = evolveIsland(job, (generation, spent, error) => {
      const least = Math.min(error, trace.at(-1)?.error ?? error);
      const event = { island: i + 1, generation, evaluations: before + spent, error: least };
      trace.push(event);
      settings.onProgress?.(event);
      return !aborted();
    });
    evaluations += found.evaluations;
    for (const individual of found.front) remember(archive, individual);
    if (found.exact) break;
  }
  const candidates = candidatesOf(paretoFront(archive), rows, symbols);
  const { status, ...result } = chooseResult(candidates, context);
  return { status: aborted() ? 'aborted' : status, ...result, evaluations, trace };
}

function choiceRows(all: Rows, settings: GeneticSettings, units: Units, key: Key): ChoiceRows {
  const { validation, heldOut, searchRows } = settings;
  const [heldKey, searchKey] = split(key, 2);
  const holds = !validation && all.count >= 50 && heldOut > 0;
  const [train, held] = holds ? splitRows(all, heldOut, heldKey) : [all, validation && rowsOf(validation, units)];
  const search = train.count > searchRows ? splitRows(train, searchRows / train.count, searchKey)[1] : train;
  return { train, held: held && held.count > 0 ? held : undefined, search };
}

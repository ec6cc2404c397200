import type { LabelledTable } from '@neuronseek/network';
import { fold, split } from '@neuronseek/tensor/random';
import { withoutUndefined } from '../../without-undefined.js';
import { checkRivalData } from '../check-rival.js';
import { descriptionLength } from '../programs/description-length.js';
import { rowsOf, unitsOf } from '../programs/rows.js';
import { checkGeneticSettings } from './check-genetic.js';
import { choiceRows } from './choice-rows.js';
import { candidatesOf } from './choose.js';
import { evolveIsland, type IslandJob } from './evolve-island.js';
import { type Archive, paretoFront, remember } from './individual.js';
import {
  type GeneticEvent,
  type GeneticOptions,
  type GeneticSettings,
  searchGeneticProgrammingDefaults,
} from './options.js';
import { explicitProgram } from './polish.js';
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
 * and key, same bits. Cost: about 12 · generations · population formulas of maxSize nodes on
 * `searchRows` rows at most; an exact formula ends it, and a round of islands that shortened the description by less than 8 bits.
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
  const perRound = plans.length / settings.rounds;
  let shortest = Number.POSITIVE_INFINITY;
  const aborted = (): boolean => settings.signal?.aborted ?? false;
  const varies = rows.search.y.some((v) => v !== rows.search.y[0]);
  for (let i = 0; i < plans.length && varies && !aborted(); i++) {
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
    if ((i + 1) % perRound > 0) continue;
    const bits = shortestDescription(archive, rows.search.count, symbols);
    if (shortest - bits < WORTH) break;
    shortest = bits;
  }
  const candidates = candidatesOf(paretoFront(archive), rows, symbols);
  const { status, ...result } = chooseResult(candidates, context);
  return { status: aborted() ? 'aborted' : status, ...result, evaluations, trace };
}

/** Bits that a round must have shortened the description by for another, twice as long, to be worth its time. */
const WORTH = 8;

function shortestDescription(archive: Archive, rows: number, symbols: number): number {
  const bits = paretoFront(archive).map((found) =>
    descriptionLength(explicitProgram(found), found.error, rows, symbols),
  );
  return Math.min(...bits);
}

import type { LabelledTable } from '@neuronseek/network';
import { fold, split } from '@neuronseek/tensor/random';
import { withoutUndefined } from '../../without-undefined.js';
import { checkFunctions, checkIntegers, checkRanges, checkRivalData } from '../check-rival.js';
import { choiceRows } from '../genetic/choice-rows.js';
import { candidatesOf } from '../genetic/choose.js';
import { type Archive, paretoFront, remember } from '../genetic/individual.js';
import { chooseResult, type GeneticResult } from '../genetic/result.js';
import { vocabularies } from '../genetic/schedule.js';
import { geneFunctions } from '../programs/opcodes.js';
import { rowsOf, unitsOf } from '../programs/rows.js';
import { targetOf } from '../programs/scaled-error.js';
import { createTape } from '../programs/tape.js';
import {
  type MetaSymNetEvent,
  type MetaSymNetOptions,
  type MetaSymNetSettings,
  searchMetaSymNetDefaults,
} from './options.js';
import { type Discretised, revise } from './revise.js';
import { FIRST } from './soft-functions.js';
import type { SoftTree } from './soft-tree.js';
import { grownTree, randomTree } from './start-tree.js';
import { trainTree } from './train-tree.js';

/** What {@link searchMetaSymNet} found; the neuron is the discretised formula, and errors are its own. */
export interface MetaSymNetResult extends Omit<GeneticResult, 'evaluations' | 'trace'> {
  readonly trace: readonly MetaSymNetEvent[];
}

const op = 'searchMetaSymNet';

/**
 * Searches a formula by training trees whose nodes are mixtures of functions, after MetaSymNet (Li et al. 2023, arXiv:2311.07326): a softmax over functions
 * at every node and over inputs at every leaf, each with scale and offset, trained by Adam under a rising penalty on the entropy of the choices. Trees grow
 * level by level, a third of them from the best smaller one, over small vocabularies and large ones. Then the largest share is taken everywhere, constants are
 * fitted again by Levenberg–Marquardt, choices are taken back one at a time where another is better, and what is superfluous is pruned where that shortens the description.
 *
 * Every formula is judged by its own prediction after discretisation; the soft tree is never scored. Shapes: data.x [n, D], data.y [n, 1]. Same data, options and
 * key, same bits. Cost: maxLevels · restarts · steps · 2^maxLevels · functions on `searchRows` rows.
 *
 * Limits: what a mixture approximates need not be what its largest shares do; the deeper the tree, the more often.
 *
 * Throws a RangeError for shapes or options that make no sense and for the first number that is not finite.
 */
export function searchMetaSymNet(data: LabelledTable, options: MetaSymNetOptions): MetaSymNetResult {
  const settings: MetaSymNetSettings = { ...searchMetaSymNetDefaults, key: options.key, ...withoutUndefined(options) };
  checkSettings(settings);
  checkRivalData(op, data, settings.validation, settings.features);
  const units = unitsOf(data);
  const [rowKey, treeKey] = split(settings.key, 2);
  const rows = choiceRows(rowsOf(data, units), settings, units, rowKey);
  const target = targetOf(rows.search.y);
  const tape = createTape(rows.search.columns, rows.search.count);
  const sets = vocabularies(settings.functions).map((names) => [FIRST, ...names.map((n) => geneFunctions.indexOf(n))]);
  const { maxLevels, restarts, exact } = settings;
  const archive: Archive = new Map();
  const trace: MetaSymNetEvent[] = [];
  const aborted = (): boolean => settings.signal?.aborted ?? false;
  const varies = rows.search.y.some((v) => v !== rows.search.y[0]);
  let smaller: SoftTree | undefined;
  let error = 1;
  for (let levels = 1; levels <= maxLevels && varies && error > exact && !aborted(); levels++) {
    let best: Discretised | undefined;
    for (let i = 0; i < restarts && error > exact && !aborted(); i++) {
      const key = fold(fold(treeKey, levels), i);
      const start =
        smaller && i % 3 === 2
          ? grownTree(smaller, key)
          : randomTree({ levels, functions: sets[i % sets.length], inputs: data.x.shape[1] }, key);
      const trained = trainTree(start, rows.search, target, settings);
      const found = revise(trained.tree, tape, target, exact);
      if (found) {
        remember(archive, found.individual);
        error = Math.min(error, found.individual.error);
        if (!best || found.individual.error < best.individual.error) best = found;
      }
      const event = { tree: trace.length + 1, trees: maxLevels * restarts, levels, softError: trained.error, error };
      trace.push(event);
      settings.onProgress?.(event);
    }
    smaller = best?.tree;
  }
  const symbols = settings.functions.length + data.x.shape[1] + 1;
  const candidates = candidatesOf(paretoFront(archive), rows, symbols);
  const { status, ...result } = chooseResult(candidates, { rows, units, symbols, features: settings.features });
  return { status: aborted() ? 'aborted' : status, ...result, trace };
}

function checkSettings(settings: MetaSymNetSettings): void {
  checkFunctions(op, settings.functions);
  checkIntegers(op, { maxLevels: 1, restarts: 1, steps: 1, searchRows: 2 }, settings);
  const any = Number.POSITIVE_INFINITY;
  checkRanges(op, { exact: [0, 1], heldOut: [0, 1], learningRate: [0, any], entropy: [0, any] }, settings);
}

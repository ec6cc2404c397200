import { type Key, split } from '@neuronseek/tensor/random';
import { type Rows, rowsOf, splitRows, type Units } from '../programs/rows.js';
import type { ChoiceRows } from './choose.js';
import type { GeneticSettings } from './options.js';

/**
 * The validation rows, or a share of rows held out where there are 50 at least, the others as training rows, and as many of those as the search looks
 * at; drawn by the key.
 */
export function choiceRows(
  all: Rows,
  settings: Pick<GeneticSettings, 'validation' | 'heldOut' | 'searchRows'>,
  units: Units,
  key: Key,
): ChoiceRows {
  const { validation, heldOut, searchRows } = settings;
  const [heldKey, searchKey] = split(key, 2);
  const holds = !validation && all.count >= 50 && heldOut > 0;
  const [train, held] = holds ? splitRows(all, heldOut, heldKey) : [all, validation && rowsOf(validation, units)];
  const search = train.count > searchRows ? splitRows(train, searchRows / train.count, searchKey)[1] : train;
  return { train, held: held && held.count > 0 ? held : undefined, search };
}

import { checkFunctions, checkIntegers, checkRanges } from '../check-rival.js';
import type { GeneticSettings } from './options.js';

const op = 'searchGeneticProgramming';

/** Throws a RangeError naming the first option that makes no sense. */
export function checkGeneticSettings(settings: GeneticSettings): void {
  checkFunctions(op, settings.functions);
  const least = {
    population: 1,
    nicheSize: 1,
    generations: 1,
    rounds: 1,
    tournament: 1,
    maxSize: 1,
    maxDepth: 1,
    maxConstants: 0,
    constantSteps: 0,
    library: 1,
    searchRows: 2,
  };
  checkIntegers(op, least, settings);
  checkRanges(op, { exact: [0, 1], heldOut: [0, 1] }, settings);
}

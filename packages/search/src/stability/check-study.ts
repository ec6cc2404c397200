import type { LabelledTable } from '@neuronseek/network';
import { flatten, showShape } from '@neuronseek/tensor';
import { methods, type NamedSearch } from './methods.js';
import type { SearchFunction, StabilityOptions, stabilityDefaults } from './stability.js';
import { checkConfidence } from './wilson.js';

/** Throws a RangeError for the first thing that makes no sense of what `stability` is given. */
export function checkStudy(
  search: NamedSearch | SearchFunction,
  { x, y }: LabelledTable,
  { seeds, bootstraps, confidence, maxMonomials, points }: typeof stabilityDefaults & Pick<StabilityOptions, 'points'>,
): void {
  if (typeof search !== 'function' && !Object.hasOwn(methods, search.method)) {
    const names = Object.keys(methods).join(', ');
    throw new RangeError(`stability: search.method must be one of ${names}: got ${String(search.method)}`);
  }
  if (x.order !== 2 || y.order !== 2 || x.shape[0] !== y.shape[0] || x.shape[0] === 0) {
    const shapes = `x is ${showShape(x.shape)}, y is ${showShape(y.shape)}`;
    throw new RangeError(`stability: needs x [rows, columns] and y [rows, outputs]: ${shapes}`);
  }
  for (const [name, t] of Object.entries({ x, y })) {
    const values = flatten(t);
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad < 0) continue;
    const place = `row ${Math.floor(bad / t.shape[1])}, column ${bad % t.shape[1]}`;
    throw new RangeError(`stability: ${name} must be finite: got ${values[bad]} at ${place}`);
  }
  checkConfidence('stability', confidence);
  const counts = { seeds: [seeds, 1], bootstraps: [bootstraps, 0], maxMonomials: [maxMonomials, 1] };
  for (const [name, [value, least]] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`stability: ${name} must be an integer from ${least}: got ${value}`);
    }
  }
  if (points && (points.order !== 2 || points.shape[1] !== x.shape[1])) {
    throw new RangeError(`stability: points must have shape [P, ${x.shape[1]}]: got ${showShape(points.shape)}`);
  }
}

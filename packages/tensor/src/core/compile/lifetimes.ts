import type { Lifetime } from './arrange.js';
import { type Program, type Value, valuesOf } from './program.js';
import type { Unit } from './schedule.js';

/**
 * When each value is there that needs a place: from the unit that makes it to the last one that reads it; arguments from before the first unit, results to
 * after the last one. The first `given` arguments have a place already, and what a loop keeps in registers needs none.
 */
export function lifetimes(program: Program, units: readonly Unit[], given: number): readonly Lifetime[] {
  const spans = new Map<Value, { from: number; to: number }>();
  program.inputs.forEach((value, i) => {
    if (i >= given) spans.set(value, { from: -1, to: -1 });
  });
  const read = (value: Value | undefined, at: number): void => {
    const span = value && spans.get(value);
    if (span !== undefined) span.to = at;
  };
  units.forEach((unit, at) => {
    for (const value of valuesOf(unit.outputs)) spans.set(value, { from: at, to: at });
    for (const value of valuesOf(unit.inputs)) read(value, at);
  });
  for (const { value } of program.results) read(value, units.length);
  return [...spans].map(([value, span]) => ({ value, ...span }));
}

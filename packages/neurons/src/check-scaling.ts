import type { Scaling } from './scaling.js';

/** Throws unless there are finite numbers for every input and output, and no deviation of an input is 0. */
export function checkScaling(name: string, at: string, scaling: Scaling, inputs: number, outputs: number): void {
  checkNumbers(name, `${at}.means`, scaling.means, inputs);
  checkNumbers(name, `${at}.deviations`, scaling.deviations, inputs);
  checkNumbers(name, `${at}.targetMeans`, scaling.targetMeans, outputs);
  checkNumbers(name, `${at}.targetDeviations`, scaling.targetDeviations, outputs);
  const zero = scaling.deviations.indexOf(0);
  if (zero >= 0) throw new RangeError(`${name}: ${at}.deviations[${zero}] must not be 0: got 0`);
}

function checkNumbers(name: string, at: string, values: readonly number[], count: number): void {
  if (!Array.isArray(values)) throw new TypeError(`${name}: ${at} must be an array of numbers: got ${typeof values}`);
  if (values.length !== count) throw new RangeError(`${name}: ${at} must be ${count} numbers: got ${values.length}`);
  values.forEach((value: unknown, i) => {
    if (typeof value !== 'number') throw new TypeError(`${name}: ${at}[${i}] must be a number: got ${typeof value}`);
    if (!Number.isFinite(value)) throw new RangeError(`${name}: ${at}[${i}] is not finite: ${value}`);
  });
}

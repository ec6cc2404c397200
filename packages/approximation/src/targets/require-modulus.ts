import { type CheckModulusOptions, checkModulus, type ModulusWitness } from './check-modulus.js';
import type { TargetFunction } from './target-function.js';

/** Throws a RangeError with the two points when {@link checkModulus} refutes the modulus of f. `name` begins the message. */
export function requireModulus(f: TargetFunction<1>, options: CheckModulusOptions = {}, name = 'requireModulus'): void {
  const { witness } = checkModulus(f, options);
  if (witness) throw new RangeError(`${name}: ${falseModulus(witness)}`);
}

/** The sentence that says which pair contradicts a modulus. */
export function falseModulus({ x, y, difference, allowed }: ModulusWitness): string {
  return `the modulus is false: |f(${x[0]}) − f(${y[0]})| is at least ${difference}, omega allows ${allowed}`;
}

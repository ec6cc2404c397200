import { expect } from 'vitest';

/** What `checkRoundTrip` needs. */
export interface RoundTripCase<T, U> {
  readonly forward: (value: T) => U;
  readonly backward: (image: U) => T;
  readonly value: T;
  /** Fails where the two differ; default: strict structural equality, in which 0 and -0 differ and NaN equals NaN. */
  readonly compare?: (actual: T, expected: T) => void;
}

/**
 * Fails unless backward(forward(value)) is the value.
 *
 * @throws the error of `compare`.
 */
export function checkRoundTrip<T, U>(c: RoundTripCase<T, U>): void {
  const { compare = (actual: T, expected: T): void => expect(actual).toStrictEqual(expected) } = c;
  compare(c.backward(c.forward(c.value)), c.value);
}

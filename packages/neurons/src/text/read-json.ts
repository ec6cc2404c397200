/** Readers of values of JSON, each of which throws with the place in the name of `fromJSON`. */

/** A finite or infinite number, "-0" among them. */
export function jsonNumberAt(at: string, value: unknown): number {
  if (value === '-0') return -0;
  if (typeof value !== 'number') throw new TypeError(`fromJSON: ${at} must be a number: got ${show(value)}`);
  return value;
}

/** An integer ≥ 1. */
export function countAt(at: string, value: unknown): number {
  const n = jsonNumberAt(at, value);
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`fromJSON: ${at} must be an integer ≥ 1: got ${n}`);
  return n;
}

export function textAt(at: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`fromJSON: ${at} must be a string: got ${show(value)}`);
  return value;
}

/** Exactly this. */
export function literalAt(at: string, value: unknown, expected: string | number): void {
  if (value !== expected) throw new RangeError(`fromJSON: ${at} must be ${show(expected)}: got ${show(value)}`);
}

export function arrayAt(at: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`fromJSON: ${at} must be an array: got ${show(value)}`);
  return value;
}

export function objectAt(at: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`fromJSON: ${at} must be an object: got ${show(value)}`);
  }
  return { ...value };
}

/** A value in a message: text in quotes and cut short, otherwise what it is. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

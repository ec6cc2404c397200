/** Narrow readings of parsed JSON; each throws a TypeError naming the place. */

/** The own entries of an object. The result has no prototype, so that a name such as "constructor" finds what the file says or nothing. */
export function object(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`load: ${path} must be an object, got ${show(value)}`);
  }
  const entries: Record<string, unknown> = Object.create(null);
  for (const [name, entry] of Object.entries(value)) entries[name] = entry;
  return entries;
}

export function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`load: ${path} must be an array, got ${show(value)}`);
  return value;
}

/** A non-negative integer. */
export function count(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`load: ${path} must be a non-negative integer, got ${show(value)}`);
}

export function flag(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`load: ${path} must be true or false, got ${show(value)}`);
}

export function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`load: ${path} must be a string, got ${show(value)}`);
}

/** A value as it stands in a message: short, whatever the file holds. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  // JSON has no Infinity, but 1e999 is read as one.
  const written = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return written.length > 40 ? `${written.slice(0, 40)}…` : written;
}

/** Throws a TypeError unless an option that may be left out is a boolean. */
export function checkFlag(op: string, option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') {
    throw new TypeError(`${op}: ${option} must be a boolean, got ${String(value)}`);
  }
}

/** Refuses what is neither true nor false. */
export function checkBoolean(name: string, argument: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${name}: ${argument} is not a boolean: ${String(value)}`);
}

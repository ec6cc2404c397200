/** Refuses options that are no object or have a name that is not known: a misspelt option would otherwise be ignored. */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${name}: options must be an object, got ${options === null ? 'null' : typeof options}`);
  }
  for (const option of Object.keys(options)) {
    if (!known.includes(option)) throw new TypeError(`${name}: unknown option ${option}; it takes ${known.join(', ')}`);
  }
}

/** Refuses an option that is not a number. */
export function checkNumber(name: string, option: string, value: unknown): void {
  if (typeof value !== 'number') throw new TypeError(`${name}: ${option} is not a number: ${String(value)}`);
}

/** The options that were given a value: `undefined` means the default, wherever options are merged. */
export function withoutUndefined<T extends object>(options: T): Partial<T> {
  const given: Partial<T> = {};
  for (const name in options) if (options[name] !== undefined) given[name] = options[name];
  return given;
}

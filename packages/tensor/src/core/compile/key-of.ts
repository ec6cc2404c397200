/** Numbers objects as they come, so that two are the same exactly if their numbers are. */
export function createIdentity(): (object: object) => number {
  const numbers = new Map<object, number>();
  return (object) => {
    const number = numbers.get(object) ?? numbers.size;
    numbers.set(object, number);
    return number;
  };
}

/** A text that is the same for equal plain data, typed arrays among it, and otherwise only for the same object. */
export function keyOf(value: unknown, identify: (object: object) => number): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `f${identify(value)}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => keyOf(item, identify)).join()}]`;
  // By what it holds: it can be filled anew.
  if (isNumbers(value)) {
    return `${value.constructor.name}[${Array.from(value, (item) => keyOf(item, identify)).join()}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `o${identify(value)}`;
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${keyOf(item, identify)}`)
    .join()}}`;
}

function isNumbers(value: object): value is object & Iterable<number | bigint> {
  return ArrayBuffer.isView(value) && Symbol.iterator in value;
}

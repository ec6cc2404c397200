/** A value that the header of an .npy file can hold. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<Literal, Literal>;

/** A dictionary of NumPy holds tuples in lists in tuples for structured dtypes; nothing sane is deeper than this. */
const MOST_NESTED = 32;

/**
 * Parses a Python literal: strings, integers, True, False, None, tuples, lists and dictionaries. Throws a RangeError, without the name
 * of an operation, at the first character that fits nowhere. Cost: linear in the text.
 */
export function parseLiteral(text: string): Literal {
  let at = 0;

  const fail = (expected: string): never => {
    const found = at < text.length ? JSON.stringify(text[at]) : 'the end';
    throw new RangeError(`expected ${expected} at character ${at}, got ${found}`);
  };
  const skipSpace = (): void => {
    while (at < text.length && ' \t\n\r\f'.includes(text[at])) at++;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };

  /** Items up to `close`, separated by commas; one may follow the last. */
  const items = <T>(close: string, item: () => T): { list: T[]; comma: boolean } => {
    const list: T[] = [];
    let comma = false;
    at++;
    for (skipSpace(); text[at] !== close; skipSpace()) {
      if (list.length > 0 && !comma) fail(`"," or "${close}"`);
      list.push(item());
      skipSpace();
      comma = text[at] === ',';
      if (comma) at++;
    }
    at++;
    return { list, comma };
  };

  const value = (depth: number): Literal => {
    skipSpace();
    if (depth > MOST_NESTED) fail(`at most ${MOST_NESTED} nested brackets`);
    const inner = (): Literal => value(depth + 1);
    switch (text[at]) {
      case '{': {
        const pair = (): [Literal, Literal] => {
          const key = inner();
          skipSpace();
          if (text[at] !== ':') fail('":"');
          at++;
          return [key, inner()];
        };
        const { list } = items('}', pair);
        const map = new Map(list);
        if (map.size !== list.length) throw new RangeError('a key is named twice');
        return map;
      }
      case '(': {
        const { list, comma } = items(')', inner);
        return list.length === 1 && !comma ? list[0] : list;
      }
      case '[':
        return items(']', inner).list;
    }
    const string = match(/u?'([^'\\\n]*)'|u?"([^"\\\n]*)"/y);
    if (string) return string[1] ?? string[2];
    // Python 2 wrote long integers with an L.
    const integer = match(/-?\d{1,20}(?=L?(?![\w.]))L?/y);
    if (integer) return Number.parseInt(integer[0], 10);
    const word = match(/(True|False|None)(?!\w)/y);
    if (word) return word[1] === 'None' ? null : word[1] === 'True';
    return fail('a literal');
  };

  const result = value(0);
  skipSpace();
  if (at < text.length) fail('the end');
  return result;
}

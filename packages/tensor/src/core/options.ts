import { showValue } from './describe-value.js';
import { checkDType } from './dtype.js';

/** What the value of an option may be; undefined always stands for the default. 'own': the function checks the value itself. */
export type OptionKind = 'boolean' | 'number' | 'axes' | 'dtype' | 'string' | 'own';

/**
 * Throws a TypeError naming `op` unless `options` is an object whose keys are all in `known` and whose values are of the kind that stands
 * there. Costs one look-up a key given, nothing for an empty object. A misspelt option would otherwise be ignored: `sum(x, { axis: 0 })`
 * would add up everything.
 */
export function checkOptions(op: string, options: object, known: Readonly<Record<string, OptionKind>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${op}: options must be an object, got ${showValue(options)}`);
  }
  const given: Readonly<Record<string, unknown>> = { ...options };
  for (const name in given) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`${op}: unknown option ${name}${suggestion(name, Object.keys(known))}`);
    }
    if (given[name] !== undefined) checkKind(op, name, given[name], known[name]);
  }
}

/** Throws a TypeError naming `op` unless `axes` is an axis or an array of axes; whether they exist is for normalizeAxes. */
export function checkAxes(op: string, axes: unknown): asserts axes is number | readonly number[] {
  if (!isAxes(axes)) throw wrong(op, 'axes', 'an axis or an array of axes', axes);
}

function isAxes(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.every((axis) => typeof axis === 'number'));
}

function checkKind(op: string, name: string, value: unknown, kind: OptionKind): void {
  switch (kind) {
    case 'own':
      return;
    case 'dtype':
      checkDType(op, value);
      return;
    case 'axes':
      if (!isAxes(value)) {
        throw wrong(op, name, 'an axis or an array of axes', value);
      }
      return;
    default:
      if (typeof value !== kind) throw wrong(op, name, `a ${kind}`, value);
  }
}

function wrong(op: string, name: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${op}: ${name} must be ${expected}, got ${showValue(value)}`);
}

/** The known name that is spelt most like `name`, or all of them when none is close. */
function suggestion(name: string, known: readonly string[]): string {
  let near: string | undefined;
  let least = 3;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    // To a short name every other is near.
    if (edits >= Math.min(least, candidate.length)) continue;
    least = edits;
    near = candidate;
  }
  if (near !== undefined) return `; did you mean ${near}?`;
  return known.length === 0 ? '; it takes none' : `; it takes ${known.join(', ')}`;
}

/** Edit distance of Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1])));
    }
    row = next;
  }
  return row[b.length];
}

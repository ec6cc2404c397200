import { describe, expect, it } from 'vitest';
import { mutantsOf } from './mutants.js';

const changed = (source: string): string[] =>
  mutantsOf(source).map(({ start, end, text }) => source.slice(0, start) + text + source.slice(end));

describe('mutantsOf', () => {
  it('changes operators, numbers, booleans, conditions, negations, extrema and statements', () => {
    expect(changed('const a = b + c;')).toEqual(['const a = b - c;']);
    expect(changed('const a = b <= 3;')).toEqual(['const a = b < 3;', 'const a = b <= 4;']);
    expect(changed('const a = !b && true;')).toEqual([
      'const a = !b || true;',
      'const a = b && true;',
      'const a = !b && false;',
    ]);
    expect(changed('const a = Math.max(-b, c);')).toEqual([
      'const a = Math.min(-b, c);',
      'const a = Math.max((b), c);',
    ]);
    expect(changed('if (a) { b(); }')).toEqual(['if (!(a)) { b(); }', 'if (a) { ; }']);
    expect(changed('a ??= b; x += 1;')).toEqual(['a ??= b; x -= 1;', 'a ??= b; x += 2;']);
  });

  it('leaves types, imports and what is thrown alone', () => {
    expect(changed("import { a } from 'a';\nexport type B = 1 | 2;\ninterface C { d: 3 }\nlet e: 4;")).toEqual([]);
    expect(changed('throw new RangeError(String(a + 1));')).toEqual([]);
  });

  it('gives sources that differ from the original', () => {
    const source =
      'export const f = (x: number): number => { if (x > 2 || x === 0) return Math.floor(-x * 3); g(x % 2); return 1; };';
    const all = changed(source);
    expect(all.length).toBeGreaterThan(9);
    expect(all).not.toContain(source);
    expect(new Set(all).size).toBe(all.length);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Rows of the table: number, origin, content, tests, state. */
const rows = read('README.md')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'))
      .slice(1, -1),
  );

/** Tests that a cell names: a file, then titles in it. */
function named(cell: string): [file: string, title: string][] {
  let file = '';
  return [...cell.matchAll(/`([^`]+)`|“([^”]+)”/g)].flatMap(([, path, title]): [string, string][] => {
    if (path !== undefined) file = path;
    return title === undefined ? [] : [[file, title]];
  });
}

describe('the table of other libraries’ cases', () => {
  test('has each of the forty-four once, with tests or the reason why there are none', () => {
    expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 44 }, (_, i) => i + 1));
    for (const [number, , , tests, state] of rows) {
      expect([number, state]).not.toEqual([number, '']);
      expect([number, named(tests).length > 0]).toEqual([number, !/^(out of scope|not here yet): ./.test(state)]);
    }
  });

  test.each(rows.flatMap(([number, , , tests]) => named(tests).map(([file, title]) => ({ number, file, title }))))(
    '$number: $file has “$title”',
    ({ number, file, title }) => {
      expect(read(file)).toContain(title);
      // A title that names cases names this one.
      const tags = [...title.matchAll(/peer case (\d+)/g)].map(([, tag]) => tag);
      if (tags.length > 0 && number !== '39') expect(tags).toContain(number);
    },
  );
});

import { readFileSync } from 'node:fs';
import { testReadme } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { alsDefaults, discoverDefaults, gatesDefaults } from '../src/index.js';

const readme = new URL('../README.md', import.meta.url);
testReadme(readme);

/** Options of a section's table that have a default, as the README writes it. */
function defaultsIn(section: string): Record<string, unknown> {
  const text =
    readFileSync(readme, 'utf8')
      .split('\n## ')
      .find((part) => part.startsWith(section)) ?? '';
  const rows = text.split('\n').flatMap((line) => {
    const [, name, value] = /^\| `(\w+)` *\| (?:`([^`]+)`)? *\|/.exec(line) ?? [];
    return value === undefined || value.startsWith('key(') ? [] : [[name, JSON.parse(value.replaceAll("'", '"'))]];
  });
  return Object.fromEntries(rows);
}

describe('the README', () => {
  test('lists every option with a default, and the default it has', () => {
    expect(defaultsIn('discover(')).toEqual(discoverDefaults);
    expect(defaultsIn("searchTensorDecomposition(data, { method: 'gates' })")).toEqual(gatesDefaults);
    // A key has no literal: `key(0)` stands for it.
    const { key: _, ...literals } = alsDefaults;
    expect(defaultsIn('searchTensorDecomposition(data, options)')).toEqual(literals);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { discoverDefaults } from '@neuronseek/search';
import { expect, test, vi } from 'vitest';
import { DEFAULT_OUT } from '../src/arguments.js';
import { MISSING } from '../src/read-table/type-cells.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

function block(language: string): string {
  const [, body] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme) ?? [];
  if (body === undefined) throw new Error(`README.md has no ${language} block`);
  return body;
}

test('the example in the README prints what the README says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'neuronseek-readme-'));
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
    lines.push(format(...words));
  });
  try {
    // The package by its sources, its files in a folder of their own.
    const source = fileURLToPath(new URL('../src/index.ts', import.meta.url));
    const code = block('ts')
      .replace(`from 'neuronseek'`, `from ${JSON.stringify(source)}`)
      .replace(/'(data\.csv|report\.html)'/g, (_, name: string) => JSON.stringify(join(folder, name)));
    const file = join(folder, 'example.ts');
    writeFileSync(file, code);
    await import(pathToFileURL(file).href);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<h1>A neuron for square</h1>');
  } finally {
    spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(`${lines.join('\n')}\n`).toBe(block('text'));
});

test('the README names the defaults and the spellings of missing values', () => {
  expect(readme).toContain(`default \`${DEFAULT_OUT}\``);
  expect(readme).toContain(`all randomness, default ${discoverDefaults.seed}:`);
  const listed = /Missing are empty cells and (.*)\. Nothing/s.exec(readme)?.[1] ?? '';
  expect(new Set(['', ...listed.split(/,\s/).map((word) => word.slice(1, -1))])).toEqual(MISSING);
});

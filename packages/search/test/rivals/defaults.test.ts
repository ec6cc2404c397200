import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  searchGeneticProgrammingDefaults,
  searchMetaSymNetDefaults,
  searchVectorizedSRDefaults,
} from '../../src/index.js';

const elsewhere = { validation: 'held out of the data' };

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['genetic', { ...searchGeneticProgrammingDefaults, ...elsewhere, functions: 'all of them' }],
  ['metasymnet', { ...searchMetaSymNetDefaults, ...elsewhere, functions: 'all of them' }],
  ['vectorized', { ...searchVectorizedSRDefaults, ...elsewhere }],
])('defaults of %s are documented as they are', (folder, constants) => {
  const text = readFileSync(fileURLToPath(new URL(`../../src/rivals/${folder}/options.ts`, import.meta.url)), 'utf8');
  const found = [...text.matchAll(/Default: ((?:(?!\*\/).)+)\. \*\/\s*readonly (\w+)\?:/g)];
  const documented = Object.fromEntries(found.map(([, value, name]) => [name, value]));
  expect(documented).toEqual(Object.fromEntries(Object.entries(constants).map(([name, v]) => [name, String(v)])));
});

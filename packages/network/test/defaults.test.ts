import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  adamDefaults,
  applyDefaults,
  cosineDefaults,
  fitDefaults,
  sgdDefaults,
  taskNeuronDefaults,
} from '../src/index.js';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Where a default is documented, and what the constant says. */
const constants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'layers/rules.ts': { ...applyDefaults },
  'layers/task-neuron.ts': { ...taskNeuronDefaults },
  'optimizers/adam.ts': { ...adamDefaults },
  'optimizers/sgd.ts': { ...sgdDefaults },
  'schedules/cosine.ts': { ...cosineDefaults },
  'training/fit-options.ts': {
    epochs: fitDefaults.epochs,
    batchSize: fitDefaults.batchSize,
    clipNorm: fitDefaults.clipNorm,
    schedule: `cosine from ${fitDefaults.learningRate} to ${cosineDefaults.end} over all steps`,
    validation: 'none, the last epoch counts',
    patience: 'no limit',
    variables: 'fresh ones',
  },
};

/** Every optional member whose comment ends with its default, by name. */
function documented(text: string): Record<string, string> {
  const found = [...text.matchAll(/Default: ((?:(?!\*\/).)+)\. \*\/\s*readonly (\w+)\?:/g)];
  return Object.fromEntries(found.map(([, value, name]) => [name, value]));
}

function files(): string[] {
  return readdirSync(source, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
}

describe('defaults', () => {
  test.each(Object.keys(constants))('%s: what is documented is what the constants say', (file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const expected = Object.entries(constants[file]).map(([name, value]) => [name, String(value)]);
    expect(documented(text)).toEqual(Object.fromEntries(expected));
  });

  test('are nowhere else', () => {
    const others = files().filter((file) => /Default: /.test(readFileSync(join(source, file), 'utf8')));
    expect(others.sort()).toEqual(Object.keys(constants).sort());
  });

  test('every option that may be left out says what happens then', () => {
    const silent: string[] = [];
    for (const file of files()) {
      const text = readFileSync(join(source, file), 'utf8');
      const names = Object.keys(documented(text));
      for (const [, name] of text.matchAll(/readonly (\w+)\?:/g))
        if (!names.includes(name)) silent.push(`${file} ${name}`);
    }
    // Nobody listens unless these are given.
    expect(silent).toEqual(['training/fit-options.ts signal', 'training/fit-options.ts onProgress']);
  });
});

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

  test('are the same in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const signature = (values: object): string =>
      `{ ${Object.entries(values)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', ')} }`;
    expect(readme).toContain(`adam(${signature(adamDefaults)})`);
    expect(readme).toContain(`sgd(${signature(sgdDefaults)})`);
    expect(readme).toContain(`cosine(start, steps, ${signature(cosineDefaults)})`);
    expect(readme).toContain(`\`normalize\` (default ${taskNeuronDefaults.normalize})`);
    expect(readme).toContain(`\`training\` (default ${applyDefaults.training})`);
    const { epochs, batchSize, clipNorm, learningRate } = fitDefaults;
    const schedule = `cosine from ${learningRate} to ${cosineDefaults.end}`;
    for (const [name, value] of Object.entries({ epochs, batchSize, clipNorm, schedule })) {
      const [row] = readme.match(new RegExp(`^\\| \`${name}\` .*$`, 'm')) ?? [''];
      expect(row.split('|').map((cell) => cell.trim())[3]).toBe(String(value));
    }
  });
});

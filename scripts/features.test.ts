import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { absent } from '../packages/tensor/test/features/absent.js';
import { readEvidence } from './feature-evidence.js';
import { exported, featureRows, featuresPath, listed, renderFeatures } from './features.js';

describe('packages/tensor/FEATURES.md', () => {
  it('has a row for every public function, and no other', () => {
    expect(listed().sort()).toEqual(exported().sort());
  });

  it('is what `npm run features` writes', async () => {
    expect(readFileSync(featuresPath, 'utf8')).toBe(await renderFeatures());
  });

  it('finds a derivative exactly where the operation of that name has a rule', async () => {
    const { coreOperations, linalgOperations } = await readEvidence(
      fileURLToPath(new URL('../packages/tensor', import.meta.url)),
    );
    const rules = new Map([
      ['', coreOperations],
      ['/linalg', linalgOperations],
    ]);
    const known = (await featureRows()).flatMap(({ section, name, derivative }) => {
      const rule = rules.get(section.entry)?.get(name);
      return rule === undefined ? [] : [{ name, rule, kind: derivative.kind }];
    });
    expect(known.length).toBeGreaterThan(90);
    const differing = known.filter(({ rule, kind }) => rule !== (kind === 'to any order' || kind === 'zero'));
    // One kernel without a rule where nobody differentiates it, otherwise a composition of operations that have rules.
    expect(differing.map(({ name }) => name)).toEqual(['logsumexp']);
  });

  it('does not list as absent what has a row', async () => {
    const present = new Set((await featureRows()).flatMap(({ feature }) => feature.numpy.split('; ')));
    expect(absent.flatMap(([numpy]) => numpy.split(', ')).filter((name) => present.has(name))).toEqual([]);
  });

  it('names something that every function is tested against', async () => {
    const rows = await featureRows();
    expect(rows.filter(({ tested }) => tested.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('has NumPy fixtures for everything on tensors that NumPy, SciPy or jax.nn defines', async () => {
    const without = (await featureRows())
      .filter(
        ({ section, feature }) =>
          ['', '/linalg'].includes(section.entry) &&
          feature.example !== undefined &&
          feature.numpy + feature.jax !== '',
      )
      .filter(({ tested }) => !tested.some((what) => what.startsWith('NumPy')))
      .map(({ name }) => name);
    // Transformations of functions: NumPy has none.
    expect(without.sort()).toEqual(['checkpoint', 'compileStep', 'customVjp', 'stopGradient']);
  });
});

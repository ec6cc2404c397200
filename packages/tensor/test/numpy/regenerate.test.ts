import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, numbersOf, type Written } from './fixtures.js';

const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import numpy, scipy.special'], { stdio: 'ignore' }).status === 0,
);
const committed = fileURLToPath(new URL('./fixtures/', import.meta.url));
const script = fileURLToPath(new URL('./make-fixtures.py', import.meta.url));

/** A fixture without what rounding decides: the values within a tolerance, and their scale. */
function exactPart(fixture: Fixture): unknown {
  if (fixture.factor === undefined) return fixture;
  return { ...fixture, scale: undefined, expected: fixture.expected.map(([dtype, shape]) => [dtype, shape]) };
}

/** The largest distance of two arrays in units of what each element, or else the whole case, may be off. */
function distance(a: Written, b: Written, { factor = 0, scale }: Fixture): number {
  const [xs, ys] = [numbersOf(a), numbersOf(b)];
  const epsilon = a[0] === 'float32' ? 2 ** -23 : 2 ** -52;
  return Math.max(
    0,
    ...xs.map((x, i) => {
      if (Object.is(x, ys[i]) || x === ys[i]) return 0;
      return Math.abs(x - ys[i]) / (factor * epsilon * (scale ?? Math.abs(x)) + 5e-324);
    }),
  );
}

describe.skipIf(python === undefined)('make-fixtures.py, with NumPy and SciPy', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'numpy-'));
    const { status, stderr } = spawnSync(python ?? '', [script, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the files that stand here', () => {
    expect(readdirSync(folder).sort()).toEqual(readdirSync(committed).sort());
    expect(readFileSync(join(folder, 'inputs.json'), 'utf8')).toBe(
      readFileSync(join(committed, 'inputs.json'), 'utf8'),
    );
  });

  it.each(readdirSync(committed).filter((file) => file !== 'inputs.json'))('writes %s as it stands here', (file) => {
    const parse = (where: string): Fixture[] => JSON.parse(readFileSync(join(where, file), 'utf8'));
    const [fresh, kept] = [parse(folder), parse(committed)];
    expect(fresh.map(exactPart)).toEqual(kept.map(exactPart));
    // Another processor may round sums of products and transcendental functions otherwise.
    fresh.forEach((fixture, i) => {
      if (fixture.factor === undefined) return;
      fixture.expected.forEach((written, k) => {
        const message = `${fixture.numpy} of ${fixture.inputs?.join(', ')}`;
        expect(distance(written, kept[i].expected[k], fixture), message).toBeLessThanOrEqual(1);
      });
    });
  });
});

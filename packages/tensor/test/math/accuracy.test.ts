import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as math from '../../src/math/index.js';
import { domains } from './domains.js';
import { references } from './reference/functions.js';
import { ulpError } from './reference/real.js';

const u = fc.double({ min: 0, max: 1, noNaN: true });

test('every function is tested, and against a reference of its name', () => {
  const names = Object.keys(math).sort();
  expect(Object.keys(domains).sort()).toEqual(names);
  expect(Object.keys(references).sort()).toEqual(names);
});

describe.each(Object.entries(domains))('%s', (name, { f, ulps, pieces, hard = [] }) => {
  const reference = references[name];
  const error = ([x, y = 0]: readonly number[]): number => ulpError(f(x, y), reference(x, y));

  test.each(Object.keys(pieces))('is as accurate as it says: %s', (piece) => {
    fc.assert(
      fc.property(u, u, (s, t) => {
        const at = pieces[piece](s, t);
        fc.pre(at.every(Number.isFinite));
        expect(error(at), `at ${at}`).toBeLessThanOrEqual(ulps);
      }),
      { numRuns: 60 },
    );
  });

  test('is as accurate in hard cases', () => {
    expect(hard.filter((at) => !(error(at) <= ulps)).map((at) => [at, error(at)])).toEqual([]);
  });
});

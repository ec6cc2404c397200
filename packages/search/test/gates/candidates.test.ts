import { test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { alsDefaults } from '../../src/als/options.js';
import { searchAls } from '../../src/als/search-als.js';
import { afterFits, verdict } from '../../src/gates/verdict.js';
import { syntheticProblem } from '../../src/index.js';

describe('fits among candidates', () => {
  test('exchange no power for one that is none of them', () => {
    const { train } = syntheticProblem('pure v0', { key: key(671), inputs: 3, rows: 800, classes: 2 });
    const settings = { ...alsDefaults, task: 'classification', retries: 0 } as const;
    expect(searchAls(train, settings).structure.power).toEqual([2]);
    const { structure } = searchAls(train, settings, { powers: [4], starts: () => [] });
    expect(structure).toEqual({ power: [4], interaction: [] });
  });

  const settings = { lambda: 1, penalty: 'parameters' } as const;
  const termOf = (stream: 'power' | 'interaction', order: number, probability: number) =>
    verdict({ stream, order, rank: 1, probability, variance: 0 }, settings);

  test('say of a power whose gate closed whether they looked at it', () => {
    const [power, other, interaction] = [
      termOf('power', 2, 0.1),
      termOf('power', 3, 0.1),
      termOf('interaction', 2, 0.9),
    ];
    const all = [power, other, interaction];
    expect(afterFits(power, { terms: [] }, all).reason).toBe(
      'its gate closed (probability 0.10) and that of the interaction of its order, which contains it, stayed open, but fitted without gates it gains no more than noise would',
    );
    expect(afterFits(other, { terms: [] }, all)).toEqual(other);
    const found = { stream: 'power', order: 2, rank: 1, gain: 90, noise: 20 } as const;
    expect(afterFits(power, { terms: [found] }, all)).toMatchObject({
      kept: true,
      reason: expect.stringMatching(/stayed open; fitted without gates it gains 90.0, where noise gains 20.0 at most$/),
    });
  });
});

import { configure } from '@neuronseek/tensor/parallel';
import { afterAll, describe, expect, it } from 'vitest';
import { negativeControlNames, type TheoremName, theoremNames, verifyTheorem } from '../src/index.js';
import { verifyInThreads } from '../src/parallel/index.js';
import { runRange, verdictOf } from '../src/theorems/run-cases.js';

const before = configure().threads;
afterAll(() => {
  configure({ threads: before });
});

describe('verifyInThreads', () => {
  it('the verdicts of verifyTheorem, for one thread and for two', async () => {
    const names = ['relu-square', 'orbit-code'] as const;
    const alone = names.map((name) => verifyTheorem(name, { runs: 120, seed: 5 }));
    for (const threads of [1, 2]) {
      expect(await verifyInThreads({ names, runs: 120, seed: 5, threads })).toEqual(alone);
    }
  });

  it('all theorems and controls where none are named, with progress to the end', async () => {
    const seen: number[] = [];
    const verdicts = await verifyInThreads({ runs: 2, onProgress: ({ done }) => seen.push(done) });
    expect(verdicts.map(({ theorem }) => theorem)).toEqual([...theoremNames, ...negativeControlNames]);
    expect(verdicts.every(({ holds, runs }) => holds && runs === 2)).toBe(true);
    expect(seen.at(-1)).toBe(2 * verdicts.length);
  });

  it('aborted, it says how far it came', async () => {
    const [verdict] = await verifyInThreads({ names: ['relu-square'], runs: 100, signal: AbortSignal.abort() });
    expect(verdict).toMatchObject({ holds: false, runs: 0, margin: 0 });
  });

  it('bad input is refused', async () => {
    await expect(verifyInThreads({ runs: 0 })).rejects.toThrow(
      'verifyInThreads: runs must be a positive integer: got 0',
    );
    await expect(verifyInThreads({ names: ['fermat' as TheoremName] })).rejects.toThrow(
      'verifyInThreads: unknown theorem or control: got fermat',
    );
  });
});

describe('verdictOf', () => {
  it('ranges in a row are as one: up to the first counterexample, with the least margin until there', () => {
    let looked = 0;
    const look = (): { margin: number; fault?: string } => {
      looked++;
      return looked === 7 ? { margin: -1, fault: 'the seventh' } : { margin: 1 / looked };
    };
    const ranges = [0, 5, 10].map((from) => runRange(look, 3, from, from + 5));
    expect(verdictOf('relu-square', 3, ranges)).toEqual({
      theorem: 'relu-square',
      holds: false,
      runs: 7,
      margin: -1,
      counterexample: { run: 6, description: 'the seventh' },
      seed: 3,
    });
    expect(verdictOf('relu-square', 3, ranges.slice(0, 1))).toMatchObject({ holds: true, runs: 5, margin: 0.2 });
  });
});

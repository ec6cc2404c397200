import { test } from '@fast-check/vitest';
import { treeLeaves } from '@neuronseek/tensor';
import { fold, key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { anneal, cosineFactor, type Phase } from '../../src/gates/anneal.js';
import type { GatesSettings, SearchEvent } from '../../src/gates/options.js';
import { begin, type Progress } from '../../src/gates/train-epoch.js';
import { oneEpoch } from '../support/one-epoch.js';
import { settingsOf, smallData, smallStructure, trainedParams } from '../support/small-model.js';

const data = smallData(10, 3, 1, 1);
const start = begin(trainedParams(smallStructure, 3, 1, 2));

function run(settings: GatesSettings): Phase & { trace: SearchEvent[] } {
  const trace: SearchEvent[] = [];
  return { ...anneal(start, data, smallStructure, settings, key(4), trace), trace };
}

const bitsOf = ({ params, memory }: Progress): number[] => [
  ...treeLeaves(params).flatMap((t) => Array.from(t.toTypedArray())),
  ...treeLeaves(memory).flatMap((t) => Array.from(t.toTypedArray())),
];

describe('anneal', () => {
  test('lambda is 0 for a quarter, rises linearly over a half and stays', () => {
    const { trace } = run(settingsOf({ epochs: 12, lambda: 0.8, refitEpochs: 7 }));
    expect(trace.map(({ phase }) => phase)).toEqual([
      ...Array<string>(3).fill('warm-up'),
      ...Array<string>(6).fill('anneal'),
      ...Array<string>(3).fill('settle'),
    ]);
    const ramp = [0, 0, 0, 0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1, 1, 1];
    expectClose(
      trace.map(({ lambda }) => lambda),
      ramp.map((r) => 0.8 * r),
      { factor: 4 },
    );
    expect(trace.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, e) => e + 1));
    expect(trace.every(({ epochs }) => epochs === 19)).toBe(true);
  });

  test('other shares of the epochs move the corners', () => {
    const { trace } = run(settingsOf({ epochs: 10, lambda: 1, warmUp: 0, annealed: 1 }));
    expect(trace.every(({ phase }) => phase === 'anneal')).toBe(true);
    expectClose(
      trace.map(({ lambda }) => lambda),
      Array.from({ length: 10 }, (_, e) => e / 10),
      { factor: 4 },
    );
    const late = run(settingsOf({ epochs: 10, lambda: 1, warmUp: 0.8, annealed: 0.9 })).trace;
    expect(late.map(({ lambda }) => lambda)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('gates keep every bit during the warm-up, and move in every epoch with a penalty', () => {
    const { trace } = run(settingsOf({ epochs: 12 }));
    const logits = Array.from(start.params.logAlpha.toTypedArray());
    const open = logits.map((l) => 1 / (1 + Math.exp(-l - 0.66 * Math.log(11))));
    expectClose(trace[0].gates, open, { factor: 8 });
    for (const { gates } of trace.slice(1, 3)) expectSameBits(gates, trace[0].gates);
    // In epoch 4 lambda is still 0, and a draw that is clipped has no gradient.
    for (let e = 4; e < 12; e++) {
      trace[e].gates.forEach((p, t) => {
        expect(p).not.toBe(trace[e - 1].gates[t]);
      });
    }
  });

  test('learning rates follow half a cosine from 1 to a thousandth', () => {
    expect([cosineFactor(0), cosineFactor(0.5), cosineFactor(1)]).toEqual([1, expect.closeTo(0.5005, 12), 1e-3]);
    expect(cosineFactor(1 / 3)).toBeCloseTo(0.001 + 0.999 * 0.75, 12);
  });

  test('is its epochs one after another, each with its own key, lambda and rate', () => {
    const settings = settingsOf({ epochs: 4, lambda: 0.4, warmUp: 0.25, annealed: 0.75 });
    let progress = start;
    const losses: number[] = [];
    const lambdas = [0, 0, 0.2, 0.4];
    for (let e = 0; e < 4; e++) {
      const rate = 0.001 + 0.999 * (0.5 + 0.5 * Math.cos((Math.PI * e) / 4));
      const plan = { settings, structure: smallStructure, lambda: lambdas[e], rate, trainGates: e > 0 };
      const { loss, ...next } = oneEpoch(progress, data, plan, fold(key(4), e));
      progress = next;
      losses.push(loss);
    }
    const all = run(settings);
    expect(all.status).toBe('completed');
    // The rate differs in its last bits, so the parameters do too: 16 steps of at most 0.01, whose quotients amplify by up to 1e3.
    expectClose(bitsOf(all.progress), bitsOf(progress), { factor: 1e4 });
    expectClose(
      all.trace.map(({ loss }) => loss),
      losses,
      { factor: 1e4 },
    );
  });

  test('tells every event to the caller, the very objects of the trace', () => {
    const told: SearchEvent[] = [];
    const { trace } = run(settingsOf({ epochs: 5, onProgress: (event) => told.push(event) }));
    expect(told).toHaveLength(5);
    told.forEach((event, i) => {
      expect(event).toBe(trace[i]);
    });
    expect(trace.every(({ loss }) => loss > 0 && loss < Number.POSITIVE_INFINITY)).toBe(true);
  });

  test('an abort from onProgress ends it with the epochs done so far', () => {
    const controller = new AbortController();
    const aborted = run(
      settingsOf({
        epochs: 8,
        signal: controller.signal,
        onProgress: ({ epoch }) => {
          if (epoch === 3) controller.abort();
        },
      }),
    );
    expect(aborted.status).toBe('aborted');
    expect(aborted.trace).toHaveLength(3);
    const whole = run(settingsOf({ epochs: 8 }));
    expect(whole.trace.slice(0, 3)).toEqual(aborted.trace);
    const before = run(settingsOf({ epochs: 8, signal: AbortSignal.abort() }));
    expect([before.status, before.trace.length]).toEqual(['aborted', 0]);
    expect(before.progress).toBe(start);
  });

  test('a huge learning rate ends it as diverged, where it last was finite', () => {
    const { status, progress, trace } = run(settingsOf({ epochs: 8, powerRate: 1e200, batchSize: 10 }));
    expect(status).toBe('diverged');
    expect(trace.length).toBeLessThan(8);
    expect(bitsOf(progress).every(Number.isFinite)).toBe(true);
  });
});

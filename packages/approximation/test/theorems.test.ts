import { key } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import {
  type NegativeControlName,
  negativeControlNames,
  type TheoremName,
  theoremNames,
  type Verdict,
  verifyDefaults,
  verifyNegativeControl,
  verifyNegativeControls,
  verifyTheorem,
} from '../src/index.js';
import { controls, theorems } from '../src/theorems/register.js';
import { runCases } from '../src/theorems/run-cases.js';
import { understatedModulus } from '../src/theorems/understated-modulus.js';

describe('the register', () => {
  test.each([...Object.entries(theorems), ...Object.entries(controls)])(
    '%s holds, and says the same again',
    (_, look) => {
      const verdict = runCases('test', 'exact-polynomial-neuron', look, { runs: 25, seed: 4 });
      expect(verdict).toMatchObject({ holds: true, runs: 25 });
      expect(verdict.counterexample).toBeUndefined();
      const k = key(11);
      expect(look(k)).toEqual(look(k));
    },
  );

  test('names come from it', () => {
    expect(theoremNames).toEqual(Object.keys(theorems));
    expect(negativeControlNames).toEqual(Object.keys(controls));
    expect(() => verifyNegativeControl('no such' as NegativeControlName)).toThrow(
      'verifyNegativeControl: unknown control: got no such, known: understated-modulus, monotone-width-one',
    );
  });
});

describe('verifyTheorem', () => {
  test('piecewise-linear-interpolation holds, and its margin is within the resolution of a grid', () => {
    const verdict = verifyTheorem('piecewise-linear-interpolation', { runs: 60, seed: 3 });
    expect(verdict).toMatchObject({ theorem: 'piecewise-linear-interpolation', holds: true, runs: 60, seed: 3 });
    expect(verdict.counterexample).toBeUndefined();
    expect(verdict.margin).toBeGreaterThanOrEqual(-1 / 64);
    expect(verdict.margin).toBeLessThan(1);
  });

  test('exact-polynomial-neuron holds with nothing to spare: it is an equality', () => {
    const verdict = verifyTheorem('exact-polynomial-neuron', { runs: 100, seed: 3 });
    expect(verdict).toEqual({ theorem: 'exact-polynomial-neuron', holds: true, runs: 100, margin: 0, seed: 3 });
  });

  test('the same seed gives the same verdict, another seed other cases', () => {
    const verdict = (seed: number): Verdict => verifyTheorem('piecewise-linear-interpolation', { runs: 8, seed });
    expect(verdict(5)).toEqual(verdict(5));
    expect(verdict(5).margin).not.toBe(verdict(6).margin);
  });

  test('progress, abort and defaults', () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const verdict = verifyTheorem('exact-polynomial-neuron', {
      signal: controller.signal,
      onProgress: ({ theorem, run, runs }) => {
        expect([theorem, runs]).toEqual(['exact-polynomial-neuron', 100]);
        seen.push(run);
        if (run === 3) controller.abort();
      },
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(verdict).toMatchObject({ holds: true, runs: 3, seed: 0 });
    expect(verifyDefaults).toEqual({ runs: 100, seed: 0 });
    const nothing = verifyTheorem('exact-polynomial-neuron', { signal: AbortSignal.abort() });
    expect(nothing).toMatchObject({ holds: false, runs: 0 });
  });

  test('stops at a counterexample that the seed and its number draw again', () => {
    const looked: string[] = [];
    const verdict = runCases(
      'test',
      'exact-polynomial-neuron',
      (k) => {
        looked.push(k.join());
        return looked.length === 4 ? { margin: -2, fault: 'the fourth' } : { margin: 1 };
      },
      { runs: 10, seed: 1 },
    );
    expect(verdict).toEqual({
      theorem: 'exact-polynomial-neuron',
      holds: false,
      runs: 4,
      margin: -2,
      counterexample: { run: 3, description: 'the fourth' },
      seed: 1,
    });
    expect(new Set(looked).size).toBe(4);
  });

  test('bad input is refused with the reason', () => {
    const unknown: TheoremName = JSON.parse('"four-colours"');
    expect(() => verifyTheorem(unknown)).toThrow(
      `verifyTheorem: unknown theorem: got four-colours, known: ${theoremNames.join(', ')}`,
    );
    for (const runs of [0, 1.5, Number.NaN]) {
      expect(() => verifyTheorem(theoremNames[0], { runs })).toThrow(
        `verifyTheorem: runs must be a positive integer: got ${runs}`,
      );
    }
    expect(() => verifyTheorem(theoremNames[0], { seed: -1 })).toThrow(
      'key: seed is not an integer from 0 to 2^53 - 1: -1',
    );
  });
});

describe('verifyNegativeControls', () => {
  const controls = verifyNegativeControls({ runs: 100, seed: 2 });

  test('property 39: half the slope is refuted, and the error is twice what it promises', () => {
    expect(controls[0]).toMatchObject({ theorem: 'understated-modulus', holds: true, runs: 100 });
    // (lower − bound)/bound = 1 but for the rounding that the bound allows.
    expect(Math.abs(controls[0].margin - 1)).toBeLessThan(1e-9);
  });

  test('property 35: networks of width 1 miss |x − 1/2| by 1/4, the constant 1/4 by no more', () => {
    expect(controls[1]).toMatchObject({ theorem: 'monotone-width-one', holds: true, runs: 100, margin: 0 });
  });

  test('a control is a pure function of its key', () => {
    expect(understatedModulus(key(9))).toEqual(understatedModulus(key(9)));
  });
});

import { fc, test } from '@fast-check/vitest';
import type { NeuronStructure } from '@neuronseek/neurons';
import { describe, expect } from 'vitest';
import { faultOf, isRecovered, labelsRight, ranksRight, structureText } from './verdict.js';

const orders = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
const structures: fc.Arbitrary<NeuronStructure> = fc.record({
  power: orders,
  interaction: orders.chain((list) =>
    fc.tuple(...list.map((order) => fc.record({ order: fc.constant(order), rank: fc.integer({ min: 1, max: 3 }) }))),
  ),
});

const truth: NeuronStructure = { power: [2, 1], interaction: [{ order: 3, rank: 2 }] };

describe('what counts as a recovery', () => {
  test.prop([structures])('the truth itself, in any order, with an error up to 3 times the floor', (structure) => {
    const found = { power: [...structure.power].reverse(), interaction: [...structure.interaction].reverse() };
    const outcome = { truth: structure, found, floor: 0.5 };
    expect(isRecovered({ ...outcome, error: 1.5 })).toBe(true);
    expect(isRecovered({ ...outcome, error: 1.51 })).toBe(false);
    expect(isRecovered({ ...outcome, error: Number.NaN })).toBe(false);
    expect(faultOf(structure, found)).toBe('exact');
  });

  test.prop([structures, structures])('index sets are right exactly where no term is missing or too much', (a, b) => {
    expect(labelsRight(a, b)).toBe(faultOf(a, b) === 'exact');
    expect(labelsRight(a, b)).toBe(labelsRight(b, a));
    if (ranksRight(a, b)) expect(labelsRight(a, b)).toBe(true);
    if (faultOf(a, b) === 'too much') expect(faultOf(b, a)).toBe('missing');
  });

  test('a wrong rank is none, unless index sets alone count', () => {
    const found = { ...truth, interaction: [{ order: 3, rank: 1 }] };
    expect(isRecovered({ truth, found, error: 1, floor: 1 })).toBe(false);
    expect(isRecovered({ truth, found, error: 100, floor: 1, labelsOnly: true })).toBe(true);
  });

  test('a missing term counts more than a false one', () => {
    expect(faultOf(truth, { power: [1, 5], interaction: [{ order: 3, rank: 2 }] })).toBe('missing');
    expect(faultOf(truth, { power: [1, 2, 5], interaction: [{ order: 3, rank: 2 }] })).toBe('too much');
  });
});

test('structures as text', () => {
  expect(structureText(truth)).toBe('P1 P2 I3×2');
  expect(structureText({ power: [], interaction: [] })).toBe('none');
});

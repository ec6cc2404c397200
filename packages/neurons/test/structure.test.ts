import { test } from '@fast-check/vitest';
import { treeLeaves } from '@neuronseek/tensor';
import { describe, expect } from 'vitest';
import { parameterCount, printStructure, structureOf } from '../src/index.js';
import { makeNeuron, neuronCases } from './support/neuron.js';

describe('structure', () => {
  test.prop([neuronCases])('structureOf gives back what a neuron was made of', (c) => {
    expect(structureOf(makeNeuron(c))).toEqual(c.structure);
  });

  test.prop([neuronCases])('parameterCount counts every number', (c) => {
    const numbers = treeLeaves(makeNeuron(c)).reduce((n, t) => n + t.size, 0);
    expect(parameterCount(c.structure, c.inputs, c.outputs)).toBe(numbers);
  });

  test('the count for orders 1 to 5, rank 8, ten inputs: D·(K + R·K(K + 1)/2) + 1', () => {
    const orders = [1, 2, 3, 4, 5];
    const structure = { power: orders, interaction: orders.map((order) => ({ order, rank: 8 })) };
    expect(parameterCount(structure, 10)).toBe(1251);
  });

  test('printStructure leaves the weights open', () => {
    const structure = { power: [1, 2], interaction: [{ order: 2, rank: 8 }] };
    expect(printStructure(structure)).toBe('w₁·x + w₂·x² + ⟨u₁, x⟩⟨u₂, x⟩ (rank 8)');
    const two = [
      { order: 1, rank: 1 },
      { order: 3, rank: 12 },
    ];
    expect(printStructure({ power: [10], interaction: two })).toBe(
      'w₁₀·x¹⁰ + ⟨u₁, x⟩ (rank 1) + ⟨v₁, x⟩⟨v₂, x⟩⟨v₃, x⟩ (rank 12)',
    );
    expect(printStructure({ power: [], interaction: [] })).toBe('constant');
  });

  test('letters of many interactions stay apart', () => {
    const interaction = new Array(50).fill({ order: 1, rank: 1 });
    const parts = printStructure({ power: [], interaction }).split(' + ');
    expect(new Set(parts).size).toBe(50);
  });

  test.each([
    [() => printStructure({ power: [0], interaction: [] }), 'printStructure: power[0] must be an integer ≥ 1: got 0'],
    [
      () => parameterCount({ power: [2, 2], interaction: [] }, 3),
      'parameterCount: power must be distinct orders: 2 occurs twice',
    ],
    [
      () => parameterCount({ power: [], interaction: [{ order: 2, rank: 0.5 }] }, 3),
      'parameterCount: interaction[0].rank must be an integer ≥ 1: got 0.5',
    ],
    [() => parameterCount({ power: [], interaction: [] }, 0), 'parameterCount: inputs must be an integer ≥ 1: got 0'],
  ])('refuses a structure that is none (%#)', (run, message) => {
    expect(run).toThrow(new RangeError(message));
  });
});

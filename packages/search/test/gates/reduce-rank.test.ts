import { fc, test } from '@fast-check/vitest';
import {
  type CpInteraction,
  evaluate,
  type PolynomialNeuron,
  polynomialNeuron,
  structureOf,
} from '@neuronseek/neurons';
import { concat, mul, type Tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { reduceRank } from '../../src/gates/reduce-rank.js';
import { drawNormal, drawUniform } from '../support/bridge.js';

function neuronOf(inputs: number, outputs: number, interaction: CpInteraction[]): PolynomialNeuron {
  return polynomialNeuron({
    inputs,
    outputs,
    bias: drawNormal(70, [outputs]),
    power: [{ order: 3, weights: drawNormal(71, [inputs, outputs]) }],
    interaction,
  });
}

function drawn(order: number, rank: number, inputs: number, outputs: number, seed: number): CpInteraction {
  const factors = Array.from({ length: order }, (_, m) => drawNormal(seed + m, [inputs, rank, outputs]));
  return { form: 'cp', order, rank, factors };
}

/** The same tensor with every component split into three thirds: rank 3·R on paper. */
function inflated(part: CpInteraction): CpInteraction {
  const thirds = (u: Tensor, m: number): Tensor => {
    const weights = m === 0 ? [0.5, 0.2, 0.3] : [1, 1, 1];
    return concat(
      weights.map((w) => mul(u, w)),
      { axis: 1 },
    );
  };
  return { ...part, rank: 3 * part.rank, factors: part.factors.map(thirds) };
}

/** Coefficients of output c, entry by entry from the definition. */
function coefficients({ order, rank, factors }: CpInteraction, c: number): number[] {
  const [inputs, , outputs] = factors[0].shape;
  return Array.from({ length: inputs ** order }, (_, index) => {
    let sum = 0;
    for (let r = 0; r < rank; r++) {
      let product = 1;
      for (let m = 0, rest = index; m < order; m++, rest = Math.floor(rest / inputs)) {
        product *= factors[m].toTypedArray()[((rest % inputs) * rank + r) * outputs + c];
      }
      sum += product;
    }
    return sum;
  });
}

const cases = fc.record({
  order: fc.integer({ min: 2, max: 3 }),
  rank: fc.integer({ min: 1, max: 2 }),
  inputs: fc.integer({ min: 2, max: 4 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

describe('reduceRank', () => {
  test.prop([cases], { numRuns: 30 })(
    'finds a rank that the tensor has, and changes no coefficient by more than asked',
    (c) => {
      const part = drawn(c.order, c.rank, c.inputs, c.outputs, c.seed);
      const reduced = reduceRank(neuronOf(c.inputs, c.outputs, [inflated(part)]), 0.01, key(c.seed)).interaction[0];
      if (reduced.form !== 'cp') throw new TypeError(reduced.form);
      expect(reduced.order).toBe(c.order);
      expect(reduced.rank).toBeLessThanOrEqual(3 * c.rank);
      for (let out = 0; out < c.outputs; out++) {
        const [before, after] = [coefficients(part, out), coefficients(reduced, out)];
        const norm = Math.hypot(...before);
        expect(Math.hypot(...before.map((v, i) => v - after[i]))).toBeLessThanOrEqual(0.01 * norm * (1 + 1e-9));
      }
    },
  );

  test('rank 2 written as rank 6, in both outputs, is rank 2 again and predicts the same', () => {
    for (const order of [2, 3]) {
      const neuron = neuronOf(4, 2, [inflated(drawn(order, 2, 4, 2, 5))]);
      const reduced = reduceRank(neuron, 1e-6, key(1));
      expect(structureOf(reduced).interaction[0].rank).toBe(2);
      expect(reduced.power).toEqual(neuron.power);
      const x = drawUniform(9, [20, 4], -1, 1);
      // Coefficients below 10 in up to 4³ products of inputs below 1, changed by a millionth.
      expectClose(evaluate(reduced, x).toTypedArray(), evaluate(neuron, x).toTypedArray(), {
        factor: 1,
        epsilon: 1e-6,
        scale: 640,
      });
    }
  });

  test('keeps how inputs and outputs are standardised', () => {
    const scaling = { means: [1, 2, 3], deviations: [2, 0.5, 1], targetMeans: [5], targetDeviations: [3] };
    const neuron = polynomialNeuron({ ...neuronOf(3, 1, [inflated(drawn(2, 1, 3, 1, 5))]), scaling });
    expect(reduceRank(neuron, 1e-6, key(1)).scaling).toEqual(scaling);
  });

  test('outputs share the rank of the one that needs most', () => {
    // On paper rank 6 both: six parallel components, and three times two.
    const one = inflated(drawn(2, 1, 3, 1, 1)).factors;
    const two = inflated(drawn(2, 2, 3, 1, 20)).factors;
    const factors = one.map((u, m) => concat([concat([u, u], { axis: 1 }), two[m]], { axis: 2 }));
    const reduced = reduceRank(neuronOf(3, 2, [{ form: 'cp', order: 2, rank: 6, factors }]), 1e-6, key(1));
    expect(structureOf(reduced).interaction[0].rank).toBe(2);
  });

  test('leaves alone what has rank one, order one, or too many coefficients', () => {
    const parts = [drawn(1, 2, 3, 1, 1), drawn(2, 1, 3, 1, 2)];
    expect(reduceRank(neuronOf(3, 1, parts), 0.5, key(1)).interaction).toEqual(parts);
    const wide = inflated(drawn(4, 1, 12, 1, 3));
    expect(reduceRank(neuronOf(12, 1, [wide]), 0.01, key(1)).interaction).toEqual([wide]);
  });

  test('an interaction of zeros has rank one, and one whose coefficients overflow stays as it is', () => {
    const zero = { ...drawn(3, 3, 2, 1, 1), factors: [0, 0, 0].map((w) => mul(drawNormal(4, [2, 3, 1]), w)) };
    expect(structureOf(reduceRank(neuronOf(2, 1, [zero]), 0.01, key(1))).interaction[0].rank).toBe(1);
    const huge = { ...drawn(3, 3, 2, 1, 1), factors: [1, 2, 3].map((s) => mul(drawNormal(s, [2, 3, 1]), 1e150)) };
    expect(reduceRank(neuronOf(2, 1, [huge]), 0.01, key(1)).interaction).toEqual([huge]);
  });

  test('the same key gives the same bits', () => {
    const neuron = neuronOf(3, 1, [inflated(drawn(3, 2, 3, 1, 8))]);
    expect(reduceRank(neuron, 0.01, key(2))).toEqual(reduceRank(neuron, 0.01, key(2)));
  });
});

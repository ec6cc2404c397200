import { fc } from '@fast-check/vitest';
import { flatten, type Tensor } from '@neuronseek/tensor';
import { type Interaction, type PolynomialNeuron, polynomialNeuron } from '../../src/index.js';
import { drawTensor } from './draw.js';

/** Shape of an interaction; ranks are those of Tucker, their first ones those of TT, the first that of CP. */
export interface FormCase {
  readonly form: Interaction['form'];
  readonly order: number;
  readonly ranks: readonly number[];
}

/** Shape of a neuron with interactions in any form, and the seed of its numbers. */
export interface FormsCase {
  readonly inputs: number;
  readonly outputs: number;
  readonly power: readonly number[];
  readonly parts: readonly FormCase[];
  readonly scaled: boolean;
  readonly seed: number;
}

export const formCases: fc.Arbitrary<FormCase> = fc.record({
  form: fc.constantFrom('cp', 'symmetric', 'tucker', 'tt'),
  order: fc.integer({ min: 1, max: 5 }),
  ranks: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
});

export const formsCases: fc.Arbitrary<FormsCase> = fc.record({
  inputs: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  power: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
  parts: fc.array(formCases, { maxLength: 2 }),
  scaled: fc.boolean(),
  seed: fc.nat({ max: 1_000_000 }),
});

type Draw = (seed: number, shape: readonly number[]) => Tensor;

export function makeInteraction(
  { form, order, ranks }: FormCase,
  inputs: number,
  outputs: number,
  seed: number,
  draw: Draw = drawTensor,
): Interaction {
  const [rank] = ranks;
  const each = <T>(make: (m: number) => T): T[] => Array.from({ length: order }, (_, m) => make(m));
  switch (form) {
    case 'cp':
      return { form, order, rank, factors: each((m) => draw(seed + m, [inputs, rank, outputs])) };
    case 'symmetric':
      return {
        form,
        order,
        rank,
        weights: draw(seed, [rank, outputs]),
        factor: draw(seed + 1, [inputs, rank, outputs]),
      };
    case 'tucker': {
      const all = ranks.slice(0, order);
      const factors = each((m) => draw(seed + 1 + m, [inputs, all[m], outputs]));
      return { form, order, ranks: all, core: draw(seed, [...all, outputs]), factors };
    }
    case 'tt': {
      const inner = ranks.slice(0, order - 1);
      const sides = [1, ...inner, 1];
      return {
        form,
        order,
        ranks: inner,
        cores: each((m) => draw(seed + m, [sides[m], inputs, sides[m + 1], outputs])),
      };
    }
  }
}

export function makeFormsNeuron(
  { inputs, outputs, power, parts, scaled, seed }: FormsCase,
  draw: Draw = drawTensor,
): PolynomialNeuron {
  const numbers = (salt: number, count: number): number[] =>
    Array.from(drawTensor(seed + salt, [count]).toTypedArray());
  return polynomialNeuron({
    inputs,
    outputs,
    bias: draw(seed, [outputs]),
    power: power.map((order, p) => ({ order, weights: draw(seed + 1 + p, [inputs, outputs]) })),
    interaction: parts.map((part, q) => makeInteraction(part, inputs, outputs, seed + 100 * (q + 1), draw)),
    scaling: scaled
      ? {
          means: numbers(7, inputs),
          // 1.25 … 4.25: quotients by them are no doubles.
          deviations: numbers(8, inputs).map((v) => v + 2.75),
          targetMeans: numbers(9, outputs),
          targetDeviations: numbers(10, outputs),
        }
      : undefined,
  });
}

/** The value of one output at one point by the dense coefficient tensor, entry by entry: every index tuple and every tuple of ranks. */
export function denseValue(part: Interaction, output: number, x: readonly number[]): number {
  const known = new Map<Tensor, ArrayLike<number>>();
  const entry = (t: Tensor, ...index: number[]): number => {
    const elements = known.get(t) ?? flatten(t);
    known.set(t, elements);
    return elements[index.reduce((place, i, axis) => place * t.shape[axis] + i, 0)];
  };
  let sum = 0;
  for (const place of tuples(new Array<number>(part.order).fill(x.length))) {
    sum += coefficient(part, place, output, entry) * place.reduce((product, d) => product * x[d], 1);
  }
  return sum;
}

function coefficient(
  part: Interaction,
  place: readonly number[],
  c: number,
  entry: (t: Tensor, ...index: number[]) => number,
): number {
  const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);
  switch (part.form) {
    case 'cp':
      return total(tuples([part.rank]).map(([r]) => product(place.map((d, m) => entry(part.factors[m], d, r, c)))));
    case 'symmetric':
      return total(
        tuples([part.rank]).map(
          ([r]) => entry(part.weights, r, c) * product(place.map((d) => entry(part.factor, d, r, c))),
        ),
      );
    case 'tucker':
      return total(
        tuples(part.ranks).map(
          (r) => entry(part.core, ...r, c) * product(place.map((d, m) => entry(part.factors[m], d, r[m], c))),
        ),
      );
    case 'tt':
      return total(
        tuples(part.ranks).map((r) => {
          const path = [0, ...r, 0];
          return product(place.map((d, m) => entry(part.cores[m], path[m], d, path[m + 1], c)));
        }),
      );
  }
}

/** All tuples of indices below the sizes; one empty tuple for no sizes. */
export function tuples(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => all.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
    [[]],
  );
}

/**
 * Bound of the rounding errors of such values at inputs below 1.5: an order-5 Tucker term of ranks 3 and four inputs sums 3⁵ products of a core element and five forms
 * below 4·2.25; a scaled input is below 3 / 1.25.
 */
export const formsTolerance = { factor: 400, scale: 3 ** 5 * 1.5 * 1.5 * (4 * 1.5 * 2.4) ** 5 };

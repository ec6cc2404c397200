import { fc, test } from '@fast-check/vitest';
import { add, grad, mul, sum, type Tensor, tensor, vjp } from '@neuronseek/tensor';
import { checkAgreesWith, checkVjpOrder2, type Data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import type { Interaction } from '../../src/index.js';
import { arranged, interactionTerm } from '../../src/ops/interaction-term.js';
import { interactionTermComposed } from '../../src/ops/interaction-term-composed.js';
import { toData, toTensor } from '../support/bridge.js';
import { drawData, drawPositive } from '../support/draw.js';
import { type FormCase, makeInteraction } from '../support/forms.js';

interface Case {
  readonly part: FormCase;
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  part: fc.record({
    form: fc.constantFrom('symmetric' as const, 'tucker' as const, 'tt' as const),
    order: fc.integer({ min: 1, max: 4 }),
    ranks: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 4, maxLength: 4 }),
  }),
  batch: fc.integer({ min: 0, max: 3 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat({ max: 1e6 }),
});

type Draw = (seed: number, shape: readonly number[]) => Data;

function parts(
  { part, inputs, outputs, seed }: Case,
  draw: Draw,
): { readonly tensors: Tensor[]; readonly made: Interaction } {
  const made = makeInteraction(part, inputs, outputs, seed, (s, shape) => toTensor(draw(s, shape)));
  return { made, tensors: leavesOf(made) };
}

function leavesOf(part: Interaction): Tensor[] {
  switch (part.form) {
    case 'cp':
      return [...part.factors];
    case 'symmetric':
      return [part.weights, part.factor];
    case 'tucker':
      return [part.core, ...part.factors];
    case 'tt':
      return [...part.cores];
  }
}

function rebuilt(part: Interaction, tensors: readonly Tensor[]): Exclude<Interaction, { form: 'cp' }> {
  switch (part.form) {
    case 'cp':
      throw new TypeError('rebuilt: got cp');
    case 'symmetric':
      return { ...part, weights: tensors[0], factor: tensors[1] };
    case 'tucker':
      return { ...part, core: tensors[0], factors: tensors.slice(1) };
    case 'tt':
      return { ...part, cores: tensors };
  }
}

const fused =
  (made: Interaction) =>
  ([x, ...tensors]: readonly Tensor[]): Tensor =>
    interactionTerm(x, rebuilt(made, tensors));
const composed =
  (made: Interaction) =>
  ([x, ...tensors]: readonly Tensor[]): Tensor => {
    const { forms, core, sizes } = arranged(rebuilt(made, tensors), x.shape[0], x.shape[1]);
    return interactionTermComposed(x, forms, core ?? tensor(new Float64Array(0), [0]), sizes);
  };

/** Sums of up to 2⁴ products of a core element and four forms of three products below 2.25, rounded at each of the steps. */
const roundings = { factor: 200, scale: 16 * 1.5 * (3 * 2.25) ** 4 };

describe('interactionTerm', () => {
  test.prop([cases])('agrees with its definition in basic operations, value and gradients', (c) => {
    const { made, tensors } = parts(c, drawData);
    const inputs = [drawData(c.seed + 50, [c.batch, c.inputs]), ...tensors.map(toData)];
    checkAgreesWith({
      apply: (xs) => toData(fused(made)(xs.map(toTensor))),
      oracle: (xs) => toData(composed(made)(xs.map(toTensor))),
      inputs,
      tolerance: roundings,
    });
    const g = toTensor(drawData(c.seed + 60, [c.batch, c.outputs]));
    const [actual, expected] = [fused, composed].map((f) => vjp(f(made), inputs.map(toTensor)).pullback(g).map(toData));
    actual.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(expected[i].shape);
      expectClose(gradient.data, expected[i].data, { ...roundings, scale: 4 * 3 * 2 * roundings.scale });
    });
  });

  test.prop([cases], { numRuns: 40 })('obeys the law of the pullback at order 2', (c) => {
    const { made, tensors } = parts(c, drawPositive);
    const inputs = [drawPositive(c.seed + 50, [c.batch, c.inputs]), ...tensors.map(toData)];
    const others = (salt: number): Data[] => inputs.map(({ shape }, i) => drawData(c.seed + salt + i, shape));
    checkVjpOrder2({
      pullback: (xs, g) => vjp(fused(made), xs.map(toTensor)).pullback(toTensor(g)).map(toData),
      pullback2: (xs, g, ws) => {
        const pairing = (point: readonly Tensor[]): Tensor =>
          vjp(fused(made), point.slice(0, -1))
            .pullback(point[point.length - 1])
            .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
        return grad(pairing)([...xs, g].map(toTensor)).map(toData);
      },
      inputs,
      cotangent: drawData(c.seed + 61, [c.batch, c.outputs]),
      direction: [...others(70), drawData(c.seed + 62, [c.batch, c.outputs])],
      cotangents2: others(80),
    });
  });

  test.prop([cases], { numRuns: 25 })('third derivatives agree with the definition', (c) => {
    const { made, tensors } = parts(c, drawData);
    const point = [toTensor(drawData(c.seed + 50, [c.batch, c.inputs])), ...tensors];
    const third = (f: (xs: readonly Tensor[]) => Tensor): Data[] => {
      const value = (xs: readonly Tensor[]): Tensor => sum(mul(f(xs), f(xs)));
      const slope = (xs: readonly Tensor[]): Tensor =>
        grad(value)(xs).reduce((total, g) => add(total, sum(mul(g, g))), tensor(0));
      const curvature = (xs: readonly Tensor[]): Tensor =>
        grad(slope)(xs).reduce((total, g) => add(total, sum(g)), tensor(0));
      return grad(curvature)(point).map(toData);
    };
    const expected = third(composed(made));
    third(fused(made)).forEach((actual, i) => {
      const largest = Math.max(1, ...expected.flatMap((d) => Array.from(d.data, Math.abs)));
      // Five nested products of sums; entries may cancel, so the scale is that of the largest of all.
      expectClose(actual.data, expected[i].data, { factor: 1e4, scale: largest });
    });
  });
});

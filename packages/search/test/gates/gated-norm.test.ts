import { fc, test } from '@fast-check/vitest';
import { add, astype, grad, mul, sum, type Tensor, tensor, transpose, vjp } from '@neuronseek/tensor';
import { checkAgreesWith, checkVjp, checkVjpOrder2, type Data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { gatedNorm, gatedNormComposed } from '../../src/gates/gated-norm.js';
import { drawNormal, drawUniform, toData, toTensor } from '../support/bridge.js';

interface Case {
  readonly terms: number;
  readonly batch: number;
  readonly outputs: number;
  readonly seed: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  terms: fc.integer({ min: 0, max: 3 }),
  batch: fc.integer({ min: 2, max: 6 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

/** Terms, scale, shift and gates; the first gate is closed, and terms spread evenly over [0.5, 4.5], so that none is near constant. */
function inputsOf({ terms, batch, outputs, seed }: Case): Data[] {
  const spread = drawUniform(seed, [terms, batch, outputs], 0, 4 / batch);
  const rows = tensor(
    Float64Array.from(
      { length: terms * batch * outputs },
      (_, i) => 0.5 + (4 / batch) * (Math.floor(i / outputs) % batch),
    ),
    [terms, batch, outputs],
  );
  const gates = toData(drawUniform(seed + 3, [terms]));
  return [
    toData(add(spread, rows)),
    toData(drawNormal(seed + 1, [terms, outputs])),
    toData(drawNormal(seed + 2, [terms, outputs])),
    { ...gates, data: gates.data.map((z, t) => (t === 0 ? 0 : z)) },
  ];
}

function directionOf(c: Case): Data[] {
  return inputsOf(c).map(({ shape }, i) => toData(drawNormal(c.seed + 10 + i, shape)));
}

type Op = (terms: Tensor, scale: Tensor, shift: Tensor, gate: Tensor) => Tensor;

const spreadOut =
  (op: Op) =>
  ([terms, scale, shift, gate]: readonly Tensor[]): Tensor =>
    op(terms, scale, shift, gate);
const fused = spreadOut(gatedNorm);
const composed = spreadOut(gatedNormComposed);

const pull =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data): Data[] =>
    vjp(f, xs.map(toTensor)).pullback(toTensor(g)).map(toData);

/** (xs, g, ws) → the gradient of ⟨ws, pullback(xs, g)⟩ with respect to xs and g. */
const pull2 =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data, ws: Data[]): Data[] => {
    const pairing = (point: readonly Tensor[]): Tensor =>
      vjp(f, point.slice(0, -1))
        .pullback(point[point.length - 1])
        .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
    return grad(pairing)([...xs, g].map(toTensor)).map(toData);
  };

/** At most 3 terms of 6 rows, values below 5, deviations from 0.4 up; some forty roundings. */
const roundings = { factor: 40, scale: 5 / 0.4 };

describe('gatedNorm', () => {
  test.prop([cases])('agrees with its definition in basic operations', (c) => {
    checkAgreesWith({
      apply: (xs) => toData(fused(xs.map(toTensor))),
      oracle: (xs) => toData(composed(xs.map(toTensor))),
      inputs: inputsOf(c),
      tolerance: roundings,
    });
  });

  test.prop([cases])('obeys the law of the pullback in all four inputs', (c) => {
    const inputs = inputsOf(c);
    inputs.forEach((_, chosen) => {
      checkVjp({
        apply: (xs) => toData(fused(xs.map(toTensor))),
        pullback: pull(fused),
        inputs,
        // One input at a time, so that no large derivative hides a small one.
        direction: directionOf(c).map((d, i) => (i === chosen ? d : { ...d, data: d.data.map(() => 0) })),
        cotangent: toData(drawNormal(c.seed + 20, [c.batch, c.outputs])),
        // Deviations from 0.4: h⁴ times a fifth derivative of 120/0.4⁵ is 1e-8 with this step, rounding over h 2e-10.
        step: 2 ** -11,
      });
    });
  });

  test.prop([cases])('obeys the law of the pullback at order 2', (c) => {
    checkVjpOrder2({
      pullback: pull(fused),
      pullback2: pull2(fused),
      inputs: inputsOf(c),
      cotangent: toData(drawNormal(c.seed + 20, [c.batch, c.outputs])),
      direction: [...directionOf(c), toData(drawNormal(c.seed + 21, [c.batch, c.outputs]))],
      cotangents2: inputsOf(c).map(({ shape }, i) => toData(drawNormal(c.seed + 30 + i, shape))),
      step: 2 ** -12,
    });
  });

  test.prop([cases])('third derivatives agree with the definition', (c) => {
    const third = (f: (xs: readonly Tensor[]) => Tensor): Data[] => {
      const value = (xs: readonly Tensor[]): Tensor => {
        const y = f(xs);
        return sum(mul(y, mul(y, y)));
      };
      const slope = (xs: readonly Tensor[]): Tensor =>
        grad(value)(xs).reduce((total, g) => add(total, sum(mul(g, g))), tensor(0));
      const curvature = (xs: readonly Tensor[]): Tensor =>
        grad(slope)(xs).reduce((total, g) => add(total, sum(g)), tensor(0));
      return grad(curvature)(inputsOf(c).map(toTensor)).map(toData);
    };
    const expected = third(composed);
    const largest = Math.max(1, ...expected.flatMap(({ data }) => Array.from(data, Math.abs)));
    // Sums that cancel, nested three deep: measured against the largest entry of all.
    third(fused).forEach((actual, i) => {
      expectClose(actual.data, expected[i].data, { factor: 1e5, scale: largest });
    });
  });

  test('reads views and gives the bits of their copies', () => {
    const [terms, scale] = [drawNormal(1, [3, 4, 2]), drawNormal(2, [3, 2])].map((t) => transpose(t));
    const [shift, gate] = [drawNormal(3, [2, 3]), drawUniform(4, [2])];
    const views = gatedNorm(terms, scale, shift, gate);
    const copies = [terms, scale, shift, gate].map((t) => toTensor(toData(t)));
    expect(toData(views)).toEqual(toData(fused(copies)));
  });

  test('refuses single precision, which its kernels do not read', () => {
    const [terms, scale, shift, gate] = [[1, 2, 1], [1, 1], [1, 1], [1]].map((shape) => drawNormal(1, shape));
    expect(() => gatedNorm(astype(terms, 'float32'), scale, shift, gate)).toThrow(
      new TypeError('gatedNorm: expected float64, got float32'),
    );
  });
});

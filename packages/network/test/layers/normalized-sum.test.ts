import { fc, test } from '@fast-check/vitest';
import { add, astype, grad, mul, sum, type Tensor, tensor, transpose, vjp } from '@neuronseek/tensor';
import { checkVjp, checkVjpOrder2, type Data, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { normalizedSum, normalizedSumComposed } from '../../src/layers/normalized-sum.js';
import { drawNormal, toData, toTensor } from '../support/bridge.js';

interface Case {
  readonly seed: number;
  readonly shape: readonly [number, number, number];
}

const size = fc.integer({ min: 1, max: 3 });
const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  shape: fc.tuple(size, fc.integer({ min: 3, max: 6 }), size),
});

type Point = readonly Tensor[];

const fused = ([terms, scale, bias]: Point): Tensor => normalizedSum(terms, scale, bias).output;
const composed = ([terms, scale, bias]: Point): Tensor => normalizedSumComposed(terms, scale, bias);

function shapesOf({ shape: [terms, , outputs], shape }: Case): (readonly number[])[] {
  return [shape, [terms, outputs], [outputs]];
}

function draw(c: Case, salt: number): Data[] {
  return shapesOf(c).map((shape, i) => toData(drawNormal(c.seed + salt + i, shape)));
}

/** Terms that vary by about 1, by a wave of every column beside the noise, so that normalisation by the variance is not stiff. */
function point(c: Case): Data[] {
  const [terms, scale, bias] = draw(c, 0);
  const outputs = c.shape[2];
  const waved = terms.data.map((v, i) => 0.25 * v + Math.cos(2 * Math.floor(i / outputs)));
  return [{ shape: terms.shape, data: waved }, scale, bias];
}

function cotangent({ seed, shape: [, batch, outputs] }: Case, salt: number): Data {
  return toData(drawNormal(seed + salt, [batch, outputs]));
}

const pull =
  (f: (xs: Point) => Tensor) =>
  (xs: Data[], g: Data): Data[] =>
    vjp(f, xs.map(toTensor)).pullback(toTensor(g)).map(toData);

/** (xs, g, ws) -> the gradient of <ws, pullback(xs, g)> with respect to xs and g. */
const pull2 =
  (f: (xs: Point) => Tensor) =>
  (xs: Data[], g: Data, ws: Data[]): Data[] => {
    const pairing = (at: Point): Tensor =>
      vjp(f, at.slice(0, -1))
        .pullback(at[at.length - 1])
        .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
    return grad(pairing)([...xs, g].map(toTensor)).map(toData);
  };

describe('normalizedSum', () => {
  test.prop([cases])('agrees with its definition in basic operations, value and pullback', (c) => {
    const xs = point(c);
    expectClose(fused(xs.map(toTensor)).toTypedArray(), composed(xs.map(toTensor)).toTypedArray(), {
      factor: 200,
      scale: 10,
    });
    const g = cotangent(c, 50);
    const expected = pull(composed)(xs, g);
    pull(fused)(xs, g).forEach((actual, i) => {
      // Deviations of at least a few tenths are divided out, three times at most.
      expectClose(actual.data, expected[i].data, { factor: 1e4, scale: 10 });
    });
  });

  test.prop([cases])('obeys the law of the pullback', (c) => {
    checkVjp({
      apply: (xs) => toData(fused(xs.map(toTensor))),
      pullback: pull(fused),
      inputs: point(c),
      direction: draw(c, 20),
      cotangent: cotangent(c, 50),
    });
  });

  test.prop([cases])('obeys the law of the pullback at order 2', (c) => {
    checkVjpOrder2({
      pullback: pull(fused),
      pullback2: pull2(fused),
      inputs: point(c),
      cotangent: cotangent(c, 50),
      direction: [...draw(c, 20), cotangent(c, 60)],
      cotangents2: draw(c, 30),
    });
  });

  test('reads views and gives the bits of their copies', () => {
    const copy = (x: Tensor): Tensor => toTensor(toData(x));
    const terms = transpose(drawNormal(1, [2, 5, 3]), [2, 1, 0]);
    const scale = transpose(drawNormal(2, [2, 3]));
    const bias = drawNormal(3, [2]);
    expectSameBits(fused([terms, scale, bias]).toTypedArray(), fused([copy(terms), copy(scale), bias]).toTypedArray());
  });

  test('float32 is computed in float64 and rounded once, mixed types are float64', () => {
    const c: Case = { seed: 5, shape: [2, 4, 3] };
    const narrow = point(c).map((x) => astype(toTensor(x), 'float32'));
    const wide = narrow.map((x) => astype(x, 'float64'));
    const { output, statistics } = normalizedSum(narrow[0], narrow[1], narrow[2]);
    expect([output.dtype, statistics.mean.dtype]).toEqual(['float32', 'float32']);
    expectSameBits(output.toTypedArray(), Float32Array.from(fused(wide).toTypedArray()));
    grad((xs: Point) => sum(mul(fused(xs), fused(xs))))(narrow).forEach((g) => {
      expect(g.dtype).toBe('float32');
    });
    expect(fused([narrow[0], wide[1], narrow[2]]).dtype).toBe('float64');
  });
});

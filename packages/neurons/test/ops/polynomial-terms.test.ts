import { fc, test } from '@fast-check/vitest';
import {
  add,
  astype,
  grad,
  matrixTranspose,
  mul,
  ones,
  sum,
  type Tensor,
  tensor,
  transpose,
  vjp,
  zeros,
} from '@neuronseek/tensor';
import { checkAgreesWith, checkVjp, checkVjpOrder2, type Data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { polynomialTerms, type TermOptions } from '../../src/ops/polynomial-terms.js';
import { polynomialTermsComposed } from '../../src/ops/polynomial-terms-composed.js';
import { toData, toTensor } from '../support/bridge.js';
import { drawData, drawPositive } from '../support/draw.js';

interface Case {
  readonly options: TermOptions;
  readonly seed: number;
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  batch: fc.integer({ min: 0, max: 4 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
  options: fc.record({
    powers: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    interactions: fc.array(fc.record({ order: fc.integer({ min: 1, max: 4 }), rank: fc.integer({ min: 1, max: 2 }) }), {
      maxLength: 2,
    }),
  }),
});

function columns({ options, outputs }: Case): number {
  return options.interactions.reduce((n, q) => n + q.order * q.rank * outputs, 0);
}

function inputsOf(c: Case, salt = 0, draw: typeof drawData = drawData): Data[] {
  const { batch, inputs, outputs, seed, options } = c;
  return [
    draw(seed + salt, [batch, inputs]),
    draw(seed + salt + 1, [options.powers.length, inputs, outputs]),
    draw(seed + salt + 2, [inputs, columns(c)]),
  ];
}

function termShape({ options, batch, outputs }: Case): number[] {
  return [options.powers.length + options.interactions.length, batch, outputs];
}

const fused =
  (options: TermOptions) =>
  ([x, w, f]: readonly Tensor[]): Tensor =>
    polynomialTerms(x, w, f, options);
const composed =
  (options: TermOptions) =>
  ([x, w, f]: readonly Tensor[]): Tensor =>
    polynomialTermsComposed(x, w, f, options);

/** The pullback as plain data. */
const pull =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data): Data[] =>
    vjp(f, xs.map(toTensor)).pullback(toTensor(g)).map(toData);

/** (xs, g, ws) -> the gradient of <ws, pullback(xs, g)> with respect to xs and g. */
const pull2 =
  (f: (xs: readonly Tensor[]) => Tensor) =>
  (xs: Data[], g: Data, ws: Data[]): Data[] => {
    const pairing = (point: readonly Tensor[]): Tensor =>
      vjp(f, point.slice(0, -1))
        .pullback(point[point.length - 1])
        .reduce((total, p, i) => add(total, sum(mul(p, toTensor(ws[i])))), tensor(0));
    return grad(pairing)([...xs, g].map(toTensor)).map(toData);
  };

/** Sums of up to D·(R + 1) products of up to 8 numbers below 1.5, rounded at each of the steps. */
const roundings = { factor: 200, scale: 1.5 ** 8 * 20 };

describe('polynomialTerms', () => {
  test.prop([cases])('agrees with its definition in basic operations', (c) => {
    checkAgreesWith({
      apply: (xs) => toData(fused(c.options)(xs.map(toTensor))),
      oracle: (xs) => toData(composed(c.options)(xs.map(toTensor))),
      inputs: inputsOf(c),
      tolerance: roundings,
    });
  });

  test.prop([cases])('obeys the law of the pullback', (c) => {
    checkVjp({
      apply: (xs) => toData(fused(c.options)(xs.map(toTensor))),
      pullback: pull(fused(c.options)),
      inputs: inputsOf(c, 0, drawPositive),
      direction: inputsOf(c, 10),
      cotangent: drawData(c.seed + 20, termShape(c)),
    });
  });

  test.prop([cases])('obeys the law of the pullback at order 2', (c) => {
    checkVjpOrder2({
      pullback: pull(fused(c.options)),
      pullback2: pull2(fused(c.options)),
      inputs: inputsOf(c, 0, drawPositive),
      cotangent: drawData(c.seed + 20, termShape(c)),
      direction: [...inputsOf(c, 10), drawData(c.seed + 21, termShape(c))],
      cotangents2: inputsOf(c, 30),
    });
  });

  test.prop([cases, fc.subarray([0, 1, 2] as const, { minLength: 1 })])(
    'third derivatives agree with the definition, whichever arguments are wanted',
    (c, wanted) => {
      const point = inputsOf(c).map(toTensor);
      const places: readonly number[] = wanted;
      const third = (f: (xs: readonly Tensor[]) => Tensor): Data[] => {
        const value = (chosen: readonly Tensor[]): Tensor => {
          const terms = f(point.map((x, i) => chosen[places.indexOf(i)] ?? x));
          return sum(mul(terms, terms));
        };
        const slope = (chosen: readonly Tensor[]): Tensor =>
          grad(value)(chosen).reduce((total, g) => add(total, sum(mul(g, g))), tensor(0));
        const curvature = (chosen: readonly Tensor[]): Tensor =>
          grad(slope)(chosen).reduce((total, g) => add(total, sum(g)), tensor(0));
        return grad(curvature)(wanted.map((i) => point[i])).map(toData);
      };
      const expected = third(composed(c.options));
      third(fused(c.options)).forEach((actual, i) => {
        const largest = Math.max(1, ...expected.flatMap((d) => Array.from(d.data, Math.abs)));
        // Five nested products of sums; entries may cancel, so the scale is that of the largest of all.
        expectClose(actual.data, expected[i].data, { factor: 1e4, scale: largest });
      });
    },
  );

  test('reads views and gives the bits of their copies', () => {
    const options = { powers: [1, 2], interactions: [{ order: 2, rank: 1 }] };
    const [x, w, f] = [drawData(1, [3, 4]), drawData(2, [2, 3, 2]), drawData(3, [4, 3])].map(toTensor);
    const views = polynomialTerms(transpose(x), slicePermuted(w), matrixTranspose(f), options);
    const copies = [transpose(x), slicePermuted(w), matrixTranspose(f)].map((t) => toTensor(toData(t)));
    expect(toData(views)).toEqual(toData(fused(options)(copies)));
  });

  test('float32 is computed in float64 and rounded once; its derivatives are float32', () => {
    const options = { powers: [1, 3], interactions: [{ order: 3, rank: 2 }] };
    const wide = [drawData(1, [5, 2]), drawData(2, [2, 2, 1]), drawData(3, [2, 6])].map(toTensor);
    const narrow = wide.map((t) => astype(t, 'float32'));
    const terms = fused(options)(narrow);
    expect(terms.dtype).toBe('float32');
    expect(toData(terms)).toEqual(toData(astype(fused(options)(wide), 'float32')));
    const loss = (xs: readonly Tensor[]): Tensor => sum(fused(options)(xs));
    grad(loss)(narrow).forEach((g, i) => {
      expect(g.dtype).toBe('float32');
      expect(toData(g)).toEqual(toData(astype(grad(loss)(wide)[i], 'float32')));
    });
    expect(polynomialTerms(narrow[0], wide[1], wide[2], options).dtype).toBe('float64');
  });

  test('empty streams and empty batches have the shapes they should', () => {
    const none = { powers: [], interactions: [] };
    expect(polynomialTerms(ones([3, 2]), zeros([0, 2, 4]), zeros([2, 0]), none).shape).toEqual([0, 3, 4]);
    const some = { powers: [2], interactions: [{ order: 2, rank: 3 }] };
    expect(polynomialTerms(zeros([0, 2]), ones([1, 2, 4]), ones([2, 24]), some).shape).toEqual([2, 0, 4]);
  });

  const x = ones([3, 2]);
  const w = ones([1, 2, 1]);
  const f = ones([2, 4]);
  const fit = { powers: [2], interactions: [{ order: 2, rank: 2 }] };
  test.each([
    ['x', () => polynomialTerms(ones([3]), w, f, fit), 'x must have shape [B, D] with D ≥ 1, got [3]'],
    [
      'power',
      () => polynomialTerms(x, ones([1, 3, 1]), f, fit),
      'power must have shape [1, 2, C] with C ≥ 1, got [1, 3, 1]',
    ],
    ['factors', () => polynomialTerms(x, w, ones([2, 5]), fit), 'factors must have shape [2, 4], got [2, 5]'],
    ['powers', () => polynomialTerms(x, w, f, { ...fit, powers: [0] }), 'powers[0] must be an integer ≥ 1, got 0'],
    ['twice', () => polynomialTerms(x, w, f, { ...fit, powers: [2, 2] }), 'powers must be distinct, 2 occurs twice'],
    [
      'rank',
      () => polynomialTerms(x, w, f, { ...fit, interactions: [{ order: 2, rank: 1.5 }] }),
      'interactions[0].rank must be an integer ≥ 1, got 1.5',
    ],
  ])('refuses what does not fit: %s', (_name, run, message) => {
    expect(run).toThrow(new RangeError(`polynomialTerms: ${message}`));
  });
});

/** Weights of shape [P, D, C] = [2, 3, 2], read with the outer axes exchanged. */
function slicePermuted(w: Tensor): Tensor {
  return transpose(w, [2, 1, 0]);
}

import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { chebyshevLowerBound } from '../src/classical/chebyshev-lower-bound.js';
import { kernelObstruction } from '../src/classical/kernel-obstruction.js';
import { gapsAreDisjoint, koeppenInner, koeppenWeights } from '../src/classical/koeppen-inner.js';
import { metricEntropyLowerBound } from '../src/classical/metric-entropy-lower-bound.js';
import { compare, multiply, rational, subtract } from '../src/exact/rational.js';
import { piecewiseLinearTarget } from '../src/index.js';
import { runCases } from '../src/theorems/run-cases.js';
import { shrinkingCase } from '../src/theorems/shrinking-case.js';

describe('shrinkingCase', () => {
  it('describes the simplest case at fault that single steps reach, the same each time', () => {
    const look = shrinkingCase((draw) => {
      const [a, b] = [draw(-5, 1000), draw(0, 1000)];
      return a >= 17 && b >= 3 ? { margin: -1, fault: `${a}, ${b}` } : { margin: 1 };
    });
    const verdict = runCases('test', 'exact-polynomial-neuron', look, { runs: 50, seed: 1 });
    expect(verdict.counterexample?.description).toBe('17, 3');
    expect(look(key(3))).toEqual(look(key(3)));
  });
});

describe('koeppenInner', () => {
  it('property 30: strictly increasing on all of D_4, from 0 to 1', () => {
    const psi = koeppenInner(2, 6, 4);
    for (let d = 0n; d < 6n ** 4n; d++) expect(compare(psi(d), psi(d + 1n)), `${d}`).toBeLessThan(0);
    expect([psi(0n), psi(6n ** 4n)]).toEqual([rational(0n), rational(1n)]);
  });

  it('property 30: ψ(x) + λ·ψ(y) is injective on the grid of two digits', () => {
    const [one, lambda] = koeppenWeights(2, 10, 3);
    const psi = koeppenInner(2, 10, 2);
    const values = Array.from({ length: 100 }, (_, d) => psi(BigInt(d)));
    const images = values.flatMap((u) =>
      values.map((v) => subtract(multiply(one, u), multiply(rational(-1n), multiply(lambda, v)))),
    );
    expect(new Set(images.map(({ numerator, denominator }) => `${numerator}/${denominator}`)).size).toBe(10 ** 4);
  });

  it('known values', () => {
    const psi = koeppenInner(2, 10, 2);
    expect([1n, 9n, 10n, 25n].map(psi)).toEqual([
      rational(1n, 1000n),
      rational(27n, 500n),
      rational(1n, 10n),
      rational(41n, 200n),
    ]);
    expect(koeppenWeights(2, 10, 2)).toEqual([rational(1n), rational(101n, 1000n)]);
  });

  it('control (j): gaps of two families meet exactly for gamma below m + 2', () => {
    for (let m = 4; m < 12; m++) {
      for (let gamma = 3; gamma < 20; gamma++) expect(gapsAreDisjoint(m, gamma)).toBe(gamma >= m + 2);
    }
  });
});

describe('chebyshevLowerBound', () => {
  const abs = piecewiseLinearTarget([-1, 0, 1], [1, 0, 1]);
  const nodesOf = (...i: number[]) => i.map((j) => rational(BigInt(j), 4n));

  it('degree 2 and |x|: 1/8, by the nodes 0, ±1/2 and ±1 (property 33)', () => {
    const { bound, weights } = chebyshevLowerBound(abs, 2, nodesOf(-2, 0, 2, 4));
    expect(bound).toEqual(rational(1n, 8n));
    expect(weights).toEqual([rational(-1n, 8n), rational(3n, 8n), rational(-3n, 8n), rational(1n, 8n)]);
  });

  it('bad input is refused with the reason', () => {
    expect(() => chebyshevLowerBound(abs, 2, nodesOf(0, 1))).toThrow(
      'degree + 2 nodes are needed: got degree 2, 2 nodes',
    );
    expect(() => chebyshevLowerBound(abs, 0, nodesOf(1, 0))).toThrow('nodes must ascend');
  });
});

describe('kernelObstruction', () => {
  const number = fc.integer({ min: -9, max: 9 }).map((i) => rational(BigInt(i), 3n));
  test.prop([
    fc
      .integer({ min: 2, max: 5 })
      .chain((d) => fc.array(fc.array(number, { minLength: d, maxLength: d }), { minLength: 1, maxLength: d - 1 })),
  ])('property 34: W z = 0 and the largest coordinate is 1', (rows) => {
    const z = kernelObstruction(rows, rows[0].length);
    for (const row of rows) {
      const sum = row.reduce((s, w, d) => subtract(s, multiply(w, z[d])), rational(0n));
      expect(sum).toEqual(rational(0n));
    }
    expect(Math.max(...z.map(({ numerator, denominator }) => Math.abs(Number(numerator) / Number(denominator))))).toBe(
      1,
    );
  });
});

describe('metricEntropyLowerBound', () => {
  it('known values', () => {
    expect(metricEntropyLowerBound('lipschitz', 1 / 8, 1)).toBe(7);
    expect(metricEntropyLowerBound('lipschitz', 1 / 16, 2)).toBe(49);
    expect(metricEntropyLowerBound('lipschitz', 0.3, 1)).toBe(3);
    expect(() => metricEntropyLowerBound('lipschitz', 0, 1)).toThrow('eps must be positive and finite: got 0');
  });
});

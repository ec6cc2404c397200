import { fc, test } from '@fast-check/vitest';
import { apply, sequential } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import { describe, expect, it } from 'vitest';
import { hingesOf, hingeValues } from '../src/certificates/hinge-values.js';
import { absolute, compare, subtract } from '../src/exact/rational.js';
import {
  type Approximant,
  certifySupNorm,
  checkCertificate,
  hoelderTarget,
  lipschitzModulus,
  type Network,
  piecewiseLinearBound,
  piecewiseLinearNetwork,
  piecewiseLinearTarget,
  polynomialTarget,
  rational,
  type TargetFunction,
  toRational,
} from '../src/index.js';
import { certifyAgainst } from '../src/theorems/certify-against.js';
import { mutants } from './support/mutants.js';
import { anyTarget, dyadic, hoelder, lipschitz, polynomial, takagi } from './support/targets.js';

const size = fc.integer({ min: 1, max: 24 });

function exact(g: Approximant, t: number): { numerator: bigint; denominator: bigint } {
  return g.evaluateRational?.([toRational(t)]) ?? rational(0n);
}

describe('piecewiseLinearNetwork', () => {
  test.prop([fc.oneof(lipschitz, takagi), size])('property 4: the error is at most omega(1/(2n)), exactly', (f, n) => {
    const { upper, method } = certifySupNorm(f, piecewiseLinearNetwork(f, n));
    expect(method).toBe('breakpoints');
    expect(upper).toBeLessThanOrEqual(piecewiseLinearBound(f, n));
  });

  test.prop([fc.oneof(hoelder, polynomial), size])(
    'property 4: the error is at most omega(1/(2n)), up to 1/64 of it on a grid',
    (f, n) => {
      const bound = piecewiseLinearBound(f, n);
      const { lower, upper, method } = certifyAgainst(f, piecewiseLinearNetwork(f, n), bound, bound / 64);
      expect(method).toBe('modulus-grid');
      expect(lower).toBeLessThanOrEqual(bound);
      expect(upper).toBeLessThanOrEqual(bound * (1 + 1 / 64));
    },
  );

  test.prop([dyadic, fc.integer({ min: 0, max: 6 })])(
    'property 5: on dyadic data the network is the interpolant at the nodes, to the bit',
    (f, e) => {
      const n = 2 ** e;
      const h = piecewiseLinearNetwork(f, n);
      for (let i = 0; i <= n; i++) {
        expect(exact(h, i / n)).toEqual(exact(f, i / n));
        expect(h.evaluate([i / n])).toBe(f.evaluate([i / n]));
      }
    },
  );

  test.prop([anyTarget, size])(
    'property 5: on any data the nodes are off by roundings only, and they do not add up',
    (f, n) => {
      const h = piecewiseLinearNetwork(f, n);
      const [a, b] = f.domain[0];
      const size = Math.max(Math.abs(f.range[0]), Math.abs(f.range[1]));
      const allowed = toRational(size * 2 ** -50 + f.evaluationError);
      for (const t of [...(h.breakpoints ?? []), b]) {
        const value = f.evaluateRational ? exact(f, t) : toRational(f.evaluate([t]));
        expect(compare(absolute(subtract(exact(h, t), value)), allowed)).toBeLessThanOrEqual(0);
      }
      expect(h.breakpoints?.[0]).toBe(a);
      expect(h.breakpoints).toHaveLength(n);
    },
  );

  test.prop([anyTarget, size, fc.integer({ min: 0, max: 4096 })])(
    'a float64 run is off by at most the stated error, and the modulus is that of the network',
    (f, n, i) => {
      const h = piecewiseLinearNetwork(f, n);
      const [a, b] = f.domain[0];
      const x = Math.min(b, a + (i / 4096) * (b - a));
      const off = absolute(subtract(toRational(h.evaluate([x])), exact(h, x)));
      expect(compare(off, toRational(h.evaluationError))).toBeLessThanOrEqual(0);
      const rise = absolute(subtract(exact(h, x), exact(h, a)));
      expect(compare(rise, toRational((h.modulus?.omega(x - a) ?? 0) * (1 + 2 ** -50)))).toBeLessThanOrEqual(0);
    },
  );

  it('roundings do not add up over many nodes', () => {
    const nodes = Array.from({ length: 1000 }, (_, i) => i / 999);
    const f = piecewiseLinearTarget(
      nodes,
      nodes.map((_, i) => i % 2),
    );
    const hinges = hingesOf(piecewiseLinearNetwork(f, 999));
    if (!hinges) throw new Error('the network has hinges');
    const allowed = toRational(2 ** -50);
    hingeValues(hinges, nodes.map(toRational)).forEach((value, i) => {
      expect(compare(absolute(subtract(value, toRational(i % 2))), allowed)).toBeLessThanOrEqual(0);
    });
  });

  it('the bound has room for the rounding of b, which omega alone has not', () => {
    // f(1) = 1 + 2^-54 is no double, and f rises by less than the rounding.
    const f = polynomialTarget([1, 2 ** -54], { domain: [1, 1.25] });
    const { lower, upper } = certifySupNorm(f, piecewiseLinearNetwork(f, 8), { tolerance: 0, maxEvaluations: 500 });
    expect(lower).toBeGreaterThan(f.modulus.omega(1 / 32));
    expect(upper).toBeLessThanOrEqual(piecewiseLinearBound(f, 8));
  });

  it('is made of layers that @neuronseek/network runs', () => {
    const h = piecewiseLinearNetwork(polynomialTarget([0, 0, 1]), 4);
    expect(h.layers).toEqual([
      { kind: 'linear', inputs: 1, outputs: 4 },
      { kind: 'activation', name: 'relu' },
      { kind: 'linear', inputs: 4, outputs: 1 },
    ]);
    const { output } = apply(sequential(h.layers), h.variables, tensor([[0], [0.25], [0.375], [1]]));
    expect(output.toArray()).toEqual([[0], [0.0625], [0.15625], [1]]);
    expect(h.variables.params).toMatchObject([{}, {}, {}]);
  });

  it('the bound is attained by a zigzag that turns between the nodes', () => {
    const knots = Array.from({ length: 17 }, (_, i) => i / 16);
    const f = piecewiseLinearTarget(
      knots,
      knots.map((_, i) => (i % 2) / 16),
    );
    const { lower, upper, witness } = certifySupNorm(f, piecewiseLinearNetwork(f, 8));
    expect([lower, upper, witness]).toEqual([1 / 16, 1 / 16, [1 / 16]]);
    expect(piecewiseLinearBound(f, 8)).toBeGreaterThanOrEqual(1 / 16);
    expect(piecewiseLinearBound(f, 8)).toBeLessThan((1 / 16) * (1 + 2 ** -45));
  });

  test.prop([fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 4, maxLength: 4 }), fc.constantFrom(1, 2, 4)])(
    'mutation: changing any constant breaks the interpolation and the certificate',
    (steps, n) => {
      // A convex function: every bend is positive, so every constant matters.
      const knots = [0, 0.25, 0.5, 0.75, 1];
      const values = [1];
      let slope = 0;
      for (const step of steps) {
        slope += step;
        values.push(values[values.length - 1] + slope / 4);
      }
      const f = piecewiseLinearTarget(knots, values);
      const h = piecewiseLinearNetwork(f, n);
      const certificate = certifySupNorm(f, h);
      expect(checkCertificate(f, h, certificate)).toBe(true);
      const all = mutants(h);
      expect(all).toHaveLength(3 * n + 1);
      for (const { network, place } of all) {
        const nodes = Array.from({ length: n + 1 }, (_, i) => i / n);
        const same = nodes.every((t) => compare(exact(network, t), exact(f, t)) === 0);
        expect(same, `${place} is interpolated all the same`).toBe(false);
        // With nodes at all knots the certificate says 0, and no mutant can keep that; a larger bound may be true of a mutant too.
        if (n === 4) expect(checkCertificate(f, network, certificate), `${place} passes the checker`).toBe(false);
      }
    },
  );

  it('mutation: a network one node short breaks the bound', () => {
    const knots = Array.from({ length: 9 }, (_, i) => i / 8);
    const f = piecewiseLinearTarget(
      knots,
      knots.map((_, i) => (i % 2) / 8),
    );
    expect(certifySupNorm(f, piecewiseLinearNetwork(f, 7)).upper).toBeLessThanOrEqual(piecewiseLinearBound(f, 7));
    expect(certifySupNorm(f, piecewiseLinearNetwork(f, 4)).lower).toBeGreaterThan(piecewiseLinearBound(f, 8));
  });

  it('a modulus that is not concave gets the bound of the whole step', () => {
    const f = hoelderTarget();
    const custom: TargetFunction<1> = { ...f, modulus: { ...f.modulus, kind: 'custom', concave: false } };
    expect(piecewiseLinearBound(custom, 4)).toBeCloseTo(f.modulus.omega(1 / 4), 12);
    expect(piecewiseLinearBound(f, 4)).toBeCloseTo(f.modulus.omega(1 / 8), 12);
  });

  it('bad input is refused with the reason', () => {
    const f = hoelderTarget();
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => piecewiseLinearNetwork(f, n)).toThrow(
        `piecewiseLinearNetwork: n must be a positive integer: got ${n}`,
      );
      expect(() => piecewiseLinearBound(f, n)).toThrow(`piecewiseLinearBound: n must be a positive integer: got ${n}`);
    }
    const narrow = polynomialTarget([0, 1], { domain: [1, 1 + 2 ** -50] });
    expect(() => piecewiseLinearNetwork(narrow, 100)).toThrow(
      `piecewiseLinearNetwork: n is too large for float64 nodes in [1, ${1 + 2 ** -50}]: got 100`,
    );
    // Four doubles apart: three steps would be 1, 2 and 1 of them.
    const [left, right] = [1, 1 + 2 ** -50];
    const four = polynomialTarget([0, 1], { domain: [left, right] });
    expect(() => piecewiseLinearNetwork(four, 3)).toThrow('n is too large for float64 nodes');
    expect(piecewiseLinearNetwork(four, 4).breakpoints).toHaveLength(4);
    const steep = { ...piecewiseLinearTarget([0, 1], [0, 1]), modulus: lipschitzModulus(0.5) };
    expect(() => piecewiseLinearNetwork(steep, 2)).toThrow(
      'piecewiseLinearNetwork: the modulus is false: |f(0) − f(0.5)| is at least 0.49999999999999994, omega allows',
    );
    const infinite: TargetFunction<1> = { ...f, evaluate: ([t]) => (t === 1 ? Number.NaN : 0) };
    expect(() => piecewiseLinearNetwork(infinite, 2)).toThrow('evaluate: evaluate([1]) is not finite: got NaN');
    const h: Network<1> = piecewiseLinearNetwork(f, 2);
    expect(() => h.evaluateRational?.([])).toThrow('networkOf: the layer takes 1 inputs: it is given 0');
  });
});

import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { compare, multiply, rational, subtract } from '../src/exact/rational.js';
import {
  addFixed,
  babai,
  certificateFault,
  certifySupNorm,
  chebyshevFixed,
  compositionNumber,
  compositionNumberDefaults,
  cosineFixed,
  divideFixed,
  euaf,
  euafBound,
  euafNetwork,
  fixedPoint,
  fixedToRational,
  kroneckerFit,
  kroneckerFitDefaults,
  latticeFault,
  lll,
  multiplyFixed,
  piecewiseLinearTarget,
  piFixed,
  squareRootFixed,
  takagiTarget,
} from '../src/index.js';
import { triangleWave } from '../src/superexpressive/lattice/euaf-share.js';
import { piByEuler } from '../src/theorems/lattice/pi-by-euler.js';
import { latticeControls, latticeTheorems } from '../src/theorems/lattice/register.js';

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([p, q]) => rational(p, q));
const bitCounts = fc.integer({ min: 0, max: 200 });

describe('fixed point', () => {
  test.prop([fractions, fractions, bitCounts, bitCounts])(
    'each operation is a unit off at most, from below',
    (a, b, m, n) => {
      const [x, y] = [fixedPoint(a, m), fixedPoint(b, n)];
      const [p, q] = [fixedToRational(x), fixedToRational(y)];
      const unit = rational(1n, 1n << BigInt(m));
      const isBelow = (value: typeof a, exact: typeof a): boolean => {
        const away = subtract(exact, value);
        return away.numerator >= 0n && compare(away, unit) < 0;
      };
      expect(isBelow(p, a)).toBe(true);
      expect(isBelow(fixedToRational(multiplyFixed(x, y)), multiply(p, q))).toBe(true);
      expect(subtract(fixedToRational(addFixed(x, y)), p)).toEqual(q);
      if (y.mantissa === 0n) expect(() => divideFixed(x, y)).toThrow('divideFixed: the divisor is 0');
      else
        expect(isBelow(fixedToRational(divideFixed(x, y)), multiply(p, rational(q.denominator, q.numerator)))).toBe(
          true,
        );
    },
  );

  test.prop([fc.bigInt({ min: 0n, max: 10n ** 60n }), bitCounts])(
    'a root lies between its neighbours',
    (mantissa, bits) => {
      const root = squareRootFixed({ mantissa, bits }).mantissa;
      const square = mantissa << BigInt(bits);
      expect(root * root <= square && (root + 1n) ** 2n > square).toBe(true);
    },
  );

  it('refuses what it cannot do', () => {
    expect(() => squareRootFixed({ mantissa: -1n, bits: 3 })).toThrow('squareRootFixed: the number is negative');
    expect(() => fixedPoint(rational(1n), -1)).toThrow('fixedPoint: bits must be an integer of at least 0: got -1');
    expect(() => piFixed(1.5)).toThrow('piFixed: bits must be an integer of at least 0: got 1.5');
  });
});

describe('π and cosine', () => {
  it('fifty digits of π', () => {
    expect((piFixed(200).mantissa * 10n ** 50n) >> 200n).toBe(314159265358979323846264338327950288419716939937510n);
  });

  test.prop([fc.integer({ min: 0, max: 3000 })], { numRuns: 50 })(
    'two formulas agree to any number of bits',
    (bits) => {
      const difference = piFixed(bits).mantissa - piByEuler(bits);
      expect(difference >= -1n && difference <= 1n).toBe(true);
    },
  );

  test.prop([fc.bigInt({ min: -(2n ** 160n), max: 2n ** 160n }), fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n })], {
    numRuns: 300,
  })('addition theorem cos(a + b) + cos(a − b) = 2·cos a·cos b, for arguments of any size', (a, b) => {
    const bits = 80;
    const cosine = (mantissa: bigint): bigint => cosineFixed({ mantissa, bits }).mantissa;
    const difference = ((cosine(a + b) + cosine(a - b)) << 80n) - 2n * cosine(a) * cosine(b);
    // Eight errors of two units each.
    expect(difference ** 2n <= (16n << 80n) ** 2n).toBe(true);
  });

  test.prop([fc.double({ min: -50, max: 50, noNaN: true })])('agrees with Math.cos', (x) => {
    const fixed = fixedPoint(rational(BigInt(Math.round(x * 2 ** 40)), 2n ** 40n), 60);
    const value = Number(cosineFixed(fixed).mantissa) / 2 ** 60;
    expect(Math.abs(value - Math.cos(Math.round(x * 2 ** 40) / 2 ** 40))).toBeLessThan(1e-14);
  });
});

const bases = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.array(fc.array(fc.bigInt({ min: -999n, max: 999n }), { minLength: n, maxLength: n }), {
    minLength: n,
    maxLength: n,
  }),
);

/** Whether `lll` takes the rows: not where they are dependent, and then with that reason. */
function reduced(rows: bigint[][]): ReturnType<typeof lll> | undefined {
  try {
    return lll(rows);
  } catch (error) {
    expect(error).toEqual(new RangeError('lll: the rows are dependent'));
    return undefined;
  }
}

/** By the first row. */
function determinant(rows: readonly (readonly bigint[])[]): bigint {
  if (rows.length === 0) return 1n;
  const [first, ...others] = rows;
  return first.reduce((sum, v, c) => {
    const minor = v === 0n ? 0n : v * determinant(others.map((row) => row.filter((_, i) => i !== c)));
    return sum + (c % 2 === 0 ? minor : -minor);
  }, 0n);
}

describe('lll', () => {
  test.prop([bases], { numRuns: 1000 })(
    'property 29: the same lattice, size-reduced, Lovász exactly; a longer vector is a fault',
    (rows) => {
      const result = reduced(rows);
      if (result === undefined) return;
      const { basis, gramDeterminants } = result;
      expect(latticeFault(rows, basis)).toBeUndefined();
      expect(gramDeterminants.every((d) => d > 0n)).toBe(true);
      const doubled = basis.map((row, i) => (i === 0 ? row.map((v) => 2n * v) : row));
      expect(latticeFault(rows, doubled)).toBeDefined();
      if (rows.length > 1) {
        const skewed = basis.map((row, i) => (i === 1 ? row.map((v, c) => v + 2n * basis[0][c]) : row));
        expect(latticeFault(rows, skewed)).toBeDefined();
      }
    },
  );

  test.prop([bases, fc.array(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }), { minLength: 5, maxLength: 5 })])(
    'babai: a vector of the lattice, within half of each projected row',
    (rows, target) => {
      const result = reduced(rows);
      if (result === undefined) return;
      const n = rows.length;
      const near = babai(result, target.slice(0, n));
      // In the lattice: by Cramer's rule its coefficients are integers.
      const whole = determinant(rows);
      rows.forEach((_, r) => {
        expect(determinant(rows.map((row, i) => (i === r ? near : row))) % whole).toBe(0n);
      });
      const away = near.reduce((sum, v, i) => sum + (target[i] - v) ** 2n, 0n);
      const d = result.gramDeterminants;
      let most = rational(0n);
      for (let i = 0; i < n; i++) most = subtract(most, rational(-d[i + 1], 4n * d[i]));
      expect(compare(rational(away), most)).toBeLessThanOrEqual(0);
    },
  );

  it('long and nearly parallel rows, and what it refuses', () => {
    const long = [
      [10n ** 80n, 1n, 0n],
      [10n ** 80n + 1n, 0n, 1n],
      [3n, 10n ** 40n, 7n],
    ];
    expect(latticeFault(long, lll(long).basis)).toBeUndefined();
    expect(() => lll([])).toThrow('lll: the basis has no rows');
    expect(() => lll([[1n, 2n], [1n]])).toThrow('lll: rows must have one length: row 0 has 2, row 1 has 1');
    expect(() => lll([[1n], [2n]])).toThrow('lll: 2 rows of 1 numbers are dependent');
    expect(() =>
      lll([
        [1n, 2n],
        [2n, 4n],
      ]),
    ).toThrow('lll: the rows are dependent');
    expect(() => babai(lll([[1n]]), [1n, 2n])).toThrow(
      'babai: the target must have as many numbers as a row: got 2, not 1',
    );
  });
});

describe('kroneckerFit', () => {
  const targets = fc.array(
    fc.integer({ min: 0, max: 64 }).map((i) => i / 64),
    { minLength: 1, maxLength: 7 },
  );

  test.prop([targets, fc.integer({ min: 1, max: 9 })], { numRuns: 1000 })(
    'property 27: within the tolerance, by another formula for π and float64',
    (ys, exponent) => {
      const tolerance = 2 ** -exponent;
      const { w, values, error, bits } = kroneckerFit(ys, { tolerance });
      expect(error).toBeLessThanOrEqual(tolerance);
      expect(bits).toBe(w.toString(2).length);
      const one = 1n << BigInt(bits + 60);
      ys.forEach((y, i) => {
        const t = rational(w * one, piByEuler(bits + 60) + BigInt(i + 1) * one);
        const wave = triangleWave(t);
        const value = Number((wave.numerator << 60n) / wave.denominator) / 2 ** 60;
        expect(Math.abs(value - values[i])).toBeLessThan(2 ** -48);
        expect(Math.abs(value - y)).toBeLessThanOrEqual(error);
      });
    },
  );

  it('sixteen and twenty-four numbers', () => {
    for (const count of [16, 24]) {
      const ys = Array.from({ length: count }, (_, k) => ((k * 7) % count) / (count - 1));
      expect(kroneckerFit(ys).error).toBeLessThanOrEqual(kroneckerFitDefaults.tolerance);
    }
  });

  it('property 43: the same call, the same number', () => {
    expect(kroneckerFit([0.1, 0.9, 0.3])).toEqual(kroneckerFit([0.1, 0.9, 0.3]));
  });

  it('refuses dependent frequencies with the relation, and bad input', () => {
    const frequencies = [rational(1n), rational(2n)];
    expect(() => kroneckerFit([0, 1], { frequencies })).toThrow(
      'kroneckerFit: the frequencies are dependent: 2·(1) = 1·(2), so that a multiple of one says what that of the other is',
    );
    expect(() => kroneckerFit([0], { frequencies: [rational(2n, 3n)] })).toThrow(
      'kroneckerFit: the frequency 2/3 is rational, so that its multiples repeat modulo 2 after 6',
    );
    expect(() => kroneckerFit([0], { frequencies: [] })).toThrow('kroneckerFit: there are no frequencies');
    expect(() => kroneckerFit([])).toThrow('kroneckerFit: there must be 1 … 40 targets: got 0');
    expect(() => kroneckerFit([0.5, 1.5])).toThrow('kroneckerFit: targets must be in [0, 1]: targets[1] is 1.5');
    expect(() => kroneckerFit([Number.NaN])).toThrow('targets[0] is NaN');
    expect(() => kroneckerFit([0.5], { tolerance: 0 })).toThrow('kroneckerFit: tolerance must be in [2^-40, 1]: got 0');
  });
});

describe('euafNetwork', () => {
  test.prop([fc.double({ min: -20, max: 20, noNaN: true })], { numRuns: 1000 })(
    'the activation, beside its definition',
    (t) => {
      const expected = t >= 0 ? Math.abs(t - 2 * Math.floor((t + 1) / 2)) : t / (1 + Math.abs(t));
      expect(euaf(t)).toBe(expected);
      expect([euaf(0), euaf(1), euaf(2), euaf(-1)]).toEqual([0, 1, 0, -0.5]);
    },
  );

  test.prop([fc.double({ min: 0, max: 40, noNaN: true })], { numRuns: 1000 })(
    'properties 25 and 26: the copies share the line, and y − σ(y) is twice the number of the cell, in float64 too',
    (y) => {
      let sum = 0;
      for (let copy = 0; copy < 4; copy++) {
        const at = y + 2 - copy / 2;
        const share = (euaf(2 * at) + 2 * euaf(at + 0.5) - 1) / 2;
        sum += share;
        if (share > 1e-9) expect(Math.abs((at - euaf(at)) / 2 - Math.floor(at / 2))).toBeLessThan(1e-12);
      }
      expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
    },
  );

  it('property 28 on Takagi’s function, with its certificate checked; a changed code is noticed', () => {
    const f = takagiTarget(8);
    const h = euafNetwork(f, 16, 1 / 64);
    const bound = euafBound(f, 16, h);
    const certificate = certifySupNorm(f, h);
    expect(certificate.upper).toBeLessThanOrEqual(bound);
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    expect(h.codes).toHaveLength(4);
    // The network itself in float64, but for σ(w/(π + j)), which float64 has no digits for.
    for (const x of [0, 0.1, 0.33, 0.5, 0.77, 1]) {
      let value = 0;
      for (let copy = 0; copy < 4; copy++) {
        const y = 32 * x + 2 - copy / 2;
        const j = Math.round((y - euaf(y)) / 2);
        const share = (euaf(2 * y) + 2 * euaf(y + 0.5) - 1) / 2;
        if (share > 0) value += share * (h.low + h.height * h.codes[copy].values[j]);
      }
      expect(Math.abs(value - h.evaluate([x]))).toBeLessThan(1e-12);
    }
  });

  it('refusals', () => {
    const wide = piecewiseLinearTarget([0, 2], [0, 1]);
    expect(() => euafNetwork(wide, 4, 0.1)).toThrow('euafNetwork: the domain must be [0, 1]: got [0, 2]');
    const f = takagiTarget(2);
    expect(() => euafNetwork(f, 3, 0.1)).toThrow('euafNetwork: cells must be a power of two up to 32: got 3');
    expect(() => euafNetwork(f, 64, 0.1)).toThrow('euafNetwork: cells must be a power of two up to 32: got 64');
    expect(() => euafNetwork(f, 4, -1)).toThrow('kroneckerFit: tolerance must be in [2^-40, 1]: got -1');
    const bent = { ...f, modulus: { ...f.modulus, concave: false } };
    expect(() => euafNetwork(bent, 4, 0.1)).toThrow('euafNetwork: the modulus must be concave');
  });
});

describe('compositionNumber', () => {
  it('doubling is n steps of the iteration, for n up to ten thousand', () => {
    const bits = 120;
    const c = cosineFixed({ mantissa: 1n << 119n, bits }).mantissa;
    let [u, v] = [1n << 120n, c];
    for (let n = 0n; n <= 10_000n; n++) {
      if (n % 777n === 0n) {
        const difference = chebyshevFixed(n, { mantissa: c, bits }).mantissa - u;
        expect(difference ** 2n < 1n << 120n, `${n}`).toBe(true);
      }
      [u, v] = [v, ((2n * c * v) >> 120n) - u];
    }
  });

  it('sixteen values in one number of compositions', () => {
    const values = Array.from({ length: 16 }, (_, k) => Math.sin(k));
    const { error, bits } = compositionNumber(values);
    expect(error).toBeLessThanOrEqual(compositionNumberDefaults.tolerance);
    expect(bits).toBeGreaterThan(64);
    expect(() => compositionNumber([-2])).toThrow('compositionNumber: targets must be in [-1, 1]: targets[0] is -2');
    expect(() => chebyshevFixed(-1n, { mantissa: 1n, bits: 3 })).toThrow(
      'chebyshevFixed: n must not be negative: got -1',
    );
  });
});

describe('cases', () => {
  test.prop([fc.constantFrom(...Object.entries({ ...latticeTheorems, ...latticeControls })), fc.integer({ min: 0 })], {
    numRuns: 300,
  })('hold for any key', ([, look], seed) => {
    expect(look(key(seed)).fault).toBeUndefined();
  });
});

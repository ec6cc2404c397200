import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { deepSawtooth } from '../src/classical/deep-sawtooth.js';
import { reluProduct } from '../src/classical/relu-product.js';
import { sawtoothSquare } from '../src/classical/sawtooth-square.js';
import { absolute, add, compare, multiply, type Rational, rational, subtract, zero } from '../src/exact/rational.js';
import { type Approximant, toRational } from '../src/index.js';
import { mutants } from './support/mutants.js';

const at = (h: Approximant, ...x: Rational[]): Rational => h.evaluateRational?.(x) ?? rational(-1n);
const dyadic = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n ** 60n }), fc.integer({ min: 0, max: 60 }))
  .map(([i, k]) => rational(i % (2n ** BigInt(k) + 1n), 2n ** BigInt(k)));

describe('sawtoothSquare', () => {
  test.prop([fc.integer({ min: 1, max: 40 }), dyadic])('property 1: 0 <= f_m - x^2 <= 2^(-2m-2), exactly', (m, x) => {
    const error = subtract(at(sawtoothSquare(m), x), multiply(x, x));
    expect(compare(error, zero)).toBeGreaterThanOrEqual(0);
    expect(compare(error, rational(1n, 4n ** BigInt(m + 1)))).toBeLessThanOrEqual(0);
  });

  test.prop([fc.integer({ min: 1, max: 40 }), fc.bigInt({ min: 0n, max: 2n ** 40n })])(
    'property 2: equality at odd multiples of 2^(-m-1), none at even ones',
    (m, i) => {
      const j = i % 2n ** BigInt(m + 1);
      const x = rational(j, 2n ** BigInt(m + 1));
      const error = subtract(at(sawtoothSquare(m), x), multiply(x, x));
      expect(error).toEqual(j % 2n === 1n ? rational(1n, 4n ** BigInt(m + 1)) : zero);
    },
  );

  it('every number of the network counts: a changed one breaks an equality', () => {
    for (const m of [1, 2, 3]) {
      const side = 2 ** (m + 1);
      const all = mutants(sawtoothSquare(m));
      const alive = all.filter(({ network }) =>
        Array.from({ length: side + 1 }, (_, j) => rational(BigInt(j), BigInt(side))).every((x) => {
          const error = subtract(at(network, x), multiply(x, x));
          const odd = ((x.numerator * BigInt(side)) / x.denominator) % 2n === 1n;
          return compare(error, odd ? rational(1n, 4n ** BigInt(m + 1)) : zero) === 0;
        }),
      );
      // Biases 0 of relu(t) and of the sum, moved by 1/1024, are seen like every other number.
      expect(alive.map(({ place }) => place)).toEqual([]);
    }
  });

  test.prop([fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'a float64 run is off by at most its stated error',
    (m, x) => {
      const h = sawtoothSquare(m);
      const off = absolute(subtract(toRational(h.evaluate([x])), at(h, toRational(x))));
      expect(compare(off, toRational(h.evaluationError))).toBeLessThanOrEqual(0);
    },
  );
});

describe('reluProduct', () => {
  const size = fc.integer({ min: -3, max: 5 }).map((e) => 2 ** e);
  const coordinate = fc.integer({ min: -1024, max: 1024 });

  test.prop([fc.integer({ min: 1, max: 12 }), size, coordinate, coordinate])(
    'property 3: the error is in [-4, 2] M^2 2^(-2m-2), and nil on the axes',
    (m, M, i, j) => {
      const h = reluProduct(m, M);
      const [x, y] = [i, j].map((k) => multiply(toRational(M), rational(BigInt(k), 1024n)));
      const error = subtract(at(h, x, y), multiply(x, y));
      const unit = multiply(multiply(toRational(M), toRational(M)), rational(1n, 4n ** BigInt(m + 1)));
      expect(compare(error, multiply(rational(2n), unit))).toBeLessThanOrEqual(0);
      expect(compare(error, multiply(rational(-4n), unit))).toBeGreaterThanOrEqual(0);
      expect(at(h, x, zero)).toEqual(zero);
      expect(at(h, zero, y)).toEqual(zero);
      const float = toRational(h.evaluate([(M * i) / 1024, (M * j) / 1024]));
      expect(compare(absolute(subtract(float, at(h, x, y))), toRational(h.evaluationError))).toBeLessThanOrEqual(0);
    },
  );

  it('both ends of the error are met', () => {
    for (const m of [1, 2, 5]) {
      const unit = rational(1n, 4n ** BigInt(m + 1));
      const odd = rational(1n, 2n ** BigInt(m));
      const h = reluProduct(m, 1);
      // |x|/2 and |y|/2 are odd multiples of 2^(-m-1), their sum is not.
      expect(subtract(at(h, odd, odd), multiply(odd, odd))).toEqual(multiply(rational(-4n), unit));
      const [x, y] = [rational(1n, 2n ** BigInt(m + 1)), rational(1n, 2n ** BigInt(m + 1))];
      const error = subtract(at(h, x, y), multiply(x, y));
      expect(compare(error, add(multiply(rational(2n), unit), zero))).toBeLessThanOrEqual(0);
    }
  });

  it('bad input is refused with the reason', () => {
    expect(() => reluProduct(0, 1)).toThrow('reluProduct: m must be an integer in 1 … 24: got 0');
    expect(() => reluProduct(1, 3)).toThrow('reluProduct: M must be a power of two in 2^-64 … 2^64: got 3');
    expect(() => sawtoothSquare(41)).toThrow('sawtoothSquare: m must be an integer in 1 … 40: got 41');
    expect(() => deepSawtooth(17)).toThrow('deepSawtooth: m must be an integer in 1 … 16: got 17');
  });
});

describe('deepSawtooth', () => {
  test.prop([fc.integer({ min: 1, max: 10 })])('2^m pieces: 0 and 1 in turn at j/2^m, affine between', (m) => {
    const h = deepSawtooth(m);
    const side = 2n ** BigInt(m);
    for (let j = 0n; j < side; j++) {
      expect(at(h, rational(j, side))).toEqual(rational(j % 2n));
      expect(at(h, rational(2n * j + 1n, 2n * side))).toEqual(rational(1n, 2n));
    }
    for (const { network, place } of m <= 3 ? mutants(h) : []) {
      const same = Array.from({ length: 2 * Number(side) + 1 }, (_, j) => rational(BigInt(j), 2n * side)).every(
        (x) => compare(at(network, x), at(h, x)) === 0,
      );
      expect(same, place).toBe(false);
    }
  });
});

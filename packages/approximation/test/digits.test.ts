import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { toRational } from '../src/exact/to-rational.js';
import {
  certificateFault,
  certifySupNorm,
  digitBound,
  digitFunction,
  encodeDigits,
  floorExponentialNetwork,
  lipschitzModulus,
  metricEntropyLowerBound,
  piecewiseLinearTarget,
  readDigit,
  type TargetFunction,
  takagiTarget,
} from '../src/index.js';
import { digitFunctionOf } from '../src/superexpressive/digits/digit-function.js';
import { digitControls, digitTheorems } from '../src/theorems/digits/register.js';

/** min(|x − p| + q over d axes …): Lipschitz constant 1 in the maximum norm. */
function cone(dimension: number, centre: number): TargetFunction {
  return {
    dimension,
    domain: Array.from({ length: dimension }, () => [0, 1] as const),
    range: [0, 1],
    modulus: lipschitzModulus(1),
    evaluationError: 2 ** -53,
    evaluate: (x) => x.reduce((most, t) => Math.max(most, Math.abs(t - centre)), 0),
  };
}

describe('digits', () => {
  test.prop(
    [fc.array(fc.integer({ min: 0, max: 4096 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 32 })],
    {
      numRuns: 1000,
    },
  )('property 13: what is read is what was rounded', (parts, bitsPerValue) => {
    const values = parts.map((v) => v / 4096);
    const code = encodeDigits(values, bitsPerValue);
    expect(code.bits).toBe(bitsPerValue * values.length);
    values.forEach((v, k) => {
      expect(readDigit(code, bitsPerValue, k)).toBe(Math.round(v * (2 ** bitsPerValue - 1)));
    });
  });

  it('property 13 for 4096 numbers', () => {
    const values = Array.from({ length: 4096 }, (_, k) => ((k * 2731) % 4096) / 4095);
    const code = encodeDigits(values, 16);
    expect(values.every((v, k) => readDigit(code, 16, k) === Math.round(v * 65535))).toBe(true);
  });

  it('refusals', () => {
    expect(() => encodeDigits([], 4)).toThrow('encodeDigits: there are no values');
    expect(() => encodeDigits([0.5, 2], 4)).toThrow('encodeDigits: values must be in [0, 1]: values[1] is 2');
    expect(() => encodeDigits([0.5], 33)).toThrow('encodeDigits: bitsPerValue must be an integer 1 … 32: got 33');
    expect(() => readDigit({ w: 1n, bits: 8 }, 4, 2)).toThrow('readDigit: index must be an integer 0 … 1: got 2');
    expect(() => digitFunction(piecewiseLinearTarget([0, 2], [0, 1]), 4, 4)).toThrow(
      'digitFunction: the domain must be [0, 1]: got [0, 2]',
    );
    expect(() => digitFunction(takagiTarget(3), 5, 4)).toThrow(
      'digitFunction: cells must be a power of two up to 16384: got 5',
    );
  });
});

describe('digitFunction', () => {
  it('property 14 on Takagi’s function, the certificate checked; 4096 cells of 16 bits', () => {
    const f = takagiTarget(8);
    const h = digitFunction(f, 4096, 16);
    const certificate = certifySupNorm(f, h);
    expect(certificate.upper).toBeLessThanOrEqual(digitBound(f, h));
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    expect(h.code.bits).toBe(4097 * 16);
  });

  it('every digit matters: a changed leading bit of a value breaks the bound', () => {
    const f = piecewiseLinearTarget([0, 0.25, 1], [0.25, 0, 0.75]);
    const h = digitFunction(f, 16, 10);
    for (let k = 0; k <= 16; k++) {
      const w = h.code.w ^ (1n << BigInt(10 * (17 - k) - 1));
      const broken = digitFunctionOf({ ...h, code: { ...h.code, w } });
      expect(certifySupNorm(f, broken).lower, `${k}`).toBeGreaterThan(digitBound(f, h));
    }
  });
});

describe('floorExponentialNetwork', () => {
  test.prop(
    [
      fc.constantFrom(1, 2, 3),
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 2 }),
      fc.array(fc.integer({ min: 0, max: 1024 }), { minLength: 3, maxLength: 3 }),
    ],
    {
      numRuns: 60,
    },
  )('property 15: within ε at drawn points, with d + 3 neurons, d = 1, 2, 3', (d, centre, exponent, parts) => {
    const f = cone(d, centre / 8);
    const epsilon = 2 ** -exponent;
    const h = floorExponentialNetwork(f, epsilon);
    expect(h.neurons).toBe(d + 3);
    expect(h.bound).toBeLessThanOrEqual(epsilon);
    const x = parts.slice(0, d).map((v) => v / 1024);
    expect(Math.abs(h.evaluate(x) - f.evaluate(x))).toBeLessThanOrEqual(epsilon);
  });

  it('property 16: its bits lie between the entropy and C·ε^(−d)·log(1/ε)', () => {
    const f = cone(1, 0.5);
    for (const exponent of [2, 4, 6, 8]) {
      const epsilon = 2 ** -exponent;
      const { bits } = floorExponentialNetwork(f, epsilon);
      expect(bits).toBeGreaterThanOrEqual(metricEntropyLowerBound('lipschitz', epsilon, 1));
      expect(bits).toBeLessThanOrEqual(8 * (1 / epsilon) * (exponent + 2));
    }
  });

  it('d = 2, ε = 1/16: within ε at every node and middle, certified by cells', () => {
    const f = cone(2, 0.375);
    const h = floorExponentialNetwork(f, 1 / 16);
    let worst = 0;
    for (let i = 0; i < h.cells; i++) {
      for (let j = 0; j < h.cells; j++) {
        const middle = [(i + 0.5) / h.cells, (j + 0.5) / h.cells];
        worst = Math.max(worst, Math.abs(h.evaluate(middle) - f.evaluate([i / h.cells, j / h.cells])));
      }
    }
    expect(worst + f.modulus.omega(Math.SQRT2 / h.cells)).toBeLessThanOrEqual(1 / 16);
    expect(h.evaluateRational?.([toRational(1), toRational(1)])).toBeDefined();
  });

  it('refusals', () => {
    const f = cone(2, 0.5);
    expect(() => floorExponentialNetwork(f, 0)).toThrow(
      'floorExponentialNetwork: epsilon must be positive and finite: got 0',
    );
    expect(() => floorExponentialNetwork(f, 1e-9)).toThrow(
      'floorExponentialNetwork: epsilon 1e-9 takes more than 16777216 digits, or is too small for float64 values',
    );
    expect(() => floorExponentialNetwork(piecewiseLinearTarget([0, 2], [0, 1]), 0.5)).toThrow(
      'floorExponentialNetwork: the domain must be [0, 1]: got [0, 2]',
    );
  });
});

describe('cases', () => {
  test.prop([fc.constantFrom(...Object.entries({ ...digitTheorems, ...digitControls })), fc.integer({ min: 0 })], {
    numRuns: 300,
  })('hold for any key', ([, look], seed) => {
    expect(look(key(seed)).fault).toBeUndefined();
  });
});

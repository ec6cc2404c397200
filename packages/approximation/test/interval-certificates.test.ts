import { fc, test } from '@fast-check/vitest';
import { activation, init, type Layer, linear, sequential, taskNeuron } from '@neuronseek/network';
import { type Neuron, parse } from '@neuronseek/neurons';
import { tensor, treeMap } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect, it } from 'vitest';
import { bottom, top } from '../src/certificates/affine/form.js';
import { boxFormOf } from '../src/certificates/affine/of-function.js';
import { dualOfFunction } from '../src/certificates/dual/of-function.js';
import type { Interval } from '../src/exact/interval.js';
import { formulaFunction } from '../src/expressivity/formula-function.js';
import { functionTarget } from '../src/expressivity/function-target.js';
import { networkFunction } from '../src/expressivity/network-function.js';
import {
  type Approximant,
  type Box,
  certificateFault,
  certifySupNorm,
  checkCertificate,
  polynomialTarget,
  type SupNormCertificate,
} from '../src/index.js';
import { compact } from './support/compact.js';

const square: Box = [
  [0, 1],
  [0, 1],
];

function formula(text: string, features: readonly string[] = ['x1', 'x2']): Neuron {
  return parse(text, { features });
}

const layers: Readonly<Record<string, Layer>> = {
  relu: sequential([linear(2, 6), activation('relu'), linear(6, 5), activation('relu'), linear(5, 1)]),
  tanh: sequential([linear(2, 6), activation('tanh'), linear(6, 1)]),
  sigmoid: sequential([linear(2, 4), activation('sigmoid'), linear(4, 1)]),
  softplus: sequential([linear(2, 4), activation('softplus'), linear(4, 1)]),
  polynomial: sequential([
    taskNeuron(2, 2, { power: [1, 3], interaction: [{ order: 2, rank: 2 }] }),
    activation('tanh'),
    taskNeuron(2, 1, { power: [1, 2], interaction: [{ order: 3, rank: 1 }] }, { normalize: false }),
  ]),
  nested: sequential([sequential([linear(2, 3), activation('relu')]), linear(3, 1)]),
};

/** A network whose numbers, statistics among them, are all drawn. */
function drawn(name: string, seed: number): Approximant<2> {
  const layer = layers[name];
  let count = 0;
  const variables = treeMap(
    (t) => {
      count++;
      const values = normal(key(seed * 1000 + count), t.size, { standardDeviation: 0.8 });
      // Variances are positive.
      const positive =
        layer.kind === 'sequential' && name === 'polynomial' ? values.map((v) => Math.abs(v) + 0.1) : values;
      return tensor(positive, t.shape);
    },
    init(layer, key(seed)),
  );
  return networkFunction(layer, variables, 2);
}

const network = fc
  .record({ name: fc.constantFrom(...Object.keys(layers)), seed: fc.integer({ min: 1, max: 10_000 }) })
  .map(({ name, seed }) => drawn(name, seed));

/** Formulas that are defined on the box [0, 1]². */
const formulas = fc.constantFrom(
  'sin(3*x1)*cos(2*x2)',
  'exp(x1 - 2*x2)/(1 + x1*x1)',
  'x1^3 - 2*x1*x2^2 + 0.5',
  'tanh(4*x1 - 2) + sigmoid(3*x2)',
  'sqrt(1 + x1 + x2) - log(1 + x1*x2)',
  'abs(x1 - x2) + atan(3*x1)',
  '(x1 + 0.5)^2.5 - (x2 + 1)^(-2)',
  'sinh(x1) - cosh(x2) + tan(x1/2)',
  'x1^4*x2 - x2^5',
);
const part = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
const sub = fc
  .tuple(part, part)
  .map((sides): Interval[] => sides.map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]));
const anyFunction: fc.Arbitrary<Approximant> = fc.oneof(
  network,
  formulas.map((text) => formulaFunction(formula(text))),
);

describe('enclosures of functions on boxes', () => {
  test.prop([anyFunction, sub, fc.array(part, { minLength: 4, maxLength: 4 })])(
    'affine forms and duals contain every value, and the affine part is where it says',
    (g, box, shares) => {
      const form = boxFormOf('g', g)(
        box.map(([a]) => a),
        box.map(([, b]) => b),
      );
      const [value] = dualOfFunction(g, box);
      for (const share of shares) {
        const x = box.map(([a, b], i) => Math.min(b, a + share[i] * (b - a)));
        const [low, high] = dualOfFunction(
          g,
          x.map((t): Interval => [t, t]),
        )[0];
        expect(value[0] <= high && low <= value[1]).toBe(true);
        expect(bottom(form) <= high && low <= top(form)).toBe(true);
        let predicted = form[0];
        box.forEach(([a, b], i) => {
          if (b > a) predicted += form[i + 1] * ((2 * (x[i] - a)) / (b - a) - 1);
        });
        const reach = form[form.length - 1] + 1e-9 * (1 + Math.abs(predicted));
        expect(low - predicted <= reach && predicted - high <= reach).toBe(true);
        // And float64 is near.
        const run = g.evaluate(x);
        expect(run).toBeGreaterThanOrEqual(low - 1e-9 * (1 + Math.abs(low)));
        expect(run).toBeLessThanOrEqual(high + 1e-9 * (1 + Math.abs(high)));
      }
    },
  );

  test.prop([anyFunction, part])('derivatives are those of difference quotients', (g, [s, t]) => {
    const x = [0.1 + 0.8 * s, 0.1 + 0.8 * t];
    const step = 1e-5;
    for (const i of [0, 1]) {
      const ends = [step, -step].map((by) => g.evaluate(x.map((value, k) => (k === i ? value + by : value))));
      const quotient = (ends[0] - ends[1]) / (2 * step);
      const box = x.map((value, k): Interval => (k === i ? [value - step, value + step] : [value, value]));
      const [low, high] = dualOfFunction(g, box)[i + 1];
      const slack = 1e-6 * (1 + Math.abs(quotient));
      expect(low - slack <= quotient && quotient <= high + slack).toBe(true);
    }
  });

  test.prop([formulas, sub])('the error of an affine form falls with the square of the width', (text, box) => {
    const g = formulaFunction(formula(text));
    fc.pre(!text.includes('abs') && box.every(([a, b]) => b - a > 1e-2));
    const noise = (scale: number): number => {
      const [lower, upper] = [0, 1].map((side) => box.map(([a, b]) => a + (0.5 + (side - 0.5) * scale) * (b - a)));
      const form = boxFormOf('g', g)(lower, upper);
      return form[form.length - 1];
    };
    fc.pre(Number.isFinite(noise(0.25)) && noise(0.25) > 1e-9);
    expect(noise(0.25 / 8)).toBeLessThanOrEqual((noise(0.25) / 64) * 4 + 1e-12);
  });
});

describe("certifySupNorm, method 'interval'", () => {
  const certify = (f: Approximant, h: Approximant, tolerance = 0.02): SupNormCertificate =>
    certifySupNorm(functionTarget(f, square, { modulus: compact }), h, {
      method: 'interval',
      tolerance,
      maxEvaluations: 20_000,
    });

  test.prop([anyFunction, anyFunction], { numRuns: 30 })(
    'no sampled error is above, the witness shows the lower bound, the checker agrees, also after JSON',
    (f, h) => {
      const certificate = certify(f, h);
      const { lower, upper, witness, status } = certificate;
      expect(status).toBe('converged');
      expect(upper - lower).toBeLessThanOrEqual(0.02);
      const error = (x: readonly number[]): number => Math.abs(f.evaluate(x) - h.evaluate(x));
      expect(error(witness)).toBeGreaterThanOrEqual(lower - 1e-9 * (1 + lower));
      for (let i = 0; i <= 20; i++) {
        for (let j = 0; j <= 20; j++) expect(error([i / 20, j / 20])).toBeLessThanOrEqual(upper + 1e-9 * (1 + upper));
      }
      const target = functionTarget(f, square, { modulus: compact });
      expect(certificateFault(target, h, certificate)).toBeUndefined();
      const copy: SupNormCertificate = JSON.parse(JSON.stringify(certificate));
      expect(checkCertificate(target, h, copy)).toBe(true);
    },
  );

  it('suprema that are known (property 31)', () => {
    const zero = formulaFunction(formula('0*x1 + 0*x2'));
    for (const [text, sup] of [
      ['x1*x2', 1],
      ['sin(9*x1)*sin(7*x2)', 1],
      ['(x1 - 0.5)^2 + (x2 - 0.25)^2', 0.8125],
      ['x1*(1 - x1)*x2*(1 - x2)', 0.0625],
      ['abs(x1 - x2) - 2*x1', 2],
      ['exp(-(x1 - 0.3)^2)', 1],
    ] as const) {
      const { lower, upper } = certify(formulaFunction(formula(text)), zero, 1e-6);
      expect(lower).toBeLessThanOrEqual(sup);
      expect(upper).toBeGreaterThanOrEqual(sup);
      expect(upper - lower).toBeLessThanOrEqual(1e-6);
    }
  });

  test.prop([formulas, fc.integer({ min: -8, max: 8 })], { numRuns: 20 })(
    'property 42: reflection, negation, a shift and an exchange leave the supremum',
    (text, c) => {
      const other = 'x1 - x2*x2';
      const original = certify(formulaFunction(formula(text)), formulaFunction(formula(other)));
      const mirror = (t: string): string => t.replaceAll('x1', '(1-x1)');
      const pairs = [
        [mirror(text), mirror(other)],
        [`-(${text})`, `-(${other})`],
        [`${text} + ${c / 4}`, `${other} + ${c / 4}`],
        [other, text],
      ].map(([f, h]) => certify(formulaFunction(formula(f)), formulaFunction(formula(h))));
      for (const { lower, upper } of pairs) {
        expect(lower).toBeLessThanOrEqual(original.upper);
        expect(upper).toBeGreaterThanOrEqual(original.lower);
        expect(upper - lower).toBeLessThanOrEqual(0.02);
      }
    },
  );

  const tampered = (c: SupNormCertificate): readonly (readonly [string, SupNormCertificate])[] => {
    const splits = c.splits ?? '';
    return [
      ['upper below the truth', { ...c, upper: c.lower * 0.9, lower: c.lower * 0.9 }],
      [
        'both lowered, the gap kept',
        { ...c, lower: c.lower / 2, upper: (c.lower / 2 + (c.gap ?? 0)) * (1 + 2 ** -52) },
      ],
      ['upper raised', { ...c, upper: c.upper * 1.001 + 1e-9 }],
      ['upper lowered', { ...c, upper: (c.lower + c.upper) / 2 }],
      ['lower raised', { ...c, lower: c.lower * 1.001 + 1e-9 }],
      ['lower lowered', { ...c, lower: c.lower * 0.999 }],
      ['lower above upper', { ...c, lower: c.upper * 2 }],
      ['gap', { ...c, gap: (c.gap ?? 0) * 1.5 }],
      ['no gap', { ...c, gap: Number.NaN }],
      ['witness outside', { ...c, witness: [-1, 0.5] }],
      ['witness of one coordinate', { ...c, witness: [0.5] }],
      ['evaluations', { ...c, evaluations: c.evaluations + 1 }],
      ['a box left out', { ...c, splits: splits.replace('.', ''), evaluations: splits.length - 1 }],
      ['a box more', { ...c, splits: `${splits}.`, evaluations: splits.length + 1 }],
      ['an axis too many', { ...c, splits: `c${splits.slice(1)}` }],
      ['no tree', { ...c, splits: '', evaluations: 0 }],
      ['a grid', { ...c, grid: [0, 1] }],
      ['NaN', { ...c, upper: Number.NaN }],
    ];
  };

  test.prop([network, formulas], { numRuns: 20 })('property 32: every kind of tampering is rejected', (f, text) => {
    const h = formulaFunction(formula(text));
    const certificate = certify(f, h);
    fc.pre(certificate.lower > 1e-3 && certificate.evaluations > 1);
    const target = functionTarget(f, square, { modulus: compact });
    for (const [what, changed] of tampered(certificate)) expect(checkCertificate(target, h, changed), what).toBe(false);
  });

  it('a bound that only looks consistent is refuted by a point', () => {
    const f = functionTarget(formulaFunction(formula('x1*x2')), square);
    const h = formulaFunction(formula('0*x1'));
    // At the witness (1/2, 1/2) the error is 1/4 as it says.
    const forged: SupNormCertificate = {
      lower: 0.25,
      upper: 0.3125 + 0.3125 * 2 ** -52,
      gap: 0.0625,
      method: 'interval',
      witness: [0.5, 0.5],
      evaluations: 1,
      grid: [],
      splits: '.',
      status: 'converged',
    };
    expect(certificateFault(f, h, forged)).toMatch(/^upper is .*, the error at .* is at least/);
  });

  it('the certificate of another function, of other weights, of another box is rejected', () => {
    const h = drawn('tanh', 5);
    const f = functionTarget(formulaFunction(formula('sin(3*x1) - x2')), square);
    const certificate = certify(f, h, 1e-3);
    expect(certificateFault(f, h, certificate)).toBeUndefined();
    expect(checkCertificate(f, drawn('tanh', 6), certificate)).toBe(false);
    expect(
      checkCertificate(functionTarget(formulaFunction(formula('sin(3*x1) - x2 - 0.25')), square), h, certificate),
    ).toBe(false);
    const product = formulaFunction(formula('x1*x2'));
    const own = certify(product, formulaFunction(formula('0*x1')));
    for (const side of [2, 0.5]) {
      const other = functionTarget(product, [square[0], [0, side]]);
      expect(checkCertificate(other, formulaFunction(formula('0*x1')), own)).toBe(false);
    }
  });

  it('one dimension and polynomials of polynomialTarget: as the exact method has it', () => {
    const f = polynomialTarget([0, -3, 0, 4], { domain: [-1, 1] });
    const h = formulaFunction(formula('0*x1', ['x1']));
    const { lower, upper } = certifySupNorm(f, h, { method: 'interval', tolerance: 1e-9 });
    expect(lower <= 1 && upper >= 1 && upper - lower <= 1e-9).toBe(true);
  });

  it('the same bits again; a signal and a limit end it with bounds that hold', () => {
    const [f, h] = [functionTarget(drawn('relu', 3), square), drawn('tanh', 4)];
    const options = { method: 'interval', tolerance: 1e-6 } as const;
    const whole = certifySupNorm(f, h, options);
    expect(certifySupNorm(f, h, options)).toEqual(whole);
    const limited = certifySupNorm(f, h, { ...options, maxEvaluations: 9 });
    expect(limited.status).toBe('max-evaluations');
    expect(limited.evaluations).toBeLessThanOrEqual(9);
    expect(limited.lower <= whole.upper && limited.upper >= whole.lower).toBe(true);
    expect(certificateFault(f, h, limited)).toBeUndefined();
    const aborted = certifySupNorm(f, h, { ...options, signal: AbortSignal.abort() });
    expect(aborted.status).toBe('aborted');
    expect(aborted.upper).toBeGreaterThanOrEqual(whole.lower);
    const events: number[] = [];
    certifySupNorm(f, h, { ...options, onProgress: ({ evaluations }) => events.push(evaluations) });
    expect(events.at(-1)).toBe(whole.evaluations);
  });

  it('bad input is refused with the reason', () => {
    const f = functionTarget(drawn('relu', 3), square);
    const bare: Approximant = { dimension: 2, evaluate: () => 0, evaluationError: 0 };
    expect(() => certifySupNorm(f, bare, { method: 'interval' })).toThrow(
      "certifySupNorm: method 'interval' needs the layers or the formula of both: h has none",
    );
    expect(() => certifySupNorm(f, formulaFunction(formula('x1', ['x1'])), { method: 'interval' })).toThrow(
      'certifySupNorm: dimensions differ: f has 2, h has 1',
    );
    expect(() => certifySupNorm(f, formulaFunction(formula('asin(x1/4) + x2')), { method: 'interval' })).toThrow(
      "certifySupNorm: method 'interval' has no enclosure of asin",
    );
    expect(() =>
      certifySupNorm(f, formulaFunction(formula('1/(x1 - 0.3) + x2')), { method: 'interval', maxEvaluations: 100 }),
    ).toThrow("certifySupNorm: method 'interval' found no finite bound within maxEvaluations");
    expect(() => functionTarget(bare, square)).toThrow(
      'functionTarget: the function needs layers or a formula: it has none',
    );
    expect(() => functionTarget(drawn('relu', 1), [[0, 1]])).toThrow(
      'functionTarget: the domain must have 2 axes: got 1',
    );
    expect(() =>
      functionTarget(drawn('relu', 1), [
        [0, 1],
        [1, 1],
      ]),
    ).toThrow(/^functionTarget: domain\[1\] must be/);
    expect(() => functionTarget(formulaFunction(formula('1/(x1 - 0.3) + x2')), square)).toThrow(
      'functionTarget: the gradient has no finite bound on the domain: give a modulus',
    );
    expect(() => networkFunction(linear(2, 2), init(linear(2, 2), key(1)), 2)).toThrow(
      'networkFunction: the layer must have 1 output: got 2',
    );
    expect(() => networkFunction(linear(2, 1), init(linear(2, 1), key(1)), 0)).toThrow(
      'networkFunction: inputs must be a positive integer: got 0',
    );
  });
});

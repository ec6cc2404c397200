import { activation, init, linear, sequential } from '@neuronseek/network';
import { parse } from '@neuronseek/neurons';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';
import { afterAll, describe, expect, it } from 'vitest';
import { certificateFault, certifySupNorm, formulaFunction, functionTarget, networkFunction } from '../src/index.js';
import { certifySupNormInThreads, expressivityCurve } from '../src/parallel/index.js';

const layer = sequential([linear(2, 12), activation('tanh'), linear(12, 1)]);
const h = networkFunction(layer, init(layer, key(404)), 2);
const f = functionTarget(formulaFunction(parse('sin(5*x1)*cos(4*x2)', { features: ['x1', 'x2'] })), [
  [0, 3],
  [0, 3],
]);
const before = configure().threads;

afterAll(() => {
  configure({ threads: before });
});

describe('certifySupNormInThreads', () => {
  it('the same certificate for one thread and two, accepted by the checker, in agreement with the one without threads', async () => {
    const options = { tolerance: 1e-6, maxEvaluations: 50_000 };
    configure({ threads: 1 });
    const one = await certifySupNormInThreads(f, h, options);
    configure({ threads: 2 });
    const two = await certifySupNormInThreads(f, h, options);
    expect(two).toEqual(one);
    expect(one.status).toBe('converged');
    expect(one.upper - one.lower).toBeLessThanOrEqual(1e-6);
    expect(certificateFault(f, h, one)).toBeUndefined();
    const alone = certifySupNorm(f, h, { ...options, method: 'interval' });
    expect(alone.lower <= one.upper && one.lower <= alone.upper).toBe(true);
  });

  it('an easy certificate is that of certifySupNorm', async () => {
    const options = { tolerance: 4 };
    expect(await certifySupNormInThreads(f, h, options)).toEqual(
      certifySupNorm(f, h, { ...options, method: 'interval' }),
    );
  });

  it('aborted in between, its bounds hold', async () => {
    const control = new AbortController();
    const certificate = await certifySupNormInThreads(f, h, {
      tolerance: 1e-9,
      signal: control.signal,
      onProgress: ({ evaluations }) => {
        if (evaluations > 300) control.abort();
      },
    });
    expect(certificate.status).toBe('aborted');
    expect(certificateFault(f, h, certificate)).toBeUndefined();
  });

  it('bad input is refused with the reason', async () => {
    await expect(certifySupNormInThreads(f, h, { tolerance: 0 })).rejects.toThrow(
      'certifySupNormInThreads: tolerance must be positive: got 0',
    );
    await expect(certifySupNormInThreads(f, { ...h, dimension: 3 })).rejects.toThrow(
      'certifySupNormInThreads: dimensions differ: f has 2, h has 3',
    );
  });
});

describe('expressivityCurve', () => {
  const target = parse('sin(3*x1)*x2', { features: ['x1', 'x2'] });
  const square = [
    [0, 1],
    [0, 1],
  ] as const;
  const options = { key: key(405), widths: [1, 3], seeds: 1, rows: 60, steps: 60 };

  it('every kind is trained and certified, with the parameters it has; the same bits for one thread and two', async () => {
    configure({ threads: 1 });
    const one = await expressivityCurve(target, square, options);
    configure({ threads: 2 });
    const two = await expressivityCurve(target, square, options);
    expect(two).toEqual(one);
    expect(one.status).toBe('complete');
    expect(one.runs).toHaveLength(12);
    // A neuron of two inputs, then its weight; the bias of the output.
    const each = { linear: 3, quadratic: 9, cp: 17, tucker: 25, tt: 21, kan: 9 };
    for (const { kind, width, parameters, lower, upper, rmse, status } of one.runs) {
      expect(parameters).toBe(width * (each[kind] + 1) + 1);
      expect(status).toBe('converged');
      expect(lower <= upper && upper >= 0.9 * rmse).toBe(true);
      expect(upper - lower).toBeLessThanOrEqual(0.1 * rmse * (1 + 1e-9));
    }
    expect(one.curves.map(({ points }) => points.length)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(one.curves.map(({ rate }) => rate)).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it('training lowers the error, more neurons more so, and the rate is estimated', async () => {
    configure({ threads: 2 });
    const [curve] = (
      await expressivityCurve(target, square, { ...options, kinds: ['quadratic'], widths: [1, 2, 4], steps: 300 })
    ).curves;
    const errors = curve.points.map(({ upper }) => upper);
    expect(errors[2]).toBeLessThan(errors[0]);
    // The values fill [0, 1]: no constant is nearer than 1/2.
    expect(errors[2]).toBeLessThan(0.5);
    expect(curve.rate?.n).toBe(3);
    expect(curve.rate?.slope).toBeLessThan(0);
  });

  it('aborted, it reports what has ended; bad input is refused', async () => {
    const control = new AbortController();
    configure({ threads: 1 });
    const { status, runs } = await expressivityCurve(target, square, {
      ...options,
      signal: control.signal,
      onProgress: ({ done }) => {
        if (done === 2) control.abort();
      },
    });
    expect([status, runs.length]).toEqual(['aborted', 2]);
    await expect(expressivityCurve(target, square, { ...options, widths: [0] })).rejects.toThrow(
      'expressivityCurve: widths[0] must be a positive integer: got 0',
    );
    await expect(expressivityCurve(target, square, { ...options, steps: 0.5 })).rejects.toThrow(
      'expressivityCurve: steps must be a positive integer: got 0.5',
    );
    await expect(expressivityCurve(target, square, { ...options, tolerance: 0 })).rejects.toThrow(
      'expressivityCurve: tolerance must be positive and finite: got 0',
    );
    await expect(expressivityCurve(target, [[0, 1]], options)).rejects.toThrow(
      'functionTarget: the domain must have 2 axes: got 1',
    );
  });
});

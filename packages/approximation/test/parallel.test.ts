import { activation, init, linear, sequential } from '@neuronseek/network';
import { parse } from '@neuronseek/neurons';
import { configure } from '@neuronseek/tensor/parallel';
import { key } from '@neuronseek/tensor/random';
import { afterAll, describe, expect, it } from 'vitest';
import { certificateFault, certifySupNorm, formulaFunction, functionTarget, networkFunction } from '../src/index.js';
import { certifySupNormInThreads } from '../src/parallel/index.js';

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

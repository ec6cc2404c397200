import { fc, test } from '@fast-check/vitest';
import { activation, linear } from '@neuronseek/network';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { expect, it } from 'vitest';
import { hingesOf, hingeValues } from '../src/certificates/hinge-values.js';
import { type Network, networkOf } from '../src/constructions/network.js';
import { compare } from '../src/exact/rational.js';
import { rational, toRational } from '../src/index.js';

/** Weights of either sign and 0, so that units open to the right, to the left, or not at all. */
const weight = fc.integer({ min: -3, max: 3 }).map((i) => i / 2);
const unit = fc.record({ inner: weight, offset: weight, outer: weight });

test.prop([
  fc.array(unit, { minLength: 1, maxLength: 8 }),
  weight,
  fc.uniqueArray(fc.integer({ min: -64, max: 64 }), { minLength: 1, maxLength: 12 }),
])('the sweep over the weights agrees with the network run layer by layer', (units, bias, at) => {
  const n = units.length;
  const column = (name: 'inner' | 'offset' | 'outer'): Float64Array => Float64Array.from(units, (u) => u[name]);
  const params: readonly Readonly<Record<string, Tensor>>[] = [
    { weight: tensor(column('inner'), [1, n]), bias: tensor(column('offset')) },
    {},
    { weight: tensor(column('outer'), [n, 1]), bias: tensor([bias]) },
  ];
  const h: Network<1> = networkOf(
    [linear(1, n), activation('relu'), linear(n, 1)],
    { params, state: [{}, {}, {}] },
    { dimension: 1, evaluationError: 0 },
  );
  const hinges = hingesOf(h);
  if (!hinges) throw new Error('the network has hinges');
  const points = at.sort((a, b) => a - b).map((i) => rational(BigInt(i), 7n));
  const values = hingeValues(hinges, points);
  points.forEach((x, i) => {
    expect(compare(values[i], h.evaluateRational?.([x]) ?? rational(99n))).toBe(0);
  });
});

it('other networks have no hinges to read', () => {
  const params = [{ weight: tensor([[1]]), bias: tensor([0]) }];
  const h = networkOf([linear(1, 1)], { params, state: [{}] }, { dimension: 1, evaluationError: 0 });
  expect(hingesOf(h)).toBeUndefined();
  expect(h.evaluateRational?.([toRational(0.5)])).toEqual(rational(1n, 2n));
  expect(() =>
    networkOf([activation('tanh')], { params: [{}], state: [{}] }, { dimension: 1, evaluationError: 0 }),
  ).toThrow('networkOf: layers[0] must be linear, relu or identity to be evaluated exactly: got tanh');
  expect(() => networkOf([linear(1, 1)], { params: [], state: [] }, { dimension: 1, evaluationError: 0 })).toThrow(
    'parameterOf: the parameters of layers[0] have no tensor "weight"',
  );
});

import { runInNewContext } from 'node:vm';
import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type ExpressionNeuron, evaluate, polynomialNeuron, print } from '../../src/index.js';
import { toData, toTensor } from '../support/bridge.js';
import { namedNeurons } from '../support/named-neuron.js';
import { referenceValue } from '../support/reference-value.js';

/** Runs what is printed in a realm of its own. */
function run(neuron: Parameters<typeof print>[0], x: readonly number[]): number[] {
  const code = print(neuron, { format: 'javascript' });
  const value: unknown = runInNewContext(`(${code})(x)`, { x });
  return neuron.outputs === 1 ? [Number(value)] : Array.from(value as Iterable<number>);
}

const inputs = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('printed JavaScript', () => {
  test.prop([namedNeurons, inputs])('has the value of the formula to the last bit', (neuron, all) => {
    const x = all.slice(0, neuron.inputs);
    expectSameBits(
      run(neuron, x),
      neuron.expressions.map((formula) => referenceValue(formula, x)),
    );
  });

  test('agrees with evaluate to the last bit where functions agree', () => {
    const a = { op: 'feature', index: 0 } as const;
    const b = { op: 'feature', index: 1 } as const;
    const neuron: ExpressionNeuron = {
      kind: 'expression',
      inputs: 2,
      outputs: 2,
      features: ['a', 'b'],
      expressions: [
        { op: 'divide', numerator: { op: 'add', terms: [a, { op: 'negate', argument: b }] }, denominator: a },
        { op: 'total', argument: { op: 'multiply', factors: [{ op: 'number', value: 0.1 }, { op: 'vector' }, b] } },
      ],
    };
    for (const x of [
      [0.1, 0.7],
      [-3, 1e-300],
      [0, 1],
    ]) {
      const y = evaluate(neuron, toTensor({ shape: [1, 2], data: Float64Array.from(x) }));
      expectSameBits(run(neuron, x), toData(y).data);
    }
  });

  test('a polynomial neuron without terms', () => {
    expect(run(polynomialNeuron({ inputs: 1, outputs: 2 }), [1])).toEqual([0, 0]);
  });
});

import { fc, test } from '@fast-check/vitest';
import { shape } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { applyView, asTensor, grad, mul, sameShape, showShape, sum, tensor, type ViewOp } from '../src/index.js';

describe('asTensor', () => {
  it.each([
    [2, 'float32', 'float32'],
    [2.5, 'float32', 'float32'],
    [2, 'int32', 'int32'],
    [2.5, 'int32', 'float64'],
    [2 ** 31, 'int32', 'float64'],
    [-(2 ** 31), 'bool', 'int32'],
    [Number.NaN, 'bool', 'float64'],
  ] as const)('%d beside %s is %s', (value, beside, dtype) => {
    const x = asTensor('f', value, tensor([1], undefined, { dtype: beside }));
    expect([x.dtype, x.shape, x.item()]).toEqual([dtype, [], value]);
  });

  it('leaves tensors alone, makes float64 of a number by itself and refuses the rest by the name given', () => {
    const x = tensor([1]);
    expect(asTensor('f', x)).toBe(x);
    expect(asTensor('f', 3).dtype).toBe('float64');
    const wrong: unknown = [1];
    expect(() => Reflect.apply(asTensor, undefined, ['f', wrong])).toThrow(
      new TypeError('f: expected a tensor or a number, got an array; make a tensor of it with tensor(…)'),
    );
  });
});

test.prop([shape(), shape()])('two shapes are the same when they are written the same', (a, b) => {
  expect(sameShape(a, b)).toBe(showShape(a) === showShape(b));
  expect(sameShape(a, [...a])).toBe(true);
  expect(showShape(a)).toBe(JSON.stringify(a).replaceAll(',', ', '));
});

describe('applyView', () => {
  /** Every second element from the front. */
  const evens: ViewOp<undefined> = {
    name: 'evens',
    view: (x) => ({ shape: [Math.ceil(x.size / 2)], strides: [2 * x.strides[0]], offset: x.offset }),
    vjp: (g, x) => tensor(Array.from({ length: x.size }, (_, i) => (i % 2 === 0 ? g.toTypedArray()[i / 2] : 0))),
  };

  test.prop([fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 })])(
    'reads the same memory, and its derivative is that of the view',
    (values) => {
      const x = tensor(values);
      const y = applyView(evens, x, undefined);
      expect(y.data).toBe(x.data);
      expect(y.toArray()).toEqual(values.filter((_, i) => i % 2 === 0));
      const gradient = grad((v: typeof x) => sum(mul(applyView(evens, v, undefined), 3)))(x);
      expect(gradient.toArray()).toEqual(values.map((_, i) => (i % 2 === 0 ? 3 : 0)));
    },
  );
});

import { fc, test } from '@fast-check/vitest';
import { type Data, data, expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { arange, eye, full, ones, tensor, zeros } from '../../src/core/create.js';
import { grad, valueAndGrad } from '../../src/core/grad.js';
import { relu } from '../../src/core/ops/activations.js';
import { add, div, mul, neg, sub } from '../../src/core/ops/arithmetic.js';
import { astype } from '../../src/core/ops/astype.js';
import { greater } from '../../src/core/ops/compare.js';
import { concat, stack } from '../../src/core/ops/concat.js';
import { exp, log } from '../../src/core/ops/exponential.js';
import { dot, matmul } from '../../src/core/ops/matmul.js';
import { maximum, minimum, power } from '../../src/core/ops/power.js';
import { max, mean, std, variance } from '../../src/core/ops/reduce.js';
import { sqrt, square } from '../../src/core/ops/roots.js';
import { abs } from '../../src/core/ops/sign.js';
import { slice } from '../../src/core/ops/slice.js';
import { logsumexp, softmax } from '../../src/core/ops/softmax.js';
import { broadcastTo, sum } from '../../src/core/ops/sum-broadcast.js';
import { take } from '../../src/core/ops/take.js';
import { cos, sin } from '../../src/core/ops/trigonometric.js';
import { where } from '../../src/core/ops/where.js';
import type { Tensor } from '../../src/core/tensor.js';
import { vjp } from '../../src/core/vjp.js';
import { elements, fromData } from '../support/elements.js';

/** The n-th derivative of a scalar function. */
function nth(f: (x: Tensor) => Tensor, n: number): (x: Tensor) => Tensor {
  return n === 0 ? f : nth(grad(f), n - 1);
}

/** Hessian of f at x, row by row: the gradient of each entry of the gradient. */
function hessianOf(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  return stack(Array.from({ length: x.size }, (_, i) => grad((y: Tensor) => slice(grad(f)(y), [i]))(x)));
}

describe('higher orders', () => {
  const coefficients = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });

  test.prop([coefficients, fc.integer({ min: -3, max: 3 })])(
    'derivatives of polynomials are exact to order 4',
    (c, at) => {
      const horner = (x: Tensor): Tensor => c.reduceRight((value: Tensor, a) => add(mul(value, x), a), tensor(0));
      const powers = (x: Tensor): Tensor =>
        c.reduce((value: Tensor, a, k) => add(value, mul(power(x, k), a)), tensor(0));
      for (let order = 0; order <= 4; order++) {
        const falling = (k: number): number =>
          order === 0 ? 1 : Array.from({ length: order }, (_, i) => k - i).reduce((p, v) => p * v, 1);
        const expected = c.reduce((total, a, k) => (k < order ? total : total + a * falling(k) * at ** (k - order)), 0);
        expect(nth(horner, order)(tensor(at)).item() + 0).toBe(expected + 0);
        // 0 is among the points: the rule for powers holds there too.
        expect(nth(powers, order)(tensor(at)).item() + 0).toBe(expected + 0);
      }
    },
  );

  test('of sin and exp return after four steps', () => {
    const at = (f: (x: Tensor) => Tensor, n: number): number => nth(f, n)(tensor(0.7)).item();
    const expected = [Math.sin(0.7), -Math.cos(0.7), Math.exp(0.7)];
    expectClose([at(sin, 4), at(sin, 3), at(exp, 5)], expected, { factor: 4 });
  });

  test.prop([data({ shape: [4, 4] }), data({ shape: [4] })])('the Hessian of a quadratic form is A + Aᵀ', (a, x) => {
    const form = (y: Tensor): Tensor => dot(y, matmul(fromData(a), y));
    const expected = Array.from({ length: 16 }, (_, q) => a.data[q] + a.data[(q % 4) * 4 + Math.floor(q / 4)]);
    expectClose(elements(hessianOf(form, fromData(x))), expected, { factor: 4 });
  });

  test('the Hessian of logsumexp is diag(p) − p·pᵀ', () => {
    const x = tensor([0.3, -1, 2]);
    const p = elements(softmax(x));
    const expected = p.flatMap((pi, i) => p.map((pj, j) => (i === j ? pi : 0) - pi * pj));
    expectClose(elements(hessianOf((y) => logsumexp(y), x)), expected, { factor: 16 });
  });

  test('a Hessian–vector product by a pullback of a gradient', () => {
    const f = (x: Tensor): Tensor => sum(mul(power(x, 3), sin(x)));
    const [x, v] = [tensor([0.5, 1.5]), tensor([2, -1])];
    const product = vjp(grad(f), x).pullback(v);
    const second = (t: number): number => 6 * t * Math.sin(t) + 6 * t * t * Math.cos(t) - t ** 3 * Math.sin(t);
    expectClose(elements(product), [2 * second(0.5), -second(1.5)], { factor: 16 });
  });
});

describe('nesting', () => {
  test('does not confuse variables: d/dx [x · d/dy (x + y)] = 1', () => {
    const f = (x: Tensor): Tensor => mul(x, grad((y: Tensor) => add(x, y))(tensor(3)));
    expect(grad(f)(tensor(5)).item()).toBe(1);
  });

  test('sees captured variables: d/dx d/dy (x²·y³) = 6·x·y²', () => {
    const inner = (x: Tensor, y: Tensor): Tensor => grad((z: Tensor) => mul(square(x), power(z, 3)))(y);
    expect(grad((x: Tensor) => inner(x, tensor(2)))(tensor(5)).item()).toBe(6 * 5 * 4);
    // The same point for both: y = x inside, so the derivative is that of 3·x⁴.
    expect(grad((x: Tensor) => inner(x, x))(tensor(2)).item()).toBe(12 * 8);
    expect(
      grad((x: Tensor) => grad((y: Tensor) => grad((z: Tensor) => mul(mul(x, y), z))(y))(x))(tensor(7)).item(),
    ).toBe(1);
  });

  test('the value of an inner derivative belongs to the outer one', () => {
    const outer = (x: Tensor): Tensor => {
      const { value, grad: slope } = valueAndGrad((y: Tensor) => mul(y, y))(x);
      return add(value, slope);
    };
    expect(grad(outer)(tensor(3)).item()).toBe(2 * 3 + 2);
  });

  test('a cotangent may depend on an outer variable', () => {
    const f = (g: Tensor): Tensor => sum(vjp((x: Tensor) => square(x), tensor([1, 2])).pullback(g));
    expect(grad(f)(tensor([5, 7])).toArray()).toEqual([2, 4]);
  });

  test('an inner derivative of something else contributes nothing', () => {
    const f = (x: Tensor): Tensor => add(x, grad((y: Tensor) => square(y))(tensor(4)));
    expect(grad(f)(tensor(1)).item()).toBe(1);
  });
});

describe('where rules meet', () => {
  const gradientOf = (f: (x: Tensor) => Tensor, values: number[]): number[] =>
    elements(grad((x: Tensor) => sum(f(x)))(tensor(values)));

  test('power at 0 and at exponent 0', () => {
    expect(gradientOf((x) => power(x, 2), [0, 1])).toEqual([0, 2]);
    expect(gradientOf((x) => power(x, 1), [0])).toEqual([1]);
    expect(gradientOf((x) => power(x, 0), [0, 3])).toEqual([0, 0]);
    expect(gradientOf((x) => power(x, 0.5), [0, 4])).toEqual([Number.POSITIVE_INFINITY, 0.25]);
    expect(gradientOf((x) => power(x, -1), [2])).toEqual([-0.25]);
    expect(gradientOf((x) => power(x, 3), [-2])).toEqual([12]);
    expectClose(
      gradientOf((b) => power(tensor([0, 0, 2]), b), [0, 2, 3]),
      [0, 0, 8 * Math.LN2],
      { factor: 4 },
    );
    const mixed = grad((b: Tensor) => grad((a: Tensor) => power(a, b))(tensor(4)));
    expect(mixed(tensor(0)).item()).toBe(0.25);
  });

  test('kinks take the derivative that is documented', () => {
    expect(gradientOf(abs, [-2, 0, 3])).toEqual([-1, 0, 1]);
    expect(gradientOf(relu, [-2, 0, 3])).toEqual([0, 0, 1]);
    expect(gradientOf((x) => maximum(x, 0), [-2, 0, 3])).toEqual([0, 0.5, 1]);
    expect(gradientOf((x) => minimum(x, 0), [-2, 0, 3])).toEqual([1, 0.5, 0]);
    expect(gradientOf((x) => max(x), [1, 4, 4])).toEqual([0, 0.5, 0.5]);
    expect(gradientOf((x) => astype(astype(x, 'int32'), 'float64'), [1.5])).toEqual([0]);
  });

  test('the branch not taken passes nothing on, but NaN spreads unless its argument is masked', () => {
    const root = (x: Tensor): Tensor => where(greater(x, 0), sqrt(x), 0);
    expect(gradientOf(root, [4])).toEqual([0.25]);
    expect(gradientOf(root, [-1])[0]).toBeNaN();
    expect(gradientOf((x) => where(greater(x, 0), sqrt(where(greater(x, 0), x, 1)), 0), [-1, 4])).toEqual([0, 0.25]);
  });

  test('a mask is an operand without derivative once it is cast', () => {
    expect(gradientOf((x) => mul(x, astype(greater(x, 0), 'float64')), [-1, 2])).toEqual([0, 1]);
  });

  test('repeated elements add up', () => {
    expect(gradientOf((x) => take(x, [0, 0, 1]), [1, 2])).toEqual([2, 1]);
    expect(gradientOf((x) => concat([x, x, neg(x)]), [1, 2])).toEqual([1, 1]);
    expect(gradientOf((x) => broadcastTo(x, [3, 2]), [1, 2])).toEqual([3, 3]);
    expect(gradientOf((x) => mul(x, x), [3])).toEqual([6]);
    expect(gradientOf((x) => matmul(x, x), [3, 4])).toEqual([6, 8]);
  });

  test('of mean, variance and std', () => {
    const x = [1, 2, 6];
    expectClose(
      gradientOf((t) => mean(t), x),
      [1 / 3, 1 / 3, 1 / 3],
      { factor: 2 },
    );
    expectClose(
      gradientOf((t) => variance(t), x),
      x.map((v) => (2 * (v - 3)) / 3),
      { factor: 8 },
    );
    expectClose(
      gradientOf((t) => std(t, { correction: 1 }), x),
      x.map((v) => (v - 3) / 2 / Math.sqrt(7)),
      { factor: 8 },
    );
  });

  test('of a quotient whose both parts depend on x', () => {
    const f = (x: Tensor): Tensor => div(sub(exp(x), 1), add(cos(x), log(x)));
    const x = 1.3;
    const [u, v] = [Math.exp(x) - 1, Math.cos(x) + Math.log(x)];
    const expected = Math.exp(x) / v - (u * (1 / x - Math.sin(x))) / v ** 2;
    expectClose(gradientOf(f, [x]), [expected], { factor: 16 });
  });

  test.prop([data({ minOrder: 0, maxOrder: 3 })])('of nothing and of order 0', (d: Data) => {
    const x = fromData(d);
    const pulled = grad((t: Tensor) => sum(square(t)))(x);
    expect(pulled.shape).toEqual(d.shape);
    expect(elements(pulled)).toEqual([...d.data].map((v) => 2 * v));
  });

  test('a loss in float32 has gradients in float32', () => {
    const w = astype(eye(2), 'float32');
    const { value, grad: g } = valueAndGrad((m: Tensor) =>
      mean(square(sub(matmul(m, ones([2, 1], { dtype: 'float32' })), 2))),
    )(w);
    expect(value.dtype).toBe('float32');
    expect(g.dtype).toBe('float32');
    expect(g.toArray()).toEqual([
      [-1, -1],
      [-1, -1],
    ]);
    const mixed = grad((m: Tensor) => sum(mul(m, full([2, 2], 0.1))))(w);
    expect(mixed.dtype).toBe('float32');
    expect(elements(mixed)).toEqual(new Array(4).fill(Math.fround(0.1)));
    expect(grad((m: Tensor) => sum(concat([m, zeros([1, 2])])))(w).dtype).toBe('float32');
  });
});

test('a chain of 20,000 operations is differentiated without running out of stack', () => {
  const chain = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 20_000; i++) y = i % 2 === 0 ? add(y, 1) : mul(y, 1);
    return sum(y);
  };
  expect(grad(chain)(arange(2)).toArray()).toEqual([1, 1]);
  expect(nth((x) => mul(chain(x), x), 2)(tensor(3)).item()).toBe(2);
});

test('a value used along exponentially many paths is pulled once', () => {
  const f = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 60; i++) y = add(y, y);
    return y;
  };
  expect(grad(f)(tensor(1)).item()).toBe(2 ** 60);
});

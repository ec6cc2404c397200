import { fc, test } from '@fast-check/vitest';
import { astype, matmul, mul, ones, reshape, slice, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  fold,
  khatriRao,
  kronecker,
  type ModeProductOptions,
  modeProduct,
  modeProductDefaults,
  mttkrp,
  unfold,
} from '../src/index.js';
import { permutations, tensorAndFactors, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';

/** Same shape, and elements apart by no more than the rounding of sums of `terms` products of the size of `scale`. */
function expectSame(received: Tensor, expected: Tensor, terms: number, scale = 4 ** 4): void {
  expect(received.shape).toEqual(expected.shape);
  expectClose(received.toTypedArray(), expected.toTypedArray(), { factor: 4 * terms, scale: terms * scale });
}

const tensorAndMode = tensorAndFactors().map(({ x, mode }) => ({ x, mode }));

describe('unfold and fold', () => {
  test.prop([tensorAndMode])('fold undoes unfold', ({ x, mode }) => {
    const back = fold(unfold(x, mode), mode, x.shape);
    expect(back.shape).toEqual(x.shape);
    expectSameBits(back.toTypedArray(), x.toTypedArray());
  });

  test.prop([tensorAndMode])('row i of the unfolding holds the slice at i in row-major order', ({ x, mode }) => {
    const rows = unfold(x, mode);
    for (let i = 0; i < x.shape[mode]; i++) {
      const part = slice(x, [...new Array<undefined>(mode).fill(undefined), i]);
      expectSameBits(slice(rows, [i]).toTypedArray(), part.toTypedArray());
    }
  });

  test.prop([tensorAndMode])(
    'Kolda’s column order: the first of the other modes runs fastest, and fold undoes it',
    (p) => {
      const { x, mode } = p;
      const matrix = unfold(x, mode, { columns: 'kolda' });
      const rows = matrix.toArray<number[][]>();
      const others = x.shape.flatMap((_, m) => (m === mode ? [] : [m]));
      const values = x.toTypedArray();
      const index = x.shape.map(() => 0);
      for (let q = 0; q < x.size; q++) {
        for (let m = x.order - 1, rest = q; m >= 0; rest = Math.floor(rest / x.shape[m]), m--)
          index[m] = rest % x.shape[m];
        // j = Σ_m i_m · Π_{k before m, k≠n} I_k (Kolda & Bader 2009, section 2.4)
        const j = others.reduceRight((sum, m) => sum * x.shape[m] + index[m], 0);
        expect(rows[index[mode]][j]).toBe(values[q]);
      }
      expectSameBits(fold(matrix, mode, x.shape, { columns: 'kolda' }).toTypedArray(), values);
    },
  );

  test.prop([tensorAndFactors({ minOrder: 2 })])(
    'in Kolda’s order the Khatri–Rao product takes the factors reversed',
    (p) => {
      const { x, factors, mode } = p;
      const others = factors.filter((_, m) => m !== mode);
      const product = matmul(unfold(x, mode, { columns: 'kolda' }), khatriRao([...others].reverse()));
      expectSame(product, mttkrp(x, factors, mode), x.size / x.shape[mode]);
    },
  );

  test('mode 0 and its inverse are views', () => {
    const x = zeros([2, 3, 4]);
    expect(unfold(x, 0).data).toBe(x.data);
    expect(fold(unfold(x, 0), 0, x.shape).data).toBe(x.data);
  });

  test('empty tensors keep their shapes', () => {
    expect(unfold(zeros([0, 3, 2]), 1).shape).toEqual([3, 0]);
    expect(fold(zeros([3, 0]), 1, [0, 3, 2]).shape).toEqual([0, 3, 2]);
  });

  test('have the derivatives that differences show', () => {
    const x = tensor(
      Float64Array.from({ length: 24 }, (_, i) => Math.cos(i)),
      [2, 3, 4],
    );
    checkGradient(([y]) => mul(unfold(y, 1), unfold(y, 1)), [x]);
    const kolda = { columns: 'kolda' } as const;
    checkGradient(([y]) => mul(unfold(y, 1, kolda), unfold(y, 1)), [x]);
    checkGradient(([y]) => mul(fold(y, 1, [2, 6, 2], kolda), fold(y, 1, [2, 6, 2])), [reshape(x, [6, 4])]);
    checkGradient(([y]) => mul(fold(y, 1, [2, 6, 2]), fold(y, 1, [2, 6, 2])), [reshape(x, [6, 4])]);
  });
});

describe('modeProduct', () => {
  const withMatrices = tensorAndMode.chain(({ x, mode }) =>
    fc.record({
      x: fc.constant(x),
      mode: fc.constant(mode),
      other: fc.nat(x.order - 1),
      a: fc.integer({ min: 1, max: 3 }).chain((k) => tensorOf([k, x.shape[mode]])),
      b: fc.integer({ min: 1, max: 3 }),
      key: fc.nat(1000),
    }),
  );

  test.prop([withMatrices])('is the matrix times the unfolding', ({ x, mode, a }) => {
    expectSame(unfold(modeProduct(x, a, mode), mode), matmul(a, unfold(x, mode)), x.shape[mode]);
  });

  test.prop([withMatrices])('commutes across modes', ({ x, mode, other, a, b, key }) => {
    fc.pre(other !== mode);
    const c = irregular([b, x.shape[other]], key);
    const one = modeProduct(modeProduct(x, a, mode), c, other);
    const two = modeProduct(modeProduct(x, c, other), a, mode);
    expectSame(one, two, x.shape[mode] * x.shape[other]);
  });

  test.prop([withMatrices])('composes within a mode', ({ x, mode, a, b, key }) => {
    const c = irregular([b, a.shape[0]], key);
    const one = modeProduct(modeProduct(x, a, mode), c, mode);
    expectSame(one, modeProduct(x, matmul(c, a), mode), x.shape[mode] * a.shape[0]);
  });

  test.prop([withMatrices])('transposed, and by a vector, is the same product', ({ x, mode, a }) => {
    const product = modeProduct(x, a, mode);
    expectSameBits(modeProduct(x, transpose(a), mode, { transpose: true }).toTypedArray(), product.toTypedArray());
    const contracted = modeProduct(x, slice(a, [0]), mode);
    expect(contracted.shape).toEqual(x.shape.filter((_, m) => m !== mode));
    const first = slice(product, [...new Array<undefined>(mode).fill(undefined), 0]);
    expectSame(contracted, first, x.shape[mode]);
  });

  test('has the derivatives that differences show, in every mode', () => {
    const x = irregular([2, 3, 4], 5);
    x.shape.forEach((n, mode) => {
      checkGradient(([y, a]) => modeProduct(y, a, mode), [x, irregular([2, n], 6)]);
      checkGradient(([y, a]) => modeProduct(y, a, mode, { transpose: true }), [x, irregular([n, 2], 7)]);
      checkGradient(([y, v]) => modeProduct(y, v, mode), [x, irregular([n], 8)]);
    });
  });

  test('defaults are those of the doc', () => {
    const x = irregular([2, 3], 1);
    const a = irregular([3, 3], 2);
    expect(modeProductDefaults).toEqual<Required<ModeProductOptions>>({ transpose: false });
    expectSameBits(modeProduct(x, a, 1).toTypedArray(), modeProduct(x, a, 1, modeProductDefaults).toTypedArray());
  });
});

describe('khatriRao and kronecker', () => {
  const matrices = fc
    .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }))
    .chain(([rows, rank]) => fc.tuple(...rows.map((n) => tensorOf([n, rank]))));

  test.prop([matrices])('column r of khatriRao is the Kronecker product of columns r', (list) => {
    const product = khatriRao(list);
    for (let r = 0; r < product.shape[1]; r++) {
      const column = (m: Tensor): Tensor => slice(m, [undefined, { start: r, stop: r + 1 }]);
      expectSameBits(column(product).toTypedArray(), kronecker(list.map(column)).toTypedArray());
    }
  });

  test.prop([matrices])('the Gram matrix of khatriRao is the product of the Gram matrices', (list) => {
    const gram = (m: Tensor): Tensor => matmul(transpose(m), m);
    const expected = list.map(gram).reduce((a, b) => mul(a, b));
    expectSame(gram(khatriRao(list)), expected, 81, 4 ** 8);
  });

  test.prop([
    fc
      .array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 })
      .chain(([m, k, n, p, q, s]) => fc.tuple(tensorOf([m, k]), tensorOf([k, n]), tensorOf([p, q]), tensorOf([q, s]))),
  ])('(A ⊗ B)(C ⊗ D) = AC ⊗ BD', ([a, c, b, d]) => {
    expectSame(matmul(kronecker([a, b]), kronecker([c, d])), kronecker([matmul(a, c), matmul(b, d)]), 9);
  });

  test.prop([matrices])('both are associative, and one matrix is itself', (list) => {
    expect(khatriRao([list[0]])).toBe(list[0]);
    expect(kronecker([list[0]])).toBe(list[0]);
    const [first, ...rest] = list;
    if (rest.length === 0) return;
    for (const product of [khatriRao, kronecker]) {
      expectSame(product([first, product(rest)]), product(list), 1);
    }
  });

  test('have the derivatives that differences show', () => {
    const list = [irregular([2, 2], 1), irregular([3, 2], 2), irregular([2, 2], 3)];
    checkGradient(khatriRao, list);
    checkGradient(kronecker, list.slice(0, 2));
  });
});

describe('mttkrp', () => {
  test.prop([tensorAndFactors({ maxOrder: 5, maxSize: 3 })])(
    'is the unfolding times the Khatri–Rao product',
    ({ x, factors, mode }) => {
      const others = factors.filter((_, m) => m !== mode);
      const product = others.length > 0 ? khatriRao(others) : ones([1, factors[0].shape[1]]);
      const expected = matmul(unfold(x, mode), product);
      expectSame(mttkrp(x, factors, mode), expected, x.size, 4 ** 5);
    },
  );

  test.prop([tensorAndFactors().chain((p) => fc.tuple(fc.constant(p), permutations(p.x.order)))])(
    'knows no order of the modes: a transposed view gives the same',
    ([{ x, factors, mode }, axes]) => {
      const received = mttkrp(
        transpose(x, axes),
        axes.map((m) => factors[m]),
        axes.indexOf(mode),
      );
      expectSame(received, mttkrp(x, factors, mode), x.size);
    },
  );

  test('has the derivatives that differences show, with respect to the tensor and every factor', () => {
    const x = irregular([2, 3, 2], 4);
    const factors = x.shape.map((n, m) => irregular([n, 2], 9 + m));
    x.shape.forEach((_, mode) => {
      checkGradient(([y, ...as]) => mttkrp(y, as, mode), [x, ...factors]);
    });
  });

  test('float32 stays float32, anything else is float64', () => {
    const x = irregular([2, 3], 4);
    const factors = x.shape.map((n) => irregular([n, 2], n));
    const single = [x, ...factors].map((t) => astype(t, 'float32'));
    const narrow = mttkrp(single[0], single.slice(1), 0);
    expect(narrow.dtype).toBe('float32');
    expect(mttkrp(single[0], factors, 0).dtype).toBe('float64');
    // Operands and result are rounded to 24 bits, sums are not.
    expectClose(narrow.toTypedArray(), mttkrp(x, factors, 0).toTypedArray(), {
      factor: 6,
      scale: 12,
      epsilon: 2 ** -23,
    });
    expect(mttkrp(tensor([[1, 2]], undefined, { dtype: 'int32' }), [zeros([1, 1]), ones([2, 1])], 0).item()).toBe(3);
  });

  test('an empty sum is zero', () => {
    expect(mttkrp(zeros([2, 0]), [zeros([2, 1]), zeros([0, 1])], 0).toArray()).toEqual([[0], [0]]);
  });
});

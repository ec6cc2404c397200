import { mul, reshape, sub, sum, type Tensor, tensor, transpose } from '@neuronseek/tensor';
import { svd } from '@neuronseek/tensor/linalg';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { khatriRao, mttkrp, unfold } from '../src/index.js';
import { irregular } from './irregular.js';

const range = (first: number, shape: readonly number[]): Tensor =>
  tensor(
    Float64Array.from({ length: shape[0] * shape[1] }, (_, q) => first + q),
    shape,
  );

describe('peers’ cases of multilinear algebra', () => {
  test('Khatri–Rao products of integers, 9 × 3 and 48 × 3 (peer case 21)', () => {
    const a = range(1, [3, 3]);
    expect(khatriRao([a, transpose(a)]).toArray()).toEqual([
      [1, 8, 21],
      [2, 10, 24],
      [3, 12, 27],
      [4, 20, 42],
      [8, 25, 48],
      [12, 30, 54],
      [7, 32, 63],
      [14, 40, 72],
      [21, 48, 81],
    ]);
    const matrices = [range(1, [3, 3]), range(10, [4, 3]), range(22, [2, 3]), range(28, [2, 3])];
    const product = khatriRao(matrices).toArray<number[][]>();
    expect(product).toHaveLength(48);
    product.forEach((row, q) => {
      // Row q = (((i·4 + j)·2 + k)·2 + l), entries by the definition.
      const [i, j, k, l] = [q >> 4, (q >> 2) & 3, (q >> 1) & 1, q & 1];
      expect(row).toEqual(
        [0, 1, 2].map((r) => (1 + 3 * i + r) * (10 + 3 * j + r) * (22 + 3 * k + r) * (28 + 3 * l + r)),
      );
    });
    expect([product[0], product[17], product[47]]).toEqual([
      [6160, 14674, 25920],
      [27280, 40480, 57024],
      [103075, 133120, 168399],
    ]);
    expectSameBits(khatriRao([a]).toTypedArray(), a.toTypedArray());
    expect(() => khatriRao([range(0, [3, 4]), range(0, [3, 4]), range(0, [3, 2])])).toThrow(RangeError);
    expect(() => khatriRao([a, reshape(range(0, [3, 4]), [3, 2, 2])])).toThrow(RangeError);
  });

  test('MTTKRP of [10, 10, 10, 4] is unfolding times Khatri–Rao product, weights taken into it (peer case 22)', () => {
    const shape = [10, 10, 10, 4];
    const x = irregular(shape, 1);
    const weights = irregular([5], 2);
    const factors = shape.map((n, m) => irregular([n, 5], m + 3));
    shape.forEach((n, mode) => {
      const others = factors.filter((_, m) => m !== mode);
      const columns = khatriRao(others).toArray<number[][]>();
      const rows = unfold(x, mode).toArray<number[][]>();
      const scale = weights.toTypedArray();
      const expected = rows.flatMap((row) =>
        [0, 1, 2, 3, 4].map((r) => row.reduce((total, v, j) => total + v * columns[j][r], 0) * scale[r]),
      );
      const found = mul(mttkrp(x, factors, mode), weights);
      expect(found.shape).toEqual([n, 5]);
      expectClose(found.toTypedArray(), expected, { factor: 64, scale: 2000 });
    });
  });

  test.each([
    [10, 5],
    [10, 10],
    [5, 10],
  ])('truncated singular value decompositions of %i × %i at ranks 1 to 10 (peer case 23)', (rows, cols) => {
    const x = irregular([rows, cols], 3);
    const { u, s, vt } = svd(x);
    for (let rank = 1; rank <= 10; rank++) {
      const kept = Math.min(rank, rows, cols);
      const [left, right] = [u.toArray<number[][]>(), vt.toArray<number[][]>()];
      const values = s.toArray<number[]>();
      const model = tensor(
        left.map((row) =>
          Array.from({ length: cols }, (_, j) =>
            Array.from({ length: kept }, (__, r) => row[r] * values[r] * right[r][j]).reduce(
              (total, v) => total + v,
              0,
            ),
          ),
        ),
      );
      const rest = sub(x, model);
      const tail = Math.hypot(...values.slice(kept));
      expectClose([Math.sqrt(sum(mul(rest, rest)).item())], [tail], { factor: 256, scale: values[0] });
    }
  });
});

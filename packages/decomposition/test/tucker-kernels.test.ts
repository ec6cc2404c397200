import { fc, test } from '@fast-check/vitest';
import { matmul, matrixTranspose, type Tensor, tensor } from '@neuronseek/tensor';
import { type Workspace, workspace } from '@neuronseek/tensor/kernels';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { modeProducts, unfold } from '../src/index.js';
import { modeSubspace } from '../src/low-rank/mode-subspace.js';
import { modeCross } from '../src/low-rank/multiply-mode.js';
import { orthonormal } from '../src/low-rank/orthonormal.js';
import { type Scratch, scratchIn, withMemory } from '../src/low-rank/scratch.js';
import { unfoldingTriangle } from '../src/low-rank/unfolding-triangle.js';
import { eachProjection } from '../src/tucker/mode-tree.js';
import { shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { expectOrthonormal, normOf } from './tucker-laws.js';

const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
const problem = shapes({ maxOrder: 5, maxSize: 4 }).chain((shape) =>
  fc.record({
    x: tensorOf(shape),
    factors: fc.tuple(...shape.map((n) => fc.integer({ min: 1, max: 3 }).chain((rank) => tensorOf([n, rank])))),
    without: fc.array(fc.nat(shape.length - 1), { maxLength: 2 }),
    room: fc.constantFrom(0, 40, 4000),
  }),
);

test.prop([problem])(
  'every mode sees x projected in the others by the factors of that moment, whatever memory there is',
  ({ x, factors, without, room }) => {
    const current = factors.map((factor, mode) => (without.includes(mode) ? undefined : numbers(factor)));
    const wanted = factors.map((_, mode) => !without.includes(mode));
    const visited: number[] = [];
    const scratch = scratchIn(new Float64Array(room));
    eachProjection({ elements: numbers(x), shape: x.shape }, current, wanted, scratch, (mode, w) => {
      visited.push(mode);
      const modes = factors.flatMap((_, m) => (m === mode || without.includes(m) ? [] : [m]));
      const matrices = modes.map((m) => tensor(current[m] ?? [], factors[m].shape));
      const expected = modeProducts(x, matrices, { modes, transpose: true });
      expect(w.shape).toEqual(expected.shape);
      expectClose(w.elements, expected.toTypedArray(), { factor: 64, scale: 4 ** 10 });
      current[mode]?.forEach((v, q, own) => {
        own[q] = v / 2 + 1;
      });
    });
    expect(visited).toEqual(wanted.flatMap((is, mode) => (is ? [mode] : [])));
  },
);

test.prop([shapes({ maxOrder: 4 }), fc.nat(3), fc.integer({ min: 1, max: 4 })])(
  'modeCross is a product of unfoldings',
  (shape, at, other) => {
    const mode = at % shape.length;
    const x = irregular(shape, 1);
    const y = irregular(
      shape.map((n, m) => (m === mode ? other : n)),
      2,
    );
    const out = new Float64Array(shape[mode] * other).fill(Number.NaN);
    modeCross(numbers(x), shape, mode, numbers(y), other, out);
    const expected = matmul(unfold(x, mode), matrixTranspose(unfold(y, mode)));
    expectClose(out, expected.toTypedArray(), { factor: 64, scale: normOf(x) * normOf(y) });
  },
);

describe('the triangle of an unfolding', () => {
  test.each([
    [[3, 200, 5], 0],
    [[3, 7, 100], 1],
    [[90, 4], 1],
    [[4, 4], 0],
    [[5, 1, 5], 0],
    [[40, 41, 4], 0],
  ])('%j, mode %d: RᵀR is the Gram matrix, R is upper triangular', (shape, mode) => {
    const x = irregular(shape, 5);
    const n = shape[mode];
    const r = unfoldingTriangle(numbers(x), shape, mode);
    r.forEach((v, q) => {
      if (q % n < Math.floor(q / n)) expect(v).toBe(0);
    });
    const rows = unfold(x, mode);
    const gram = matmul(rows, matrixTranspose(rows)).toTypedArray();
    const square = matmul(matrixTranspose(tensor(r, [n, n])), tensor(r, [n, n])).toTypedArray();
    expectClose(square, gram, { factor: 64, scale: normOf(x) ** 2 });
  });
});

test.prop([shapes({ minOrder: 2, maxOrder: 2, maxSize: 6 }).chain(tensorOf), fc.nat(6)])(
  'orthonormal columns span those given, and are completed',
  (matrix, more) => {
    const [rows, columns] = matrix.shape;
    const count = Math.min(rows, columns + more);
    const q = tensor(orthonormal(numbers(matrix), rows, columns, count), [rows, count]);
    expectOrthonormal(q);
    if (count < columns) return;
    const back = matmul(q, matmul(matrixTranspose(q), matrix));
    expectClose(back.toTypedArray(), matrix.toTypedArray(), { factor: 64, scale: normOf(matrix) });
  },
);

describe('memory of the kernels', () => {
  const shape = [40, 41, 30];
  const x = numbers(irregular(shape, 3));
  const work = (allocate: (length: number) => Float64Array, scratch: Scratch): Float64Array[] => {
    const elements = allocate(x.length);
    elements.set(x);
    const found = [0, 1, 2].map((mode) => modeSubspace(elements, shape, mode, { rank: 3 }).basis);
    eachProjection({ elements, shape }, found.slice(), [true, true, true], scratch, (_mode, w) => {
      found.push(w.elements.slice());
    });
    return found;
  };

  test('gives the bits of ordinary arrays, however much of it there is, and is given back', () => {
    let live = 0;
    const counted = (bytes: number): Workspace | undefined => {
      const memory = workspace(bytes);
      live++;
      return (
        memory && {
          ...memory,
          release: () => {
            live--;
            memory.release();
          },
        }
      );
    };
    const plain = withMemory(x.length, 0, work, () => undefined);
    for (const working of [100, 9000, x.length]) expect(withMemory(x.length, working, work, counted)).toEqual(plain);
    const fail = (): never => {
      throw new Error('enough');
    };
    expect(() => withMemory(x.length, 10, fail, counted)).toThrow('enough');
    expect(live).toBe(0);
  });
});

import { fc, test } from '@fast-check/vitest';
import { matrixTranspose, type Tensor } from '@neuronseek/tensor';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { modeProduct, modeProducts } from '../src/index.js';
import { permutations, shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';

const problem = shapes({ maxOrder: 4, maxSize: 4 }).chain((shape) =>
  fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 4 }))).chain((rows) =>
    fc.record({
      x: tensorOf(shape),
      matrices: fc.tuple(...shape.map((n, m) => tensorOf([rows[m], n]))),
      order: permutations(shape.length),
      skip: fc.nat(shape.length - 1),
    }),
  ),
);

/** Sums have up to 4⁴ terms of up to 4⁵. */
const close = (a: Tensor, b: Tensor): void => {
  expect(a.shape).toEqual(b.shape);
  expectClose(a.toTypedArray(), b.toTypedArray(), { factor: 64, scale: 4 ** 5 * 4 ** 4 });
};

test.prop([problem])(
  'is one modeProduct after another, in whatever order the modes are named',
  ({ x, matrices, order }) => {
    const oneByOne = matrices.reduce((y, matrix, mode) => modeProduct(y, matrix, mode), x);
    close(modeProducts(x, matrices), oneByOne);
    const shuffled = order.map((mode) => matrices[mode]);
    close(modeProducts(x, shuffled, { modes: order }), oneByOne);
  },
);

test.prop([problem])('skips a mode, and multiplies by transposes', ({ x, matrices, skip }) => {
  const others = matrices.flatMap((_, mode) => (mode === skip ? [] : [mode]));
  const skipped = modeProducts(x, matrices, { skip });
  close(
    skipped,
    modeProducts(
      x,
      others.map((mode) => matrices[mode]),
      { modes: others },
    ),
  );
  expect(skipped.shape[skip]).toBe(x.shape[skip]);
  close(modeProducts(x, matrices.map(matrixTranspose), { transpose: true, skip }), skipped);
});

test.prop([problem])('leaves out the modes of vectors, which count as in x', ({ x, matrices, skip }) => {
  const mixed = matrices.map((matrix, mode) => (mode === skip ? matrix : irregular([x.shape[mode]], mode)));
  const result = modeProducts(x, mixed);
  expect(result.shape).toEqual([matrices[skip].shape[0]]);
  const rows = mixed.map((matrix, mode) => (mode === skip ? matrix : irregular([1, x.shape[mode]], mode)));
  rows.forEach((row, mode) => {
    if (mode !== skip) expect(row.toArray()).toEqual([mixed[mode].toArray()]);
  });
  expectClose(result.toTypedArray(), modeProducts(x, rows).toTypedArray(), { factor: 64, scale: 4 ** 9 });
});

test('has the derivatives of its products', () => {
  const inputs = [irregular([2, 3, 2], 1), irregular([2, 2], 2), irregular([4, 3], 3), irregular([2], 4)];
  checkGradient(([x, ...matrices]) => modeProducts(x, matrices), inputs);
});

describe.skipIf(!fixturesArePresent)('oracle fixtures of several mode products', () => {
  test('mode_dot: all modes, one skipped, all modes contracted with vectors', () => {
    const f = fixture('mode_dot');
    const x = f.tensor('inputs.X');
    const matrices = f.tensors('inputs.M');
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    const same = (received: Tensor, path: string): void => {
      expectClose(received.toTypedArray(), f.tensor(path).toTypedArray(), tolerance);
    };
    same(modeProducts(x, matrices), 'expect.multi_mode_dot');
    same(modeProducts(x, matrices, { skip: 1 }), 'expect.multi_skip1');
    expectClose(modeProducts(x, f.tensors('inputs.v')).toTypedArray(), [f.number('expect.ttv_all')], tolerance);
  });
});

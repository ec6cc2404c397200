import { mul, tensor, transpose } from '@neuronseek/tensor';
import { expectClose, expectSameBits, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import { fold, khatriRao, kronecker, modeProduct, mttkrp, unfold } from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';

/** A fixture states its tolerance relative to the largest value: as the factor of expectClose. */
const relative = (tolerance: number): { factor: number } => ({ factor: tolerance / toleranceEpsilon });

describe.skipIf(!fixturesArePresent)('oracle fixtures of multilinear algebra', () => {
  test('unfold_fold: columns in C order, and Kolda’s are the same in Fortran order', () => {
    const f = fixture('unfold_fold');
    const x = f.tensor('inputs.X');
    [0, 1, 2].forEach((mode) => {
      const unfolded = unfold(x, mode);
      const expected = f.tensor(`expect.unfoldC.${mode}`);
      expect(unfolded.shape).toEqual(expected.shape);
      expectSameBits(unfolded.toTypedArray(), expected.toTypedArray());
      expectSameBits(fold(expected, mode, x.shape).toTypedArray(), x.toTypedArray());
      const kolda = f.tensor(`expect.unfoldKolda.${mode}`);
      expectSameBits(unfold(x, mode, { columns: 'kolda' }).toTypedArray(), kolda.toTypedArray());
      expectSameBits(fold(kolda, mode, x.shape, { columns: 'kolda' }).toTypedArray(), x.toTypedArray());
    });
  });

  test('khatri_rao', () => {
    const f = fixture('khatri_rao');
    const matrices = f.tensors('inputs.matrices');
    const weights = tensor(f.numbers('inputs.weights'));
    const cases = [
      [khatriRao(matrices), 'kr'],
      [khatriRao([matrices[0], matrices[2]]), 'kr_skip1'],
      [mul(khatriRao(matrices), weights), 'kr_weighted'],
    ] as const;
    for (const [received, name] of cases) {
      const expected = f.tensor(`expect.${name}`);
      expect(received.shape).toEqual(expected.shape);
      expectClose(received.toTypedArray(), expected.toTypedArray(), relative(f.number('tolerance.rel')));
    }
  });

  test('kronecker', () => {
    const f = fixture('kronecker');
    const received = kronecker(f.tensors('inputs.matrices'));
    expect(received.shape).toEqual(f.tensor('expect.kron').shape);
    expectClose(received.toTypedArray(), f.tensor('expect.kron').toTypedArray(), relative(f.number('tolerance.rel')));
  });

  test('mode_dot: matrices, transposed matrices, vectors, all modes', () => {
    const f = fixture('mode_dot');
    const tolerance = relative(f.number('tolerance.rel'));
    const x = f.tensor('inputs.X');
    const [matrices, vectors] = [f.tensors('inputs.M'), f.tensors('inputs.v')];
    [0, 1, 2].forEach((mode) => {
      const expected = f.tensor(`expect.mode_dot_matrix.${mode}`);
      const received = modeProduct(x, matrices[mode], mode);
      expect(received.shape).toEqual(expected.shape);
      expectClose(received.toTypedArray(), expected.toTypedArray(), tolerance);
      const transposed = modeProduct(x, transpose(matrices[mode]), mode, { transpose: true });
      expectClose(transposed.toTypedArray(), expected.toTypedArray(), tolerance);
      const contracted = modeProduct(x, vectors[mode], mode);
      expect(contracted.shape).toEqual(f.tensor(`expect.mode_dot_vector.${mode}`).shape);
      expectClose(contracted.toTypedArray(), f.tensor(`expect.mode_dot_vector.${mode}`).toTypedArray(), tolerance);
    });
    const all = matrices.reduce((y, matrix, mode) => modeProduct(y, matrix, mode), x);
    expectClose(all.toTypedArray(), f.tensor('expect.multi_mode_dot').toTypedArray(), tolerance);
    const skipped = modeProduct(modeProduct(x, matrices[0], 0), matrices[2], 2);
    expectClose(skipped.toTypedArray(), f.tensor('expect.multi_skip1').toTypedArray(), tolerance);
    const number = vectors.reduce((y, vector) => modeProduct(y, vector, 0), x);
    expectClose([number.item()], [f.number('expect.ttv_all')], tolerance);
  });

  test.each(['mttkrp_order3', 'mttkrp_order4'])('%s: every mode, with and without weights', (name) => {
    const f = fixture(name);
    const tolerance = relative(f.number('tolerance.rel'));
    const x = f.tensor('inputs.X');
    const factors = f.tensors('inputs.factors');
    const weights = tensor(f.numbers('inputs.weights'));
    x.shape.forEach((_, mode) => {
      const received = mttkrp(x, factors, mode);
      expect(received.shape).toEqual(factors[mode].shape);
      expectClose(received.toTypedArray(), f.tensor(`expect.mttkrp.${mode}`).toTypedArray(), tolerance);
      expectClose(
        mul(received, weights).toTypedArray(),
        f.tensor(`expect.mttkrp_weighted.${mode}`).toTypedArray(),
        tolerance,
      );
    });
  });
});

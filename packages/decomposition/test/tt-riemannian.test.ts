import { test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type TtTensor, ttInner, ttNorm, ttProject, ttRandom, ttRanks, ttShape, ttToTensor } from '../src/index.js';
import { shapes } from './arbitraries.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { distance, elements, elementsOf, irregularTt, tensorBy, ttOf } from './tt-support.js';

const dense = (tt: TtTensor): Float64Array => elements(ttToTensor(tt));
const pairs = shapes({ maxOrder: 4 }).chain((shape) => ttOf(shape).map((z) => ({ shape, z })));

describe('ttProject', () => {
  test('leaves x where it is, and trains of doubled ranks (peer case 44)', () => {
    for (const [shape, inner] of [
      [[4], []],
      [[4, 5], [2]],
      [
        [3, 4, 5, 3],
        [2, 3, 2],
      ],
      [
        [2, 2, 2],
        [7, 9],
      ],
      [
        [1, 5, 1, 4],
        [1, 2, 2],
      ],
    ] as const) {
      const x = irregularTt(shape, inner);
      const p = ttProject(x, x);
      expect(distance(dense(p), dense(x))).toBeLessThan(1e-13);
      expect(distance(dense(ttProject(x, ttToTensor(x))), dense(x))).toBeLessThan(1e-13);
    }
    expect(ttRanks(ttProject(irregularTt([3, 4, 5, 3], [2, 3, 2]), irregularTt([3, 4, 5, 3], [1, 1, 1], 9)))).toEqual([
      1, 4, 6, 4, 1,
    ]);
  });

  test.prop([pairs])('is idempotent, self-adjoint, shrinks, and is the same for dense tensors', ({ shape, z }) => {
    const x = ttRandom(shape, 2, { key: key(7) });
    const w = ttRandom(shape, 3, { key: key(8) });
    const size = Math.max(ttNorm(z), 1e-300);
    const p = ttProject(x, z);
    expect(ttShape(p)).toEqual(shape);
    const scale = 1e-10 * Math.max(1, size);
    const gap = (a: Float64Array, b: Float64Array): number =>
      a.reduce((most, v, q) => Math.max(most, Math.abs(v - b[q])), 0);
    expect(gap(dense(ttProject(x, p)), dense(p))).toBeLessThanOrEqual(scale);
    expect(gap(dense(ttProject(x, ttToTensor(z))), dense(p))).toBeLessThanOrEqual(scale);
    expect(Math.abs(ttInner(p, w) - ttInner(z, ttProject(x, w)))).toBeLessThanOrEqual(scale * (1 + ttNorm(w)));
    expect(ttNorm(p)).toBeLessThanOrEqual(ttNorm(z) + scale);
  });

  test('is the projection on the span of all variations of single cores', () => {
    const x = irregularTt([3, 4, 3], [2, 2]);
    const z = tensor(normal(key(3), 36), [3, 4, 3]);
    const p = dense(ttProject(x, z));
    const rest = elements(z).map((v, q) => v - p[q]);
    x.cores.forEach((core, k) => {
      for (let e = 0; e < core.size; e++) {
        const unit = tensor(
          Float64Array.from({ length: core.size }, (_, q) => (q === e ? 1 : 0)),
          core.shape,
        );
        const variation = dense({ cores: x.cores.map((own, j) => (j === k ? unit : own)) });
        const product = variation.reduce((sum, v, q) => sum + v * rest[q], 0);
        expect(Math.abs(product)).toBeLessThan(1e-11);
        expect(distance(dense(ttProject(x, tensor(variation, [3, 4, 3]))), variation)).toBeLessThan(1e-11);
      }
    });
  });

  test('scales of 1e-150 and 1e150', () => {
    const x = irregularTt([3, 4, 3], [2, 2]);
    const z = tensorBy([3, 4, 3], (i) => Math.sin(i[0] + i[1] * i[2]));
    const plain = dense(ttProject(x, z));
    for (const scale of [1e-150, 1e150]) {
      const scaledX = {
        cores: x.cores.map((core, k) =>
          k === 1
            ? tensor(
                elements(core).map((v) => v * scale),
                core.shape,
              )
            : core,
        ),
      };
      expect(distance(dense(ttProject(scaledX, z)), plain)).toBeLessThan(1e-12);
    }
    expect(
      elementsOf(ttProject(x, { cores: x.cores.map((core) => tensor(new Float64Array(core.size), core.shape)) })),
    ).toEqual(new Float64Array(36));
  });

  test('refuses other shapes and numbers that are not finite', () => {
    const x = irregularTt([3, 4], [2]);
    expect(() => ttProject(x, irregularTt([3, 5], [2]))).toThrow(
      'ttProject: z shape differs: it is [3, 5], expected [3, 4]',
    );
    expect(() => ttProject(x, tensor(new Float64Array(12), [4, 3]))).toThrow(
      'ttProject: z has shape [4, 3], expected [3, 4]',
    );
    expect(() => ttProject(x, tensor(new Float64Array(12).fill(Number.NaN), [3, 4]))).toThrow(
      'ttProject: z is not finite at [0, 0]: NaN',
    );
  });
});

describe.skipIf(!fixturesArePresent)('oracle fixtures of tangent spaces', () => {
  test('tt_riemannian_projection: the projection of a dense tensor', () => {
    const f = fixture('tt_riemannian_projection');
    const x = { cores: f.tensors('inputs.X_cores') };
    const p = ttProject(x, f.tensor('inputs.Z'));
    const expected = elements(f.tensor('expect.projection'));
    dense(p).forEach((v, q) => {
      expect(Math.abs(v - expected[q])).toBeLessThan(f.number('tolerance.abs'));
    });
    expect(ttNorm(p)).toBeCloseTo(f.number('expect.norm_P'), 9);
    ttRanks(p).forEach((rank, k) => {
      expect(rank).toBeLessThanOrEqual(f.numbers('expect.projection_tt_ranks_at_most')[k]);
    });
  });
});

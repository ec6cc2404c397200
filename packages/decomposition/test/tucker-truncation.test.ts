import { fc, test } from '@fast-check/vitest';
import { full, mul, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { svd } from '@neuronseek/tensor/linalg';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  createProblem,
  type HosvdOptions,
  hosvd,
  modeProducts,
  type StHosvdOptions,
  stHosvd,
  type TruncatedTucker,
  type TuckerSize,
  tucker,
  tuckerToTensor,
  unfold,
} from '../src/index.js';
import { permutations, shapes, tensorOf } from './arbitraries.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';
import { denseError, expectAllOrthogonal, expectOrthonormal, expectSigns, normOf, projector } from './tucker-laws.js';

const truncations: [name: string, truncation: (x: Tensor, options: TuckerSize) => TruncatedTucker][] = [
  ['hosvd', hosvd],
  ['stHosvd', stHosvd],
  ['tucker', tucker],
  ['randomized stHosvd', (x, options) => stHosvd(x, { ...options, method: 'randomized', oversampling: 1 })],
];

const data = shapes({ maxOrder: 4, maxSize: 5 }).chain((shape) =>
  fc.record({
    x: tensorOf(shape),
    ranks: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 6 }))),
  }),
);

/** Singular values of an unfolding, by the dense SVD. */
const singularValues = (x: Tensor, mode: number): number[] => Array.from(svd(unfold(x, mode)).s.toTypedArray());
/** 1/(1 + i + 2j + 3k): singular values fall by more than a decade each. */
const smooth = (n: number): Tensor =>
  tensor(
    Float64Array.from(
      { length: n ** 3 },
      (_, q) => 1 / (1 + Math.floor(q / n / n) + 2 * (Math.floor(q / n) % n) + 3 * (q % n)),
    ),
    [n, n, n],
  );

describe.each(truncations)('%s', (name, truncation) => {
  test.prop([data])('is a projection on orthonormal factors whose error is the reported one', ({ x, ranks }) => {
    const found = truncation(x, { ranks });
    expect(found.ranks).toEqual(ranks.map((rank, mode) => Math.min(rank, x.shape[mode])));
    expect(found.core.shape).toEqual(found.ranks);
    found.factors.forEach((factor, mode) => {
      expect(factor.shape).toEqual([x.shape[mode], found.ranks[mode]]);
      expectOrthonormal(factor);
      expectSigns(factor);
    });
    const core = modeProducts(x, found.factors, { transpose: true });
    expectClose(found.core.toTypedArray(), core.toTypedArray(), { factor: 512, scale: normOf(x) });
    expectClose([found.relativeError], [denseError(x, found)], {
      factor: 1e-6 / toleranceEpsilon,
      scale: denseError(x, found) + 1e-8,
    });
  });

  test.prop([data, fc.integer({ min: 0, max: 12 })])(
    'keeps the error within eps, and reports it',
    ({ x }, exponent) => {
      const eps = exponent === 12 ? 0 : 0.9 * 10 ** -exponent;
      const found = truncation(x, { eps });
      expect(found.relativeError).toBeLessThanOrEqual(Math.max(eps, 1e-13));
      expect(denseError(x, found)).toBeLessThanOrEqual(Math.max(eps, 1e-13) * (1 + 1e-10));
    },
  );

  test.prop([data])('scales with the data by powers of two to the bit', ({ x, ranks }) => {
    const plain = truncation(x, { ranks });
    for (const scale of [2 ** -200, 2 ** 200]) {
      const scaled = truncation(mul(x, scale), { ranks });
      expect(scaled.relativeError).toBe(plain.relativeError);
      expect(mul(scaled.core, 1 / scale).toArray()).toEqual(plain.core.toArray());
    }
  });

  test.each([
    ['zeros', zeros([3, 4, 2]), 0],
    ['a constant', full([3, 4, 2], -7), 1e-14],
    ['one element', tensor([[[-2]]]), 0],
    ['a vector', irregular([7], 1), 1e-14],
    ['singleton modes', irregular([1, 5, 1, 1], 2), 1e-14],
  ])('%s: rank one, exactly', (_case, x, bound) => {
    for (const size of [{ ranks: 1 }, { eps: 0 }, { eps: 0.5 }]) {
      const found = truncation(x, size);
      expect(found.ranks).toEqual(x.shape.map(() => 1));
      expect(found.relativeError).toBeLessThanOrEqual(bound);
      for (const t of [found.core, ...found.factors]) expect(t.toTypedArray().every(Number.isFinite)).toBe(true);
      expect(denseError(x, found)).toBeLessThanOrEqual(bound);
    }
  });

  test('works at scales of 1e-150 and 1e150', () => {
    const x = irregular([5, 4, 6], 8);
    const plain = truncation(x, { ranks: [2, 3, 2] });
    for (const scale of [1e-150, 1e150]) {
      const scaled = truncation(mul(x, scale), { ranks: [2, 3, 2] });
      expectClose([scaled.relativeError], [plain.relativeError], { factor: 1e4 });
      expectClose(mul(scaled.core, 1 / scale).toTypedArray(), plain.core.toTypedArray(), { factor: 1e5 });
    }
  });

  test('spans nine decades: the error stays below eps, and ranks grow', () => {
    const x = smooth(12);
    const sizes = Array.from({ length: 10 }, (_, e) => {
      const eps = 10 ** -e / 2;
      const found = truncation(x, { eps });
      expect(denseError(x, found)).toBeLessThanOrEqual(eps);
      expectClose([found.relativeError], [denseError(x, found)], { factor: 1e-5 / toleranceEpsilon });
      return found.core.size;
    });
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[9]).toBeGreaterThan(50 * sizes[0]);
  });

  test('finds exact ranks at eps 0, and a core that is the tensor but for a rotation', () => {
    const { tensor: x } = createProblem({ shape: [9, 8, 7], rank: 3, key: key(5) });
    const found = truncation(x, { eps: 0 });
    expect(found.ranks).toEqual([3, 3, 3]);
    expect(found.relativeError).toBeLessThan(1e-14);
    expect(found.relativeError).toBeGreaterThan(0);
    expectClose([normOf(found.core)], [normOf(x)], { factor: 64 });
  });

  test('leaves out modes, whose factors are identities (peer case 16)', () => {
    const x = irregular([3, 4, 5], 1);
    const found = truncation(x, { ranks: [3, 1], modes: [1, 2] } as TuckerSize);
    expect(found.factors.map((factor) => factor.shape)).toEqual([
      [3, 3],
      [4, 3],
      [5, 1],
    ]);
    expect(found.core.shape).toEqual([3, 3, 1]);
    expect(found.factors[0].toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expectClose([found.relativeError], [denseError(x, found)], { factor: 64 });
    expect(found.modeSingularValues[0].shape).toEqual([0]);
  });

  test('keeps the ranks asked for where the others leave fewer columns (peer case 13)', () => {
    const x = irregular([3, 4, 3], 3);
    const found = truncation(x, { ranks: [2, 3, 1] });
    expect(found.core.shape).toEqual([2, 3, 1]);
    expect(found.factors.map((factor) => factor.shape)).toEqual([
      [3, 2],
      [4, 3],
      [3, 1],
    ]);
    found.factors.forEach(expectOrthonormal);
    const complete = truncation(x, { ranks: [3, 4, 3] });
    expect(denseError(x, complete)).toBeLessThan(1e-14);
  });

  test('keeps shape [1, 1] for a 3 × 10 matrix with equal singular values (peer case 33)', () => {
    const x = tensor(
      Array.from({ length: 30 }, (_, q) => (q % 11 === 0 ? 1 : 0)),
      [3, 10],
    );
    const found = truncation(x, { ranks: 1 });
    expect(found.core.shape).toEqual([1, 1]);
    // Modes cut independently of each other may keep different ones of the equal values: then nothing is left.
    if (name === 'hosvd')
      expect([Math.sqrt(2 / 3), 1].some((e) => Math.abs(found.relativeError - e) < 1e-15)).toBe(true);
    else expectClose([found.relativeError], [Math.sqrt(2 / 3)], { factor: 16 });
    const all = truncation(x, { ranks: 3 });
    expectClose(projector(all.factors[0]), [1, 0, 0, 0, 1, 0, 0, 0, 1], { factor: 16 });
    expect(all.relativeError).toBeLessThan(1e-15);
  });

  test('does not write to x, and takes any dtype', () => {
    const x = irregular([3, 4, 2], 4);
    const before = x.toArray();
    truncation(x, { ranks: 2 });
    expect(x.toArray()).toEqual(before);
    const single = tensor(x.toTypedArray(), x.shape, { dtype: 'float32' });
    const found = truncation(single, { ranks: [3, 4, 2] });
    expect(found.core.dtype).toBe('float64');
    expect(denseError(tensor(Float64Array.from(single.toTypedArray()), x.shape), found)).toBeLessThan(1e-14);
  });
});

test.prop([shapes({ minOrder: 2, maxOrder: 2, maxSize: 6 }).chain(tensorOf), fc.integer({ min: 1, max: 4 })])(
  'of order 2 all of them are the truncated SVD (Eckart & Young)',
  (x, rank) => {
    const squares = singularValues(x, 0).map((s) => s * s);
    const rest = Math.sqrt(squares.slice(rank).reduce((a, b) => a + b, 0)) / (normOf(x) || 1);
    for (const [, truncation] of truncations.slice(0, 3)) {
      expect(Math.abs(truncation(x, { ranks: rank }).relativeError - rest)).toBeLessThanOrEqual(1e-13);
    }
  },
);

test.prop([data])('hosvd at full ranks: an all-orthogonal core, the singular values of x', ({ x }) => {
  const { core, modeSingularValues } = hosvd(x, { ranks: [...x.shape] });
  expectAllOrthogonal(
    core,
    core.shape.map((_, mode) => unfold(core, mode)),
    1e-12,
  );
  x.shape.forEach((_, mode) => {
    const expected = singularValues(x, mode);
    const received = modeSingularValues[mode].toTypedArray().slice(0, expected.length);
    // From a Gram matrix where the unfolding is wide.
    expectClose(received, expected, { factor: 1, epsilon: 1e-7, scale: normOf(x) });
  });
});

test.prop([data])('errors are within √N of the best, and add up mode by mode', ({ x, ranks }) => {
  const squaresLeft = x.shape.map((_, mode) =>
    singularValues(x, mode)
      .slice(ranks[mode])
      .reduce((sum, s) => sum + s * s, 0),
  );
  const scale = normOf(x) || 1;
  const best = Math.sqrt(Math.max(...squaresLeft)) / scale;
  const bound = Math.sqrt(squaresLeft.reduce((a, b) => a + b)) / scale;
  for (const [, truncation] of truncations.slice(0, 3)) {
    const { relativeError } = truncation(x, { ranks });
    expect(relativeError).toBeGreaterThanOrEqual(best - 1e-13);
    expect(relativeError).toBeLessThanOrEqual(bound + 1e-13);
  }
  expect(tucker(x, { ranks }).relativeError).toBeLessThanOrEqual(stHosvd(x, { ranks }).relativeError);
});

test.prop([data.chain(({ x, ranks }) => permutations(x.order).map((order) => ({ x, ranks, order })))])(
  'stHosvd takes the modes in the order given, as on the transposed tensor',
  ({ x, ranks, order }) => {
    const found = stHosvd(x, { ranks, modeOrder: order });
    const moved = stHosvd(transpose(x, order), {
      ranks: order.map((m) => ranks[m]),
      modeOrder: order.map((_, m) => m),
    });
    expect(Math.abs(found.relativeError - moved.relativeError)).toBeLessThanOrEqual(1e-12);
  },
);

test('an eps below rounding is answered with the error of rounding (peer case 31)', () => {
  const { tensor: x } = createProblem({ shape: [6, 5, 7], rank: 2, noise: 0.3 });
  for (const truncation of [hosvd, stHosvd]) {
    expect(truncation(x, { eps: 1e-4 }).relativeError).toBeLessThanOrEqual(1e-4);
    const impossible = truncation(x, { eps: 1e-20 });
    expect(impossible.ranks).toEqual([6, 5, 7]);
    expect(impossible.relativeError).toBeGreaterThan(1e-20);
    expect(impossible.relativeError).toBeLessThan(1e-14);
  }
});

test('1 … 27: two components a mode, and the singular values of the golden core (peer case 32)', () => {
  // In Fortran order, as pyttb counts.
  const x = transpose(
    tensor(
      Array.from({ length: 27 }, (_, q) => q + 1),
      [3, 3, 3],
    ),
  );
  const found = hosvd(x, { eps: 1e-4 });
  expect(found.ranks).toEqual([2, 2, 2]);
  expect(found.relativeError).toBeLessThan(1e-13);
  x.shape.forEach((_, mode) => {
    const expected = singularValues(x, mode);
    expectClose(found.modeSingularValues[mode].toTypedArray(), expected, {
      factor: 1,
      epsilon: 1e-7,
      scale: expected[0],
    });
    expectClose(
      projector(found.factors[mode]),
      projector(svd(unfold(x, mode)).u).map((_v, q) => centred(q)),
      {
        factor: 1e-9 / toleranceEpsilon,
      },
    );
  });
});

/** Every unfolding of 1 … 27 has the columns (1, 1, 1) + c·(0, 1, 2): the projector on their span. */
function centred(q: number): number {
  const [i, j] = [Math.floor(q / 3), q % 3];
  return 1 / 3 + ((i - 1) * (j - 1)) / 2;
}

test('100 random bounds are kept (peer case 42)', () => {
  const noise = normal(key(7), 8 * 9 * 10);
  const x = tensor(
    noise.map((v, q) => v * 10 ** (-(q % 10) / 2)),
    [8, 9, 10],
  );
  normal(key(8), 100).forEach((v) => {
    const eps = 10 ** (-2 * Math.abs(v)) / 2;
    expect(denseError(x, stHosvd(x, { eps }))).toBeLessThanOrEqual(eps);
  });
});

describe('randomized', () => {
  const { tensor: x } = createProblem({ shape: [40, 30, 35], rank: 4, noise: 0.1, key: key(2) });
  const sketched: StHosvdOptions & HosvdOptions = { ranks: 4, method: 'randomized' };

  test('comes close to the exact one, closer with power iterations, from the key alone', () => {
    const exact = stHosvd(x, { ranks: 4 }).relativeError;
    const errors = [0, 1, 2].map((powerIterations) => stHosvd(x, { ...sketched, powerIterations }).relativeError);
    expect(errors[0]).toBeLessThan(1.2 * exact);
    expect(errors[1]).toBeLessThan(1.001 * exact);
    expect(errors[2]).toBeLessThan(1.00001 * exact);
    expect(hosvd(x, sketched).relativeError).toBeLessThan(1.001 * exact);
    expect(stHosvd(x, { ...sketched, key: key(9) })).toEqual(stHosvd(x, { ...sketched, key: key(9) }));
    expect(stHosvd(x, sketched).factors[0].toArray()).not.toEqual(
      stHosvd(x, { ...sketched, key: key(9) }).factors[0].toArray(),
    );
  });

  test('grows its sketch until eps is kept', () => {
    for (const eps of [0.2, 0.09, 0.05]) {
      expect(denseError(x, stHosvd(x, { eps, method: 'randomized' }))).toBeLessThanOrEqual(eps);
    }
  });
});

describe.skipIf(!fixturesArePresent)('oracle fixtures of truncation', () => {
  test('hosvd: mode singular values, the core’s slices, errors at given ranks in both orders', () => {
    const f = fixture('hosvd');
    const x = f.tensor('inputs.X');
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    const complete = hosvd(x, { ranks: x.shape });
    for (let mode = 0; mode < 3; mode++) {
      const values = f.numbers(`expect.mode_singular_values.${mode}`);
      expectClose(complete.modeSingularValues[mode].toTypedArray(), values, tolerance);
      const slices = unfold(complete.core, mode);
      const norms = Array.from({ length: slices.shape[0] }, (_, r) => {
        const columns = slices.shape[1];
        return Math.hypot(...slices.toTypedArray().slice(r * columns, (r + 1) * columns));
      });
      expectClose(norms, f.numbers(`expect.core_slice_norms_equal_mode_singular_values.${mode}`), tolerance);
    }
    for (let i = 0; i < 5; i++) {
      const at = `expect.errors.${i}`;
      const ranks = f.numbers(`${at}.ranks`);
      const within = { factor: f.number('tolerance.rel') / toleranceEpsilon, scale: 1 };
      expectClose([hosvd(x, { ranks }).relativeError], [f.number(`${at}.t_hosvd`)], within);
      for (const [modeOrder, name] of [
        [[0, 1, 2], 'st_hosvd_order012'],
        [[2, 1, 0], 'st_hosvd_order210'],
      ] as const) {
        expectClose([stHosvd(x, { ranks, modeOrder }).relativeError], [f.number(`${at}.${name}`)], within);
      }
    }
  });

  test('st_hosvd_eps: ranks and achieved errors down to 1e-10, in both orders', () => {
    const f = fixture('st_hosvd_eps');
    const x = smooth(12);
    for (let i = 0; i < 8; i++) {
      const at = `expect.cases.${i}`;
      const eps = f.number(`${at}.eps`);
      const found = stHosvd(x, { eps, modeOrder: [0, 1, 2] });
      expect(found.ranks).toEqual(f.numbers(`${at}.ranks`));
      expect(found.relativeError).toBeLessThanOrEqual(eps);
      expectClose([found.relativeError], [f.number(`${at}.error`)], {
        factor: f.number('tolerance.rel_error') / toleranceEpsilon,
      });
      expect(stHosvd(x, { eps, modeOrder: [2, 1, 0] }).ranks).toEqual(f.numbers(`${at}.order210_ranks`));
    }
  });

  test('edge_cases: zero, one element, singleton modes, a negative rank-one tensor, a constant', () => {
    const f = fixture('edge_cases');
    const tolerance = f.number('tolerance.abs');
    for (const [, truncation] of truncations) {
      for (const name of ['zero_3x4x5', 'one_1x1x1', 'rank1_negative', 'constant']) {
        const found = truncation(f.tensor(`inputs.${name}`), { ranks: 1 });
        expect(found.relativeError).toBeLessThan(tolerance);
        expect(tuckerToTensor(found).toTypedArray().every(Number.isFinite)).toBe(true);
      }
      expect(truncation(f.tensor('inputs.singleton'), { eps: 0 }).relativeError).toBeLessThan(tolerance);
    }
  });
});

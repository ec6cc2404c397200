import { fc, test } from '@fast-check/vitest';
import { add, grad, mul, ones, sub, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { mttkrpSweep } from '@neuronseek/tensor/kernels';
import { key } from '@neuronseek/tensor/random';
import { expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { conjugateGradients, dot } from '../src/cp/gauss-newton/conjugate-gradients.js';
import { leaveSaddle } from '../src/cp/gauss-newton/leave-saddle.js';
import { denseNormal, type NormalMatrix, normalMatrixOf, timesNormal } from '../src/cp/gauss-newton/normal-matrix.js';
import { evaluator, gradientNormAt, isExact } from '../src/cp/gauss-newton/objective.js';
import { balancedFactors } from '../src/cp/gauss-newton/point.js';
import { curvatureAlong } from '../src/cp/gauss-newton/second-derivative.js';
import { stepSolver } from '../src/cp/gauss-newton/solve-step.js';
import { cpToTensor } from '../src/index.js';
import { normalizedData } from '../src/normalized-data.js';
import { tensorAndFactors } from './arbitraries.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';

const numbers = (t: Tensor): Float64Array => Float64Array.from(t.toTypedArray());
const dense = (factors: readonly Tensor[]): Tensor => cpToTensor({ weights: ones([factors[0].shape[1]]), factors });

/** A matrix of which the lower triangle is given. */
function symmetric(lower: Float64Array, n: number): Float64Array {
  return lower.map((_, q) => {
    const [i, j] = [Math.floor(q / n), q % n];
    return lower[Math.max(i, j) * n + Math.min(i, j)];
  });
}

function times(matrix: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  return v.map((_, i) => v.reduce((total, value, j) => total + matrix[i * n + j] * value, 0));
}

/** The Jacobian's product with a direction, as a tensor: one factor at a time replaced. */
function tangent(factors: readonly Tensor[], v: readonly Tensor[], free: readonly boolean[]): Tensor {
  return factors
    .map((_, n) => dense(factors.map((factor, m) => (m === n ? v[m] : factor))))
    .filter((_, n) => free[n])
    .reduce((total, part) => add(total, part));
}

/** A point, a direction and which modes are free, at least one. */
const points = tensorAndFactors({ maxOrder: 4 }).chain(({ x, factors }) =>
  fc.record({
    x: fc.constant(x),
    factors: fc.constant(factors),
    free: fc
      .array(fc.boolean(), { minLength: factors.length, maxLength: factors.length })
      .map((list) => (list.includes(true) ? list : list.map(() => true))),
    seed: fc.nat(100),
  }),
);

function setUp({ factors, free, seed }: { factors: readonly Tensor[]; free: boolean[]; seed: number }): {
  normal: NormalMatrix;
  directions: Tensor[];
  v: Float64Array;
} {
  const rank = factors[0].shape[1];
  const normal = normalMatrixOf(factors.map(numbers), rank, free);
  const directions = factors.map((factor, n) => irregular(factor.shape, seed + n));
  const v = Float64Array.from(directions.flatMap((d, n) => (free[n] ? Array.from(d.toTypedArray()) : [])));
  return { normal, directions, v };
}

describe('JᵀJ', () => {
  test.prop([points])('vᵀ·JᵀJ·v = ‖Jv‖², and the dense matrix says the same as the product', (p) => {
    const { normal, directions, v } = setUp(p);
    const product = timesNormal(normal, v, new Float64Array(v.length));
    const jv = tangent(p.factors, directions, p.free);
    const scale = 1 + sum(mul(jv, jv)).item();
    expectClose([dot(v, product)], [sum(mul(jv, jv)).item()], { factor: 1e4, scale });
    for (const gauge of [false, true]) {
      const matrix = symmetric(denseNormal(normal, gauge), v.length);
      const expected = timesNormal(normal, v, new Float64Array(v.length), gauge);
      expectClose(times(matrix, v), expected, { factor: 1e4, scale: Math.max(1, ...expected.map(Math.abs)) });
    }
  });

  test.prop([points])(
    'what the gauge adds is not negative, and nothing where no mode is scaled against another',
    (p) => {
      const { normal, v } = setUp(p);
      const added = (w: Float64Array): number =>
        dot(w, timesNormal(normal, w, new Float64Array(w.length), true)) -
        dot(w, timesNormal(normal, w, new Float64Array(w.length)));
      const size = (w: Float64Array): number => dot(w, timesNormal(normal, w, new Float64Array(w.length))) + 1;
      expect(added(v)).toBeGreaterThan(-1e-10 * size(v));
      const all = Float64Array.from(p.factors.flatMap((f, n) => (p.free[n] ? Array.from(numbers(f)) : [])));
      // Of balanced columns all scaled alike.
      const balanced = normalMatrixOf(
        balancedFactors(p.factors.map(numbers), normal.rank, p.free),
        normal.rank,
        p.free,
      );
      const alike = Float64Array.from(balanced.factors.flatMap((f, n) => (p.free[n] ? Array.from(f) : [])));
      const plain = timesNormal(balanced, alike, new Float64Array(alike.length));
      const gauged = timesNormal(balanced, alike, new Float64Array(alike.length), true);
      if (all.every((value) => value !== 0)) {
        expectClose(gauged, plain, { factor: 1e5, scale: Math.max(1, ...plain.map(Math.abs)) });
      }
    },
  );

  test.prop([points])('the second derivative along v is that of the model, by differences of Jᵀ', (p) => {
    const { normal, directions, v } = setUp(p);
    // The model is a polynomial along v: M″ = 2·Σ over pairs of modes of the model with both replaced.
    const second = p.factors.flatMap((_, n) =>
      p.factors.slice(n + 1).flatMap((__, k) => {
        const m = n + 1 + k;
        if (!p.free[n] || !p.free[m]) return [];
        return [dense(p.factors.map((factor, q) => (q === n || q === m ? directions[q] : factor)))];
      }),
    );
    const found = curvatureAlong(normal, v);
    const unit = Float64Array.from(v.keys(), (q) => Math.cos(3 * q));
    const parts: Tensor[] = [];
    let at = 0;
    p.factors.forEach((factor, n) => {
      parts.push(p.free[n] ? tensor(unit.slice(at, at + factor.size), factor.shape) : factor);
      if (p.free[n]) at += factor.size;
    });
    const ju = tangent(p.factors, parts, p.free);
    const expected = 2 * second.reduce((total, s) => total + sum(mul(s, ju)).item(), 0);
    expectClose([dot(found, unit)], [expected], { factor: 1e5, scale: 1 + found.reduce((a, b) => a + Math.abs(b), 0) });
  });

  test.prop([points])('both solvers solve the damped equations', (p) => {
    const { normal, v } = setUp(p);
    const added = new Float64Array(v.length).fill(1);
    const product = timesNormal(normal, v, new Float64Array(v.length)).map((value, q) => value + v[q]);
    const scale = Math.max(1, ...product.map(Math.abs));
    const plain = conjugateGradients(normal, added, product, 1e-12);
    const left = timesNormal(normal, plain?.x ?? v.map(() => Number.NaN), new Float64Array(v.length));
    expectClose(
      left.map((value, q) => value + (plain?.x[q] ?? 0)),
      product,
      { factor: 1e9, scale },
    );
    // The gauge changes solutions of arbitrary right-hand sides, and none of one in the range of Jᵀ.
    const tied = timesNormal(normal, v, new Float64Array(v.length), true).map((value, q) => value + v[q]);
    expectClose(stepSolver(normal, added, { isDense: true })?.solve(tied) ?? [], v, { factor: 1e6 * scale, scale });
  });
});

describe('the objective', () => {
  test.prop([points])('has the gradient that autodiff finds, with and without a ridge', (p) => {
    if (p.x.toTypedArray().every((value) => value === 0)) return;
    const data = normalizedData('test', p.x);
    const rank = p.factors[0].shape[1];
    const x = tensor(data.elements, p.x.shape);
    for (const ridge of [undefined, new Float64Array(rank).fill(0.3)]) {
      const products = mttkrpSweep(data.elements, data.shape, rank);
      const found = evaluator({ data, products, rank, free: p.free, ridge })(p.factors.map(numbers));
      const value = (factors: Tensor[]): Tensor => {
        const rest = sub(x, dense(factors));
        const penalties = factors
          .filter((_, n) => p.free[n])
          .map((factor) => mul(sum(mul(factor, factor)), ridge?.[0] ?? 0));
        return mul(
          [sum(mul(rest, rest)), ...penalties].reduce((a, b) => add(a, b)),
          0.5,
        );
      };
      const expected = grad(value)([...p.factors]).flatMap((g, n) => (p.free[n] ? Array.from(g.toTypedArray()) : []));
      const scale = Math.max(1, ...expected.map(Math.abs));
      expectClose([found.value], [value([...p.factors]).item()], { factor: 1e4, scale });
      expectClose(found.gradient, expected, { factor: 1e5, scale });
      products.release();
    }
  });

  test('an exact fit: error and gradient are rounding, far below what differences of squares could tell', () => {
    const factors = [5, 4, 6].map((n, m) => irregular([n, 2], m + 1));
    const data = normalizedData('test', dense(factors));
    const scaled = factors.map((f, n) => (n === 0 ? numbers(f).map((v) => v / data.norm) : numbers(f)));
    const products = mttkrpSweep(data.elements, data.shape, 2);
    const evaluate = evaluator({ data, products, rank: 2, free: [true, true, true] });
    const exact = evaluate(balancedFactors(scaled, 2, [true, true, true]));
    expect(exact.error).toBeLessThan(1e-15);
    expect(exact.error).toBeGreaterThan(0);
    expect(isExact(exact)).toBe(true);
    expect(gradientNormAt(exact)).toBeLessThan(1e-14);
    // One entry moved by 1e-9: the error is told to six digits.
    const moved = scaled.map((f, n) => (n === 1 ? f.map((v, q) => v + (q === 0 ? 1e-9 : 0)) : f));
    const column = (f: Float64Array): number => Math.hypot(...f.filter((_, q) => q % 2 === 0));
    const found = evaluate(moved);
    expectClose([found.error], [1e-9 * column(scaled[0]) * column(scaled[2])], { factor: 1e-5 / toleranceEpsilon });
    expect(isExact(found)).toBe(false);
  });
});

describe('balancedFactors', () => {
  test.prop([points])('keeps the tensor; the free columns of a component have one norm, the fixed ones norm 1', (p) => {
    const rank = p.factors[0].shape[1];
    const balanced = balancedFactors(p.factors.map(numbers), rank, p.free);
    const back = balanced.map((f, n) => tensor(f, p.factors[n].shape));
    const expected = dense(p.factors);
    const scale = Math.max(1, ...expected.toTypedArray().map(Math.abs));
    expectClose(dense(back).toTypedArray(), expected.toTypedArray(), { factor: 1e3, scale });
    for (let r = 0; r < rank; r++) {
      const norms = balanced.map((f) => Math.hypot(...f.filter((_, q) => q % rank === r)));
      const alive = norms.every((norm) => norm > 0);
      norms.forEach((norm, n) => {
        if (alive && !p.free[n]) expectClose([norm], [1], { factor: 10 });
        if (alive && p.free[n]) expectClose([norm], [norms[p.free.indexOf(true)]], { factor: 100 });
      });
    }
  });
});

describe('leaveSaddle', () => {
  const a = [irregular([4, 3], 1), irregular([5, 3], 2), irregular([6, 3], 3)].map(numbers);
  /** Component 2 made parallel to component 0 in the modes listed, with another length. */
  const parallel = (modes: number[]): Float64Array[] =>
    a.map((f, n) => (modes.includes(n) ? f.map((v, q) => (q % 3 === 2 ? -2 * f[q - 2] : v)) : f));
  const model = (factors: Float64Array[]): Tensor => dense(factors.map((f, n) => tensor(f, [n + 4, 3])));

  test.each([[[0, 1]], [[0, 2]], [[1, 2]], [[0, 1, 2]]])(
    'parallel in modes %j: the model changes to second order',
    (modes) => {
      const factors = parallel(modes);
      const scale = Math.max(...model(factors).toTypedArray().map(Math.abs));
      const changes = [1e-4, 1e-6].map((change) => {
        const bent = leaveSaddle(factors, 3, [true, true, true], change, key(1));
        const moved = sub(model(bent ?? []), model(factors)).toTypedArray();
        return Math.max(...moved.map(Math.abs)) / scale;
      });
      expect(changes[0]).toBeLessThan(100 * 1e-4);
      expect(changes[0]).toBeGreaterThan(1e-6);
      // A step of the root: a hundredth of the change for a tenth of the step.
      expect(changes[1] / changes[0]).toBeCloseTo(0.01, 3);
    },
  );

  test('one mode alone does not make two components one, and a fixed mode stays', () => {
    expect(leaveSaddle(parallel([1]), 3, [true, true, true], 1e-4, key(1))).toBeUndefined();
    const factors = parallel([0, 1, 2]);
    const bent = leaveSaddle(factors, 3, [true, false, true], 1e-4, key(1));
    expect(bent?.[1]).toBe(factors[1]);
  });
});

describe.skipIf(!fixturesArePresent)('oracle fixture cp_gradient_gauss_newton', () => {
  test('value, gradient, JᵀJ and its product with a direction', () => {
    const f = fixture('cp_gradient_gauss_newton');
    const x = f.tensor('inputs.X');
    const factors = f.tensors('inputs.factors');
    const data = normalizedData('test', x);
    const free = [true, true, true];
    const tolerance = { factor: f.number('tolerance.rel') / toleranceEpsilon };
    const normal = normalMatrixOf(factors.map(numbers), 2, free);
    const scale = Math.max(...f.numbers('expect.JtJd').map(Math.abs));
    const product = timesNormal(normal, Float64Array.from(f.numbers('inputs.direction')), new Float64Array(24));
    expectClose(product, f.numbers('expect.JtJd'), { ...tolerance, scale });
    expectClose(symmetric(denseNormal(normal), 24), numbers(f.tensor('expect.JtJ')), { ...tolerance, scale });
    // The data are normalized to norm 1: the first factor takes that up.
    const scaled = factors.map((factor, n) => (n === 0 ? numbers(factor).map((v) => v / data.norm) : numbers(factor)));
    const products = mttkrpSweep(data.elements, data.shape, 2);
    const found = evaluator({ data, products, rank: 2, free })(scaled);
    const d = data.norm;
    expectClose([found.value * d * d], [f.number('expect.f')], tolerance);
    const gradient = found.gradient.map((g, q) => g * (q < 6 ? d : d * d));
    expectClose(gradient, f.numbers('expect.gradient'), { ...tolerance, scale });
  });
});

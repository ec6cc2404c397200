import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { solve } from '@neuronseek/tensor/linalg';
import { checkMonotone, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { conjugateGradients } from '../src/optimize/conjugate-gradients.js';
import { type LbfgsOptions, lbfgs } from '../src/optimize/lbfgs.js';
import type { MinimizeOptions, MinimizeResult, Objective } from '../src/optimize/minimize.js';

type Minimizer = (objective: Objective, start: Float64Array, options?: MinimizeOptions) => MinimizeResult;

const minimizers: [name: string, minimizer: Minimizer][] = [
  ['lbfgs', lbfgs],
  ['lbfgs with a memory of 1', (f, x, options) => lbfgs(f, x, { ...options, memory: 1 })],
  ['lbfgs with bounds that are far away', (f, x, options) => lbfgs(f, x, { ...options, lower: -1e6, upper: 1e6 })],
  ['conjugateGradients pr+', conjugateGradients],
  ['conjugateGradients hs+', (f, x, options) => conjugateGradients(f, x, { ...options, update: 'hs+' })],
];

/** Σ 100(x_{i+1} - x_i²)² + (1 - x_i)² */
const rosenbrock: Objective = (x, gradient) => {
  gradient.fill(0);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i + 1] - x[i] ** 2, 1 - x[i]];
    value += 100 * a * a + b * b;
    gradient[i] += -400 * a * x[i] - 2 * b;
    gradient[i + 1] += 200 * a;
  }
  return value;
};

/** ½xᵀAx - bᵀx, A = LLᵀ + I/4: convex, its condition moderate. */
interface Quadratic {
  readonly n: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly start: Float64Array;
}

const quadratics: fc.Arbitrary<Quadratic> = fc.integer({ min: 1, max: 5 }).chain((n) => {
  const numbers = (length: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: -8, max: 8 }), { minLength: length, maxLength: length });
  return fc.tuple(numbers(n * n), numbers(n), numbers(n)).map(([l, b, start]) => {
    const a = new Float64Array(n * n);
    for (let q = 0; q < n * n; q++) {
      const [i, j] = [Math.floor(q / n), q % n];
      for (let k = 0; k < n; k++) a[q] += (l[i * n + k] * l[j * n + k]) / 16;
      if (i === j) a[q] += 0.25;
    }
    return { n, a, b: Float64Array.from(b, (v) => v / 2), start: Float64Array.from(start) };
  });
});

const objectiveOf =
  ({ n, a, b }: Quadratic): Objective =>
  (x, gradient) => {
    let value = 0;
    for (let i = 0; i < n; i++) {
      let row = 0;
      for (let j = 0; j < n; j++) row += a[i * n + j] * x[j];
      gradient[i] = row - b[i];
      value += x[i] * (row / 2 - b[i]);
    }
    return value;
  };

describe.each(minimizers)('%s', (_name, minimize) => {
  test.prop([quadratics], { numRuns: 60 })(
    'finds the minimum of a convex quadratic: the solution of its system',
    (q) => {
      const found = minimize(objectiveOf(q), q.start, { tolerance: 0, gradientTolerance: 1e-9, maxIterations: 500 });
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThanOrEqual(1e-9);
      const expected = solve(tensor(q.a, [q.n, q.n]), tensor(q.b)).toTypedArray();
      // ‖x - x*‖ ≤ ‖gradient‖/λ_min, λ_min ≥ 1/4.
      found.x.forEach((v, i) => {
        expect(Math.abs(v - expected[i])).toBeLessThan(1e-8);
      });
      const before = objectiveOf(q)(q.start, new Float64Array(q.n));
      checkMonotone([before, ...found.trace], { factor: 64 });
    },
  );

  test.each([2, 7])('follows the valley of Rosenbrock’s function of %d variables', (n) => {
    const start = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const before = start.slice();
    const found = minimize(rosenbrock, start, { tolerance: 0, gradientTolerance: 1e-8, maxIterations: 3000 });
    expect(found.status).toBe('converged');
    // In seven variables there is a second minimum near (-1, 1, …, 1); both have a gradient of zero.
    if (n === 2) expectClose(found.x, [1, 1], { factor: 1e9 });
    expect(found.gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(start).toEqual(before);
    expectSameBits(
      minimize(rosenbrock, start, { tolerance: 0, gradientTolerance: 1e-8, maxIterations: 3000 }).x,
      found.x,
    );
  });

  test('reports what the objective says at the point returned, and counts', () => {
    let calls = 0;
    const counted: Objective = (x, gradient) => {
      calls++;
      return rosenbrock(x, gradient);
    };
    const seen: number[] = [];
    const found = minimize(counted, Float64Array.of(-1.2, 1), {
      maxIterations: 7,
      onIteration: ({ iteration, value, x, gradientNorm, evaluations }) => {
        const gradient = new Float64Array(2);
        expect(rosenbrock(x, gradient)).toBe(value);
        expectClose([gradientNorm], [Math.hypot(...gradient)], { factor: 4 });
        expect(evaluations).toBe(calls);
        expect(iteration).toBe(seen.length + 1);
        seen.push(value);
      },
    });
    const gradient = new Float64Array(2);
    expect(rosenbrock(found.x, gradient)).toBe(found.value);
    expectClose([found.gradientNorm], [Math.hypot(...gradient)], { factor: 4 });
    expect([found.status, found.iterations, found.evaluations]).toEqual(['max-iterations', 7, calls]);
    expect(found.trace).toEqual(seen);
    expect(found.value).toBe(found.trace[6]);
  });

  test('steps that leave the domain are shortened', () => {
    // x - log x: the first step from 1e-3 is far beyond 0, and so are others.
    const objective: Objective = ([x], gradient) => {
      gradient[0] = 1 - 1 / x;
      return x - Math.log(x);
    };
    for (const start of [1e-3, 500]) {
      const found = minimize(objective, Float64Array.of(start), { gradientTolerance: 1e-9 });
      expect(found.status).toBe('converged');
      expectClose(found.x, [1], { factor: 1e8 });
    }
    const wall: Objective = ([x], gradient) => {
      gradient[0] = x > 1 ? Number.NaN : -1;
      return x > 1 ? Infinity : -x;
    };
    const found = minimize(wall, Float64Array.of(0), { maxIterations: 60 });
    expect(found.x[0]).toBeGreaterThan(0.999);
    expect(found.x[0]).toBeLessThanOrEqual(1);
  });

  test.each([
    ['value', Number.NaN, 0],
    ['value', -Infinity, 0],
    ['gradient', 0, Number.NaN],
    ['gradient', 0, Infinity],
  ])('a start whose %s is not finite: diverged, where it began', (_what, value, derivative) => {
    const objective: Objective = (_x, gradient) => {
      gradient.fill(derivative);
      return value;
    };
    const found = minimize(objective, Float64Array.of(3, 4));
    expect([found.status, found.iterations, found.evaluations]).toEqual(['diverged', 0, 1]);
    expect(found.x).toEqual(Float64Array.of(3, 4));
  });

  test('a start without a gradient, and one of no variables, are where they end', () => {
    const found = minimize(rosenbrock, Float64Array.of(1, 1));
    expect([found.status, found.iterations, found.evaluations, found.gradientNorm]).toEqual(['converged', 0, 1, 0]);
    const none = minimize(() => 3, new Float64Array(0));
    expect([none.status, none.value, none.iterations]).toEqual(['converged', 3, 0]);
  });

  test('a function without a lower bound ends after its iterations, with finite numbers', () => {
    const objective: Objective = ([x], gradient) => {
      gradient[0] = 2;
      return 2 * x;
    };
    const found = minimize(objective, Float64Array.of(0), { maxIterations: 12 });
    expect([...found.x, found.value].every(Number.isFinite)).toBe(true);
    expect(found.value).toBeLessThan(-1e5);
  });

  test('a gradient that is not that of the value ends the run, and its norm shows it', () => {
    const wrong: Objective = (x, gradient) => {
      gradient[0] = -2 * x[0];
      return x[0] ** 2;
    };
    const found = minimize(wrong, Float64Array.of(3), { tolerance: 0 });
    expect([found.status, found.iterations, found.x[0]]).toEqual(['converged', 0, 3]);
    expect(found.gradientNorm).toBeGreaterThan(1);
  });

  test('an abort ends the run before the next iteration', () => {
    const controller = new AbortController();
    const found = minimize(rosenbrock, Float64Array.of(-1.2, 1), {
      signal: controller.signal,
      onIteration: ({ iteration }) => {
        if (iteration === 3) controller.abort();
      },
    });
    expect([found.status, found.iterations]).toEqual(['aborted', 3]);
    expect(found.x).toEqual(minimize(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 3 }).x);
  });

  test.each([1, 2, 3, 5, 8])('at most %d evaluations', (maxEvaluations) => {
    const found = minimize(rosenbrock, Float64Array.of(-1.2, 1), { maxEvaluations });
    expect(found.status).toBe('max-evaluations');
    expect(found.evaluations).toBe(maxEvaluations);
  });

  test('converged means that two iterations running gained no more than the tolerance', () => {
    const tolerance = 1e-3;
    const shifted: Objective = (x, gradient) => rosenbrock(x, gradient) + 10;
    const { trace, status } = minimize(shifted, Float64Array.of(-1.2, 1), { tolerance });
    expect(status).toBe('converged');
    const small = trace.map((value, k) => k > 0 && trace[k - 1] - value <= tolerance * trace[k - 1]);
    small.slice(1).forEach((isSmall, k) => {
      expect(isSmall && small[k]).toBe(k === trace.length - 2);
    });
  });
});

describe('lbfgs with bounds', () => {
  /** The minimum by trying every set of active bounds: the feasible one of lowest value among all stationary points. */
  const enumerated = (q: Quadratic, lower: Float64Array, upper: Float64Array): Float64Array => {
    const f = objectiveOf(q);
    let best = Infinity;
    let at = lower;
    for (let code = 0; code < 3 ** q.n; code++) {
      const side = Array.from({ length: q.n }, (_, i) => Math.floor(code / 3 ** i) % 3);
      const free = side.flatMap((s, i) => (s === 2 ? [i] : []));
      const x = Float64Array.from(side, (s, i) => (s === 0 ? lower[i] : s === 1 ? upper[i] : 0));
      const gradient = new Float64Array(q.n);
      f(x, gradient);
      if (free.length > 0) {
        const matrix = free.map((i) => free.map((j) => q.a[i * q.n + j]));
        const solved = solve(tensor(matrix), tensor(free.map((i) => -gradient[i]))).toTypedArray();
        free.forEach((i, k) => {
          x[i] = solved[k];
        });
      }
      if (x.some((v, i) => v < lower[i] - 1e-12 || v > upper[i] + 1e-12)) continue;
      const value = f(x, gradient);
      if (value < best) [best, at] = [value, x];
    }
    return at;
  };

  const boxes = quadratics.chain((q) =>
    fc
      .tuple(
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: q.n, maxLength: q.n }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: q.n, maxLength: q.n }),
      )
      .map(([lower, width]) => ({
        q,
        lower: Float64Array.from(lower, (v) => v / 2),
        upper: Float64Array.from(lower, (v, i) => v / 2 + width[i] / 2),
      })),
  );

  test.prop([boxes], { numRuns: 100 })(
    'the minimum of a convex quadratic in a box, as all active sets tell',
    ({ q, lower, upper }) => {
      const options: LbfgsOptions = { lower, upper, tolerance: 0, gradientTolerance: 1e-9, maxIterations: 500 };
      const found = lbfgs(objectiveOf(q), q.start, options);
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThanOrEqual(1e-9);
      const expected = enumerated(q, lower, upper);
      found.x.forEach((v, i) => {
        expect(v).toBeGreaterThanOrEqual(lower[i]);
        expect(v).toBeLessThanOrEqual(upper[i]);
        // The projected gradient bounds the distance by (1 + ‖A‖)/λ_min times itself.
        expect(Math.abs(v - expected[i])).toBeLessThan(1e-6);
      });
      checkMonotone(found.trace, { factor: 64 });
    },
  );

  test('no point outside is ever evaluated, not even the start', () => {
    const inside: Objective = (x, gradient) => {
      for (const v of x) expect(v >= -1 && v <= 0.5).toBe(true);
      return rosenbrock(x, gradient);
    };
    const found = lbfgs(inside, Float64Array.of(-7, 9), {
      lower: -1,
      upper: 0.5,
      tolerance: 0,
      gradientTolerance: 1e-10,
    });
    // Both at most 1/2: x₁ = x₀² is inside for x₀ = 1/2, which the second term drives towards its bound.
    expectClose(found.x, [0.5, 0.25], { factor: 1e6 });
    expect(found.x[0]).toBe(0.5);
    expect(found.status).toBe('converged');
  });

  test('variables between equal bounds stay, and the others find their minimum', () => {
    const lower = Float64Array.of(0.5, -Infinity);
    const upper = Float64Array.of(0.5, Infinity);
    const found = lbfgs(rosenbrock, Float64Array.of(3, 3), { lower, upper, gradientTolerance: 1e-10 });
    expect(found.x[0]).toBe(0.5);
    expectClose([found.x[1]], [0.25], { factor: 1e6 });
  });

  test('many variables, most of them held: nonnegative least squares to its KKT conditions', () => {
    const [rows, n] = [60, 40];
    const a = Float64Array.from({ length: rows * n }, (_, q) => Math.sin(q * (q + 3)) + 0.3);
    const b = Float64Array.from({ length: rows }, (_, i) => Math.cos(i * i));
    const objective: Objective = (x, gradient) => {
      gradient.fill(0);
      let value = 0;
      for (let i = 0; i < rows; i++) {
        let rest = -b[i];
        for (let j = 0; j < n; j++) rest += a[i * n + j] * x[j];
        for (let j = 0; j < n; j++) gradient[j] += rest * a[i * n + j];
        value += (rest * rest) / 2;
      }
      return value;
    };
    const found = lbfgs(objective, new Float64Array(n).fill(1), { lower: 0, tolerance: 0, gradientTolerance: 1e-9 });
    expect(found.status).toBe('converged');
    const gradient = new Float64Array(n);
    objective(found.x, gradient);
    const held = found.x.filter((v) => v === 0).length;
    expect(held).toBeGreaterThan(5);
    expect(held).toBeLessThan(n);
    gradient.forEach((g, j) => {
      if (found.x[j] > 0) expect(Math.abs(g)).toBeLessThan(1e-8);
      else expect(g).toBeGreaterThan(-1e-8);
    });
  });

  test.each([
    [{ lower: Float64Array.of(1) }, 'lbfgs: lower has length 1, expected 2'],
    [{ upper: Float64Array.of(1, 2, 3) }, 'lbfgs: upper has length 3, expected 2'],
    [{ lower: 2, upper: 1 }, 'lbfgs: no number lies within the bounds at 0: 2 to 1'],
    [{ lower: Float64Array.of(0, Number.NaN) }, 'lbfgs: no number lies within the bounds at 1: NaN to Infinity'],
    [{ lower: Infinity }, 'lbfgs: no number lies within the bounds at 0: Infinity to Infinity'],
  ])('refuses %o', (options, message) => {
    expect(() => lbfgs(rosenbrock, Float64Array.of(0, 0), options)).toThrow(new RangeError(message));
  });
});

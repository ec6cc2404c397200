import { fc, test } from '@fast-check/vitest';
import { add, mul, sub, sum, type Tensor, tensor, transpose } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { compress } from '../src/cp/driver/compress.js';
import { runStart } from '../src/cp/driver/run-start.js';
import {
  type CpResult,
  type CpStart,
  type CpTensor,
  cp,
  cpAls,
  cpGaussNewton,
  cpToTensor,
  createProblem,
  type FitProgress,
  factorMatchScore,
  type Problem,
} from '../src/index.js';
import { normalizedData } from '../src/normalized-data.js';
import { projectionError } from '../src/tucker/relative-error.js';
import { permutations, shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';

const elements = (found: CpTensor): number[] =>
  [found.weights, ...found.factors].flatMap((t) => Array.from(t.toTypedArray()));
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

const anything = shapes({ maxOrder: 4 }).chain((shape) =>
  fc.record({ x: tensorOf(shape), rank: fc.integer({ min: 1, max: 4 }), seed: fc.nat(1000) }),
);

/** Problems large enough to be compressed. */
const compressible = fc.record({
  shape: fc.array(fc.integer({ min: 5, max: 9 }), { minLength: 3, maxLength: 4 }),
  rank: fc.integer({ min: 1, max: 3 }),
  noise: fc.constantFrom(0, 0.01, 0.2),
  seed: fc.nat(10000),
});

/** A tensor of rank one that is zero but for some fibers. */
const zerosExcept = (shape: number[], isIn: (i: number, j: number) => boolean): Tensor => {
  const values = new Float64Array(shape[0] * shape[1] * shape[2]).map((_, q) => {
    const [i, j, k] = [Math.floor(q / (shape[1] * shape[2])), Math.floor(q / shape[2]) % shape[1], q % shape[2]];
    return isIn(i, j) ? Math.cos(k * k) : 0;
  });
  return tensor(values, shape);
};

interface Sizes {
  readonly shape: number[];
  readonly rank: number;
  readonly noise: number;
  readonly seed: number;
}

const problemOf = ({ shape, rank, noise, seed }: Sizes): Problem =>
  createProblem({ shape, rank, noise, collinearity: 0.5, key: key(seed) });

describe('cp on any tensor', () => {
  test.prop([anything], { numRuns: 60 })('what is reported is true, finite and the best of the starts', (p) => {
    const found = cp(p.x, p.rank, { key: key(p.seed), maxIterations: 30 });
    expect([...elements(found), found.relativeError, found.gradientNorm, ...found.trace].every(Number.isFinite)).toBe(
      true,
    );
    expect(found.trace).toHaveLength(found.iterations);
    const size = 1 + (norm(p.x) > 0 ? found.weights.toTypedArray()[0] / norm(p.x) : 0);
    const residual = norm(sub(p.x, cpToTensor(found))) / (norm(p.x) || 1);
    const rounding = 1000 * p.rank * 2 ** -52 * size;
    expect(Math.abs(found.relativeError - residual)).toBeLessThanOrEqual(2e-6 * residual + rounding);
    const errors = found.starts.map((start) => start.relativeError);
    expect(found.relativeError).toBeLessThanOrEqual(Math.min(...errors) * (1 + 1e-6) + rounding);
    expect(found.bestStart).toBeLessThan(errors.length);
  });

  test.prop([anything], { numRuns: 40 })('equal inputs give equal bits', (p) => {
    const [a, b] = [0, 1].map(() => cp(p.x, p.rank, { key: key(p.seed), maxIterations: 10 }));
    expectSameBits(elements(a), elements(b));
    expectSameBits(a.trace, b.trace);
  });

  test.prop([compressible, fc.constantFrom(2 ** 498, 2 ** -498)], { numRuns: 20 })(
    'the scale of the data changes the weights and nothing else',
    ({ shape, rank, seed }, scale) => {
      const { tensor: x } = createProblem({ shape, rank, noise: 0.1, key: key(seed) });
      const [a, b] = [cp(x, rank), cp(mul(x, scale), rank)];
      expectSameBits(b.trace, a.trace);
      expectSameBits(
        b.weights.toTypedArray(),
        a.weights.toTypedArray().map((w) => w * scale),
      );
    },
  );
});

describe('cp on problems with a known answer', () => {
  test.prop([compressible], { numRuns: 40 })('finds the components, with and without compression', (p) => {
    const { tensor: x, solution } = problemOf(p);
    for (const compressed of [true, false]) {
      const found = cp(x, p.rank, { compress: compressed });
      const atTruth = cpAls(x, p.rank, { init: solution, maxIterations: 0 }).relativeError;
      expect(found.relativeError).toBeLessThanOrEqual(atTruth + 1e-13);
      if (p.noise === 0) expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-8);
      expect(found.status).toBe('converged');
    }
  });

  test.prop([compressible], { numRuns: 20 })('compression is refined away: the fit is as good as without it', (p) => {
    const { tensor: x } = problemOf(p);
    const [a, b] = [true, false].map((compressed) => cp(x, p.rank, { compress: compressed }).relativeError);
    expect(Math.abs(a - b)).toBeLessThan(1e-5 * b + 1e-13);
  });

  test.prop([compressible.chain((p) => fc.tuple(fc.constant(p), permutations(p.shape.length)))], { numRuns: 20 })(
    'transposing the tensor permutes the factors',
    ([p, axes]) => {
      const { tensor: x } = problemOf({ ...p, noise: 0.01 });
      const [straight, turned] = [cp(x, p.rank), cp(transpose(x, axes), p.rank)];
      const back = { weights: turned.weights, factors: axes.map((_, m) => turned.factors[axes.indexOf(m)]) };
      expect(factorMatchScore(straight, back).score).toBeGreaterThan(1 - 1e-4);
    },
  );

  test('of a large noisy tensor the truth is beaten, and ALS from the result gains next to nothing', () => {
    const { tensor: x, solution } = createProblem({ shape: [60, 50, 40], rank: 5, noise: 0.3, key: key(7) });
    const found = cp(x, 5);
    const atTruth = cpAls(x, 5, { init: solution, maxIterations: 0 }).relativeError;
    expect(found.relativeError).toBeLessThan(atTruth);
    const polished = cpAls(x, 5, { init: found, maxIterations: 50, tolerance: 0 });
    expect(found.relativeError - polished.relativeError).toBeLessThan(1e-7);
    expect(found.gradientNorm).toBeLessThan(1e-4);
  });

  test('exact data larger than a residual may stand in memory: the error is rounding, not 0 and not 1e-8', () => {
    const { tensor: x } = createProblem({ shape: [110, 100, 100], rank: 3, collinearity: 0.9, key: key(2) });
    const found = cp(x, 3);
    expect(found.relativeError).toBeLessThan(1e-13);
    expect(found.relativeError).toBeGreaterThan(0);
    // What is put beside the model by hand is seen to six digits.
    const noise = tensor(normal(key(1), x.size), x.shape);
    const shifted = add(x, mul(noise, (1e-8 * norm(x)) / norm(noise)));
    const { relativeError } = cp(shifted, 3);
    expect(Math.abs(relativeError / 1e-8 - 1)).toBeLessThan(1e-3);
  });
});

describe('compress', () => {
  test.prop([fc.nat(1000)], { numRuns: 10 })(
    'orthonormal factors; an error close to the best one of all modes',
    (seed) => {
      const shape = [90, 40, 30];
      const { tensor: x } = createProblem({ shape, rank: 4, noise: 0.2, key: key(seed) });
      const data = normalizedData('test', x);
      const small = compress(data, [4, 4, 4], key(seed));
      small.factors.forEach((factor, n) => {
        for (let r = 0; r < 4; r++) {
          for (let s = 0; s < 4; s++) {
            let sum = 0;
            for (let i = 0; i < shape[n]; i++) sum += factor[i * 4 + r] * factor[i * 4 + s];
            expectClose([sum], [r === s ? 1 : 0], { factor: 100, scale: 1 });
          }
        }
      });
      // No worse than the CP tensor that the data were made of, which lies in such a subspace.
      expect(projectionError(data, small)).toBeLessThan(0.2);
      expect(small.core).toHaveLength(64);
    },
  );

  test('a component that lives on few fibers is sampled by its energy', () => {
    const shape = [60, 50, 70];
    const spread = createProblem({ shape, rank: 2, key: key(1) }).tensor;
    const local = zerosExcept(shape, (i, j) => i < 2 && j < 2);
    const x = add(mul(spread, 1 / norm(spread)), mul(local, 0.1 / norm(local)));
    const data = normalizedData('test', x);
    expect(projectionError(data, compress(data, [3, 3, 3], key(0)))).toBeLessThan(1e-12);
    expect(cp(x, 3).relativeError).toBeLessThan(1e-12);
  });

  test('sizes of the core may be given, up to those of x', () => {
    const { tensor: x } = createProblem({ shape: [12, 11, 10], rank: 3, noise: 0.1, key: key(3) });
    const reference = cp(x, 3, { compress: false });
    for (const sizes of [
      [5, 5, 5],
      [12, 4, 4],
      [12, 11, 10],
    ]) {
      expectClose([cp(x, 3, { compress: sizes }).relativeError], [reference.relativeError], {
        factor: 1e-6 / 2 ** -52,
      });
    }
  });
});

describe('options of cp', () => {
  const { tensor: x } = createProblem({ shape: [6, 7, 8], rank: 2, noise: 0.2, collinearity: 0.4, key: key(5) });
  const start: CpTensor = {
    weights: tensor([2, -3]),
    factors: [irregular([6, 2], 1), irregular([7, 2], 2), irregular([8, 2], 3)],
  };

  test('each start that is asked for is run and reported', () => {
    const starts: CpStart[] = ['random', 'gevd', 'random', 'svd'];
    const found = cp(x, 2, { starts });
    expect(found.starts.map((report) => report.start)).toEqual(starts);
    const errors = found.starts.map((report) => report.relativeError);
    expect(errors[found.bestStart]).toBeLessThanOrEqual(Math.min(...errors) * (1 + 1e-12));
    // The two random ones are different ones.
    expect(found.starts[0].iterations === found.starts[2].iterations && errors[0] === errors[2]).toBe(false);
  });

  test('auto stops where two runs agree, and where one is exact', () => {
    const noisy = createProblem({ shape: [6, 7, 8], rank: 2, noise: 0.6, collinearity: 0.4, key: key(5) }).tensor;
    expect(cp(noisy, 2).starts.map((report) => report.start)).toEqual(['gevd', 'svd']);
    // GEVD is nearly right beforehand where the noise is moderate.
    expect(cp(x, 2).starts.map((report) => report.start)).toEqual(['gevd']);
    const exact = createProblem({ shape: [6, 7, 8], rank: 2, key: key(5) }).tensor;
    expect(cp(exact, 2).starts.map((report) => report.start)).toEqual(['gevd']);
  });

  test('where there is no GEVD start there are others', () => {
    const found = cp(irregular([2, 3, 4], 1), 4, { starts: ['gevd'] });
    expect(found.starts.map((report) => report.start)).toEqual(['random']);
  });

  test('init is run alone, preserved exactly without iterations, and never written to', () => {
    const before = elements(start);
    const found = cp(x, 2, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations]).toEqual(['max-iterations', 0]);
    expectClose([found.relativeError], [norm(sub(x, cpToTensor(start))) / norm(x)], { factor: 1e3 });
    const fitted = cp(x, 2, { init: start });
    expect(fitted.starts.map((report) => report.start)).toEqual(['init']);
    expect(fitted.relativeError).toBeLessThan(0.21);
    expect(elements(start)).toEqual(before);
  });

  test('fixed modes stay, whatever else is asked for', () => {
    const found = cp(x, 2, { init: start, fixedModes: [2], compress: true });
    expect(found.factors[2]).toBe(start.factors[2]);
    const direct = cpGaussNewton(x, 2, { init: start, fixedModes: [2] });
    expectClose([found.relativeError], [direct.relativeError], { factor: 1e-6 / 2 ** -52 });
    const all = cp(x, 2, { init: start, fixedModes: [0, 1, 2] });
    expect([all.weights, all.status, all.iterations]).toEqual([start.weights, 'converged', 0]);
  });

  test('a ridge gives what it gives without compression', () => {
    for (const ridge of [0.1, 1]) {
      const [a, b] = [true, false].map((compressed) => cp(x, 2, { ridge, compress: compressed }));
      expectClose([a.relativeError], [b.relativeError], { factor: 1e-4 / 2 ** -52 });
      expect(a.relativeError).toBeGreaterThan(cp(x, 2).relativeError);
    }
  });

  test('onProgress hears of all runs; the trace is that of the best one, then of the refinement', () => {
    const events: FitProgress[] = [];
    const found = cp(x, 2, { starts: ['svd', 'random'], onProgress: (event) => events.push(event) });
    expect(events.map((event) => event.iteration)).toEqual(events.map((_, k) => k + 1));
    const total = found.starts.reduce((count, { iterations }) => count + iterations, 0);
    const refinement = found.iterations - found.starts[found.bestStart].iterations;
    expect(events).toHaveLength(total + refinement);
    expect(refinement).toBeGreaterThan(0);
    expect(found.trace.slice(-refinement)).toEqual(events.slice(total).map((event) => event.relativeError));
    expect(found.relativeError).toBe(found.trace.at(-1));
  });

  test('an abort keeps the best so far', () => {
    const controller = new AbortController();
    const found = cp(x, 2, {
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 4) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.starts.length]).toEqual(['aborted', 4, 1]);
    expect(found.relativeError).toBeLessThan(1);
    expect(cp(x, 2, { signal: AbortSignal.abort() }).status).toBe('aborted');
  });

  test('a run from one start depends on its plain data alone', () => {
    const data = normalizedData('test', x);
    const task = { data, rank: 2, free: [true, true, true], key: key(4), maxIterations: 20, tolerance: 1e-8, ridge: 0 };
    for (const method of ['gevd', 'svd', 'random'] as const) {
      const [a, b] = [task, structuredClone(task)].map((t) => runStart({ ...t, start: method }));
      expect(a).toEqual(b);
      expect(structuredClone(a)).toEqual(a);
    }
  });

  test('a result without its tensors is what JSON can hold', () => {
    const { weights, factors, ...rest }: CpResult = cp(x, 2);
    expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
    expect([weights.dtype, ...factors.map((factor) => factor.dtype)]).toEqual(new Array(4).fill('float64'));
  });
});

describe('the cases of other libraries', () => {
  test.each([
    [1, 1],
    [3, 4],
  ])('shape (6, 8, 7), rank %d fitted with %d (peer case 1)', (trueRank, rank) => {
    const { tensor: x } = createProblem({ shape: [6, 8, 7], rank: trueRank, key: key(3) });
    const found = cp(x, rank);
    expect(found.relativeError).toBeLessThan(0.01);
    const difference = sub(x, cpToTensor(found)).toTypedArray().map(Math.abs);
    expect(Math.max(...difference)).toBeLessThan(0.05);
  });

  test('the same key gives the same factors and errors (peer case 2)', () => {
    const { tensor: x } = createProblem({ shape: [6, 8, 7], rank: 3, noise: 0.1, key: key(3) });
    const [a, b] = [0, 1].map(() => cp(x, 3, { starts: ['random'], key: key(11) }));
    expectSameBits(elements(a), elements(b));
  });

  test('a 2 × 2 matrix at rank 2 (peer case 26), zeros at rank 2 (peer case 27)', () => {
    const matrix = tensor([
      [29, 39],
      [63, 85],
    ]);
    expect(cp(matrix, 2).relativeError).toBeLessThan(1e-14);
    expect(cp(tensor(new Float64Array(24), [2, 3, 4]), 2).relativeError).toBe(0);
  });
});

import { fc, test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { createProblem, stHosvd, type TuckerTensor, tucker, tuckerToTensor } from '../src/index.js';
import { cutTo, ranksWithin } from '../src/tucker/cut-core.js';
import { tuckerNumbers } from '../src/tucker/tucker-numbers.js';
import { shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { denseError, normOf } from './tucker-laws.js';

const cores = shapes({ maxOrder: 4, maxSize: 4 }).chain((ranks) =>
  fc.record({ core: tensorOf(ranks), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
);
const modelOf = (core: TuckerTensor['core']): TuckerTensor => ({
  core,
  factors: core.shape.map((rank, mode) => irregular([rank + mode, rank], mode)),
});
const squares = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v * v, 0);

describe('cutting a core', () => {
  test.prop([cores])('stays within the budget, and no further slice would', ({ core, share }) => {
    const model = tuckerNumbers('test', modelOf(core));
    const all = [...core.shape.keys()];
    const budget = share * squares(model.core);
    const kept = ranksWithin(model, all, budget);
    const gone = squares(model.core) - squares(cutTo(model, kept).core);
    const rounding = 1e-12 * squares(model.core);
    expect(gone).toBeLessThanOrEqual(budget + rounding);
    for (const mode of all) {
      expect(kept[mode]).toBeGreaterThanOrEqual(1);
      if (kept[mode] === 1) continue;
      const further = cutTo(
        model,
        kept.map((rank, m) => (m === mode ? rank - 1 : rank)),
      );
      expect(squares(model.core) - squares(further.core)).toBeGreaterThanOrEqual(budget - rounding);
    }
  });

  test.prop([cores])('leaves modes whole that are not listed, and cuts what is zero for nothing', ({ core }) => {
    const model = tuckerNumbers('test', modelOf(core));
    expect(ranksWithin(model, [], Infinity)).toEqual(core.shape);
    expect(ranksWithin(model, [0], Infinity)).toEqual(core.shape.map((rank, mode) => (mode === 0 ? 1 : rank)));
    const zero = { ...model, core: new Float64Array(model.core.length) };
    expect(ranksWithin(zero, [...core.shape.keys()], 0)).toEqual(core.shape.map(() => 1));
  });

  test('keeps the leading columns and the leading part of the core', () => {
    const model = tuckerNumbers('test', modelOf(irregular([3, 2, 4], 1)));
    const kept = [2, 2, 3];
    const cut = cutTo(model, kept);
    const at = (i: number, j: number, k: number): number => model.core[(i * 2 + j) * 4 + k];
    cut.core.forEach((value, q) => {
      expect(value).toBe(at(Math.floor(q / 6), Math.floor(q / 3) % 2, q % 3));
    });
    cut.factors.forEach((factor, mode) => {
      factor.forEach((value, q) => {
        const [i, r] = [Math.floor(q / kept[mode]), q % kept[mode]];
        expect(value).toBe(model.factors[mode][i * model.ranks[mode] + r]);
      });
    });
  });
});

describe('tucker within eps', () => {
  const { tensor: x } = createProblem({ shape: [20, 18, 22], rank: 3, noise: 0.1, key: key(5) });

  test('finds the ranks below the noise, which truncation alone does not', () => {
    const found = tucker(x, { eps: 0.1 });
    expect(found.ranks).toEqual([3, 3, 3]);
    expect(denseError(x, found)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...stHosvd(x, { eps: 0.1 }).ranks)).toBeGreaterThan(6);
  });

  test('stays within eps from sweep to sweep, and is no larger than stHosvd', () => {
    for (const eps of [0.5, 0.2, 0.11, 0.09, 0.05, 0.01]) {
      const start = stHosvd(x, { eps });
      const found = tucker(x, { eps });
      for (const error of found.trace) expect(error).toBeLessThanOrEqual(eps);
      expect(denseError(x, found)).toBeLessThanOrEqual(eps);
      expect(found.core.size).toBeLessThanOrEqual(start.core.size);
      found.ranks.forEach((rank, mode) => {
        expect(rank).toBeLessThanOrEqual(start.ranks[mode]);
      });
    }
  });

  test('0 sweeps are the truncation', () => {
    const start = stHosvd(x, { eps: 0.11 });
    const found = tucker(x, { eps: 0.11, maxIterations: 0 });
    expect(found.ranks).toEqual(start.ranks);
    expect(found.relativeError).toBe(start.relativeError);
    expect(found.status).toBe('max-iterations');
  });

  test('tells every sweep, and keeps what it has where it is stopped', () => {
    const controller = new AbortController();
    const told: number[] = [];
    const found = tucker(x, {
      eps: 0.09,
      tolerance: 0,
      signal: controller.signal,
      onProgress: ({ iteration, relativeError }) => {
        told.push(relativeError);
        if (iteration === 2) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.trace]).toEqual(['aborted', 2, told]);
    expect(denseError(x, found)).toBeLessThanOrEqual(0.09);
  });

  test('leaves modes alone that are not named', () => {
    const found = tucker(x, { eps: 0.1, modes: [0, 2] });
    expect(found.ranks).toEqual([3, 18, 3]);
    expect(normOf(tuckerToTensor(found))).toBeLessThanOrEqual(normOf(x));
    expect(denseError(x, found)).toBeLessThanOrEqual(0.1);
  });
});

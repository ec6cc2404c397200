import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { arrange, type Lifetime } from '../../src/core/compile/arrange.js';
import { isFused, schedule } from '../../src/core/compile/schedule.js';
import { trace } from '../../src/core/compile/trace.js';
import type { DType } from '../../src/core/dtype.js';
import * as ns from '../../src/index.js';

const { add, exp, matmul, mul, relu, sub, sum, transpose } = ns;

/** The units of a program by the names of their operations, what is fused in brackets. */
function unitsOf(f: (...args: ns.Tensor[]) => unknown, ...shapes: number[][]): string[] {
  const { program } = trace(
    'trace',
    f,
    shapes.map((shape) => ns.zeros(shape)),
  );
  return schedule(program).map((unit) =>
    isFused(unit) ? `(${unit.instructions.map(({ name }) => name).join(' ')})` : unit.name,
  );
}

describe('the units of a program', () => {
  it('chains are one loop, with what they are broadcast with', () => {
    expect(unitsOf((x, b) => relu(add(mul(x, 2), b)), [3, 4], [4])).toEqual(['(mul add relu)']);
    expect(unitsOf((x, b) => relu(add(mul(x, 2), b)), [3, 4], [3, 1])).toEqual(['(mul add relu)']);
    // Rows of 4 stand still in b, and b begins again after 3 of them: no matrix has rows like that.
    expect(unitsOf((x, b) => relu(add(mul(x, 2), b)), [2, 3, 4], [3, 1])).toEqual(['(mul)', 'add', '(relu)']);
  });

  it('common subexpressions are computed once, also numbers that were written twice', () => {
    expect(unitsOf((x, y) => [matmul(x, y), exp(matmul(x, y))], [2, 2], [2, 2])).toEqual(['matmul', '(exp)']);
    expect(unitsOf((x) => [mul(x, 3), mul(x, 3)], [5])).toEqual(['(mul)']);
    expect(unitsOf((x) => [mul(x, 0), mul(x, -0)], [5])).toHaveLength(2);
    expect(unitsOf((x) => [sum(x, { axes: 0 }), sum(x, { axes: 1 })], [2, 3])).toEqual(['sum', 'sum']);
  });

  it('what nobody needs is left out, what depends on no argument is a constant', () => {
    expect(
      unitsOf(
        (x) => {
          exp(matmul(x, x));
          return add(x, exp(ns.ones([2, 2])));
        },
        [2, 2],
      ),
    ).toEqual(['(add)']);
  });

  it('a loop is closed before somebody needs its results, and others go on', () => {
    expect(unitsOf((x, y) => mul(matmul(exp(x), y), exp(x)), [2, 2], [2, 2])).toEqual(['(exp)', 'matmul', '(mul)']);
    // What exp makes is read in another order than it is made: not from registers.
    expect(unitsOf((x) => add(exp(x), transpose(exp(x))), [2, 2])).toEqual(['(exp)', 'add']);
    // Two loops that meet become one.
    expect(unitsOf((x, y) => add(exp(x), relu(y)), [6], [6])).toEqual(['(exp relu add)']);
  });

  it('the backward pass of a layer: three products and two loops', () => {
    const loss = (w: ns.Tensor, b: ns.Tensor, x: ns.Tensor): ns.Tensor => sum(ns.square(relu(add(matmul(x, w), b))));
    const units = unitsOf((w, b, x) => ns.grad((p: ns.Tensor[]) => loss(p[0], p[1], x))([w, b]), [3, 4], [4], [5, 3]);
    expect(units.filter((name) => name === 'matmul')).toHaveLength(2);
    expect(units.filter((name) => name.startsWith('('))).toHaveLength(1);
    expect(sub).toBeDefined();
  });
});

describe('arrange', () => {
  const lifetime = fc
    .record({
      dtype: fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool'),
      size: fc.nat(40),
      from: fc.integer({ min: -1, max: 8 }),
      length: fc.nat(4),
    })
    .map(
      ({ dtype, size, from, length }, id?: number): Lifetime => ({
        value: { id: id ?? 0, dtype, size },
        from,
        to: from + length,
      }),
    );
  const bytes = ({ value: { dtype, size } }: Lifetime): number =>
    size * { float64: 8, float32: 4, int32: 4, bool: 1 }[dtype];

  test.prop([fc.array(lifetime, { maxLength: 25 })])(
    'values that are there together stand apart, with room behind them',
    (all) => {
      const { offsets, bytes: total } = arrange(all);
      for (const a of all) {
        const at = offsets.get(a.value) ?? Number.NaN;
        expect(at % 64).toBe(0);
        expect(at + bytes(a) + 64).toBeLessThanOrEqual(total);
        for (const b of all) {
          if (a === b || a.to < b.from || b.to < a.from) continue;
          const other = offsets.get(b.value) ?? Number.NaN;
          expect(at + bytes(a) + 64 <= other || other + bytes(b) + 64 <= at).toBe(true);
        }
      }
    },
  );

  it('buffers are used again', () => {
    const chain = Array.from(
      { length: 50 },
      (_, i): Lifetime => ({ value: { id: i, dtype: 'float64', size: 100 }, from: i, to: i + 1 }),
    );
    expect(arrange(chain).bytes).toBeLessThan(3 * (800 + 128));
  });
});

import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import {
  beginSweep,
  flushSweeps,
  makeRotateRows,
  ROTATED_COLUMNS,
  rotateRowsScalar,
  rotationLog,
  rotationsLength,
  sweepsLength,
  workArrays,
  workStride,
} from './index.js';
import { buildRotateRows } from './wasm-module.js';

it('the engine accepts the module', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildRotateRows().encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

interface Problem {
  cols: number;
  offset: number;
  stride: number;
  matrix: Float64Array;
  rotations: Float64Array;
  sweeps: Int32Array;
  count: number;
}

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -4, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-310, -5e-324) },
);

const problems: fc.Arbitrary<Problem> = fc
  .record({ rows: fc.integer({ min: 2, max: 9 }), cols: fc.nat({ max: 20 }), pad: fc.nat({ max: 3 }) })
  .chain(({ rows, cols, pad }) => {
    const stride = Math.ceil(cols / ROTATED_COLUMNS) * ROTATED_COLUMNS + pad;
    const sweep = fc
      .tuple(fc.nat({ max: rows - 2 }), fc.integer({ min: 1, max: rows - 1 }), fc.constantFrom(1, -1))
      .map(([low, length, step]) => {
        const high = Math.min(rows - 1, low + length);
        return [step > 0 ? low : high, step, high - low];
      });
    const values = fc.array(value, { minLength: 1, maxLength: 29 });
    return fc.tuple(fc.array(sweep, { maxLength: 6 }), values, values).map(([sweeps, entries, pairs]) => {
      const turns = sweeps.reduce((sum, [, , length]) => sum + length, 0);
      return {
        cols,
        offset: pad,
        stride,
        matrix: Float64Array.from({ length: pad + rows * stride + 1 }, (_, i) => entries[(i * 5) % entries.length]),
        rotations: Float64Array.from({ length: 2 * turns }, (_, i) => pairs[i % pairs.length]),
        sweeps: Int32Array.from(sweeps.flat()),
        count: sweeps.length,
      };
    });
  });

/** The contract written a second time: one column, one rotation at a time. */
function byContract({ cols, offset, stride, matrix, rotations, sweeps, count }: Problem): number[][] {
  const rows = Math.floor((matrix.length - offset) / (stride || 1));
  return Array.from({ length: cols }, (_, j) => {
    const column = Array.from({ length: rows }, (_row, i) => matrix[offset + i * stride + j]);
    let pair = 0;
    for (let q = 0; q < count; q++) {
      let row = sweeps[3 * q];
      for (let turn = 0; turn < sweeps[3 * q + 2]; turn++) {
        const next = row + sweeps[3 * q + 1];
        const [c, s] = rotations.subarray(pair, pair + 2);
        const [x, y] = [column[row], column[next]];
        column[row] = c * x + s * y;
        column[next] = c * y - s * x;
        row = next;
        pair += 2;
      }
    }
    return column;
  });
}

function columnsOf({ cols, offset, stride }: Problem, matrix: Float64Array): number[][] {
  const rows = Math.floor((matrix.length - offset) / (stride || 1));
  return Array.from({ length: cols }, (_, j) =>
    Array.from({ length: rows }, (_row, i) => matrix[offset + i * stride + j]),
  );
}

const exhausted = createRuntime(currentEngine, 32);

test.prop([problems])('both variants turn the rows as the contract says, bit for bit', (p) => {
  const expected = byContract(p);
  for (const [kernel, runtime] of [
    [rotateRowsScalar, undefined],
    [makeRotateRows(wasmRuntime), wasmRuntime],
    [makeRotateRows(wasmRuntime), undefined],
    [makeRotateRows(exhausted), exhausted],
    [makeRotateRows(createRuntime(() => undefined)), wasmRuntime],
  ] as const) {
    const memory = workArrays(runtime, [p.matrix.length, p.rotations.length], p.sweeps.length);
    const [matrix, rotations] = memory.float64;
    matrix.set(p.matrix);
    rotations.set(p.rotations);
    memory.sweeps.set(p.sweeps);
    kernel(p.cols, matrix, p.offset, p.stride, rotations, memory.sweeps, p.count);
    expect(columnsOf(p, matrix)).toEqual(expected);
    // What stands before the rows and behind them is not touched.
    expect(Array.from(matrix.subarray(0, p.offset))).toEqual(Array.from(p.matrix.subarray(0, p.offset)));
    memory.release();
  }
});

test.prop([fc.integer({ min: 1, max: 70 }), fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 150 })])(
  'the log applies every sweep once, in order, and never holds more than it has room for',
  (n, lengths) => {
    const rotations = new Float64Array(rotationsLength(n));
    const sweeps = new Int32Array(sweepsLength(n));
    const applied: number[] = [];
    const log = rotationLog([rotations], sweeps, (count) => {
      let at = 0;
      for (let q = 0; q < count; q++) {
        applied.push(rotations[at]);
        at += 2 * sweeps[3 * q + 2];
      }
      expect(at).toBeLessThanOrEqual(rotations.length);
    });
    lengths.forEach((length, q) => {
      const at = beginSweep(log, 0, 1, Math.min(length, n));
      rotations[at] = q;
    });
    flushSweeps(log);
    expect(applied).toEqual(lengths.map((_, q) => q));
    expect(log.used + log.count).toBe(0);
  },
);

test.prop([fc.nat({ max: 5000 })])(
  'rows of work arrays have room for a column more; long ones stand at an odd number of cache lines',
  (n) => {
    const stride = workStride(n);
    expect(stride).toBeGreaterThan(n);
    expect(stride).toBeLessThanOrEqual(n + 17);
    expect(stride % (n < 56 ? 8 : 16)).toBe(n < 56 ? 0 : 8);
  },
);

import { fc, test } from '@fast-check/vitest';
import { expectSameBits, toleranceEpsilon, value } from '@neuronseek/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { configure, cores } from '../../parallel/settings.js';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import type { FloatArray } from '../gemm/contract.js';
import { balancedCut, productOf } from './cut.js';
import { choose, mttkrp, mttkrpSweep } from './index.js';
import { mttkrpScalar } from './scalar.js';
import { type HalfMaker, mttkrpBy, mttkrpSweepBy } from './sweep.js';
import { tiledHalf } from './tiled.js';
import { makeWasmHalf, wasmHalf } from './wasm.js';
import { buildLeftPass, buildRightPass } from './wasm-passes.js';
import { buildContract } from './wasm-rest.js';

interface Problem {
  readonly shape: readonly number[];
  readonly rank: number;
  readonly mode: number;
  readonly x: FloatArray;
  readonly factors: readonly Float64Array[];
}

const wasmOnly: HalfMaker = (x, sizes) => {
  const half = wasmHalf(x, sizes);
  if (half === undefined) throw new Error('these tests need WebAssembly');
  return half;
};

function problems(entry: fc.Arbitrary<number>): fc.Arbitrary<Problem> {
  const numbers = (count: number): fc.Arbitrary<Float64Array> =>
    fc.array(entry, { minLength: count, maxLength: count }).map((values) => Float64Array.from(values));
  return fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(4),
    )
    .chain(([shape, rank, at]) =>
      fc.record({
        shape: fc.constant(shape),
        rank: fc.constant(rank),
        mode: fc.constant(at % shape.length),
        x: numbers(productOf(shape)),
        factors: fc.tuple(...shape.map((n) => numbers(n * rank))),
      }),
    );
}

/** Larger problems, about the blocks and chunks of the contract: numbers from a seed, with some special ones among them. */
const large: fc.Arbitrary<Problem> = fc
  .record({
    shape: fc.constantFrom(
      [65, 3, 300],
      [9, 7, 5],
      [130, 2],
      [1, 513],
      [300],
      [40, 40, 2],
      [7, 13, 3, 9],
      [3, 2, 5, 2, 3, 2],
      [70, 30, 1, 5],
      [2, 70, 512],
      [2, 40, 515],
    ),
    rank: fc.integer({ min: 1, max: 18 }),
    at: fc.nat(4),
    seed: fc.nat(1000),
    single: fc.boolean(),
    special: fc.constantFrom([], [-0], [5e-324, -1e308], [Number.NaN, Infinity]),
  })
  .map(({ shape, rank, at, seed, single, special }) => {
    const numbers = (count: number, salt: number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) =>
        special.length > 0 && (i * 7919 + salt) % 31 === 0
          ? special[i % special.length]
          : Math.sin(seed + salt + i * 0.7),
      );
    const x = numbers(productOf(shape), 1);
    const factors = shape.map((n, m) => numbers(n * rank, 2 + m));
    return { shape, rank, mode: at % shape.length, x: single ? Float32Array.from(x) : x, factors };
  });

function blank({ shape, rank, mode }: Problem): Float64Array {
  return new Float64Array(shape[mode] * rank).fill(Number.NaN);
}

function by(make: HalfMaker, p: Problem, x: FloatArray = p.x): Float64Array {
  const out = blank(p);
  mttkrpBy(make, x, p.shape, p.factors, p.rank, p.mode, out);
  return out;
}

function scalar(p: Problem): Float64Array {
  const out = blank(p);
  mttkrpScalar(p.x, p.shape, p.factors, p.rank, p.mode, out);
  return out;
}

/** The formula, element by element of x. */
function formula({ shape, rank, mode, x, factors }: Problem): Float64Array {
  const out = new Float64Array(shape[mode] * rank);
  const index = shape.map(() => 0);
  for (let q = 0; q < x.length; q++) {
    let rest = q;
    for (let m = shape.length - 1; m >= 0; m--) {
      index[m] = rest % shape[m];
      rest = Math.floor(rest / shape[m]);
    }
    for (let r = 0; r < rank; r++) {
      let term = x[q];
      for (let m = 0; m < shape.length; m++) if (m !== mode) term *= factors[m][index[m] * rank + r];
      out[index[mode] * rank + r] += term;
    }
  }
  return out;
}

describe('the oracle', () => {
  // Products of at most five of these stay below 2^53: every order of summation gives the same number.
  test.prop([problems(fc.integer({ min: -3, max: 3 }))])('is the formula where arithmetic is exact', (p) => {
    expect(scalar(p).map((v) => v + 0)).toEqual(formula(p).map((v) => v + 0));
  });

  test.prop([problems(value())])('differs from the formula by no more than rounding', (p) => {
    const [expected, received] = [formula(p), scalar(p)];
    const scale = formula({ ...p, x: p.x.map(Math.abs), factors: p.factors.map((f) => f.map(Math.abs)) });
    // Each way: one rounding a product and one an addition, at most N + size(x) in a row.
    const factor = 2 * (p.shape.length + p.x.length);
    received.forEach((v, q) => {
      expect(Math.abs(v - expected[q])).toBeLessThanOrEqual(factor * toleranceEpsilon * scale[q]);
    });
  });
});

describe.each<[string, HalfMaker]>([
  ['tiled', tiledHalf],
  ['wasm', wasmOnly],
])('%s', (_name, make) => {
  test.prop([fc.oneof(large, problems(value({ special: [-0, 1e300, Infinity, Number.NaN] })))], { numRuns: 60 })(
    'gives the bits of the oracle',
    (p) => {
      expectSameBits(by(make, p), scalar(p));
    },
  );

  test.prop([problems(value())])('does not read the factor of its own mode', (p) => {
    const poisoned = p.factors.map((f, m) => (m === p.mode ? f.map(() => Number.NaN) : f));
    expectSameBits(by(make, { ...p, factors: poisoned }), by(make, p));
  });

  test.prop([large, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), fc.integer({ min: 1, max: 2 })], {
    numRuns: 30,
  })('sweeps visit the wanted modes in order, each with the factors as they are by then', (p, flags, sweeps) => {
    const wanted = p.shape.map((_, m) => flags[m]);
    const factors = p.factors.map((f) => f.slice());
    const sweep = mttkrpSweepBy(make, p.x, p.shape, p.rank);
    for (let s = 0; s < sweeps; s++) {
      const visited: number[] = [];
      const outs: [Float64Array, Float64Array][] = [];
      sweep.run(factors, wanted, (mode, out) => {
        visited.push(mode);
        expectSameBits(out, scalar({ ...p, factors, mode }));
        outs.push([out, out.slice()]);
        factors[mode].forEach((v, q) => {
          factors[mode][q] = 1 - v;
        });
      });
      expect(visited).toEqual(p.shape.flatMap((_, m) => (wanted[m] ? [m] : [])));
      for (const [out, copy] of outs) expectSameBits(out, copy);
    }
    sweep.release();
  });
});

describe('in the memory of the kernels', () => {
  const inPlace = (runtime: WasmRuntime, p: Problem): { x: Float64Array; release: () => void } => {
    const workspace = runtime.workspace(workspaceBytes(8 * p.x.length));
    if (workspace === undefined) throw new Error('these tests need WebAssembly');
    const x = workspace.float64(p.x.length);
    x.set(p.x);
    return { x, release: workspace.release };
  };

  test.prop([large], { numRuns: 30 })('x is read where it stands, with the same bits', (p) => {
    const { x, release } = inPlace(wasmRuntime, p);
    expectSameBits(by(wasmOnly, p, x), scalar(p));
    expect(x).toEqual(Float64Array.from(p.x));
    release();
  });

  test.prop([large], { numRuns: 20 })('nothing is left behind, and nothing depends on what was there', (p) => {
    const before = wasmRuntime.used();
    const workspace = wasmRuntime.workspace(2 ** 22);
    workspace?.float64(2 ** 18).fill(Number.NaN);
    workspace?.release();
    expectSameBits(by(wasmOnly, p), scalar(p));
    expect(wasmRuntime.used()).toBe(before);
  });

  it('the last vector at the very end of the memory is read, and nothing behind it', () => {
    const engine = currentEngine();
    if (engine === undefined) throw new Error('these tests need WebAssembly');
    const p = { shape: [67, 3, 5], rank: 3, mode: 0, x: Float64Array.from({ length: 1005 }, Math.cos) };
    const factors = p.shape.map((n) => Float64Array.from({ length: 3 * n }, (_, i) => Math.sin(i)));
    const runtime = createRuntime(() => engine, 256 + 32);
    // All of the rest: x is what stands last.
    const filler = workspaceBytes(8 * p.x.length);
    const rest = runtime.workspace(256 * 65536 - filler);
    const { x } = inPlace(runtime, { ...p, factors });
    expect(x.byteOffset + filler).toBe((256 + 32) * 65536);
    rest?.release();
    const make = makeWasmHalf(runtime);
    const strict: HalfMaker = (data, sizes) => {
      const half = make(data, sizes);
      if (half === undefined) throw new Error('no memory');
      return half;
    };
    for (const mode of [0, 1, 2])
      expectSameBits(by(strict, { ...p, factors, mode }, x), scalar({ ...p, factors, mode }));
  });
});

describe('threads', () => {
  afterAll(() => {
    configure({ threads: cores() });
  });

  it.each([
    [[150, 40, 90], 17],
    [[30, 40, 20, 41], 10],
  ])('give the same bits, be they 1, 2, 3 or 7: %j of rank %d', (shape, rank) => {
    const workspace = wasmRuntime.workspace(workspaceBytes(8 * productOf(shape)));
    if (workspace === undefined) throw new Error('these tests need WebAssembly');
    const x = workspace.float64(productOf(shape));
    x.forEach((_, i) => {
      x[i] = Math.sin(i);
    });
    const factors = shape.map((n, m) => Float64Array.from({ length: n * rank }, (_, i) => Math.cos(i + m)));
    const all = shape.map(() => true);
    const expected = shape.map((_, mode) => by(tiledHalf, { shape, rank, mode, x, factors }));
    for (const threads of [1, 2, 3, 7]) {
      configure({ threads });
      const sweep = mttkrpSweepBy(wasmOnly, x, shape, rank);
      for (let s = 0; s < 2; s++) sweep.run(factors, all, (mode, out) => expectSameBits(out, expected[mode]));
      sweep.release();
    }
    workspace.release();
  });
});

describe('where the kernels cannot run', () => {
  const sizes = { gone: [4], kept: [3, 5], side: 'right', rank: 2 } as const;
  const x = new Float64Array(60).fill(1);

  it.each<[string, WasmRuntime]>([
    ['there is no engine', createRuntime(() => undefined)],
    ['memory is exhausted', createRuntime(currentEngine, 32)],
  ])('the other variant takes over: %s', (_name, runtime) => {
    expect(makeWasmHalf(runtime)(x, sizes)).toBeUndefined();
  });

  it('so it does for ranks beyond the scratch, with the same bits', () => {
    expect(wasmHalf(x, { ...sizes, rank: 513 })).toBeUndefined();
    const rank = 513;
    const shape = [3, 5, 4];
    const factors = shape.map((n) => Float64Array.from({ length: n * rank }, (_, i) => Math.sin(i)));
    const p = { shape, rank, mode: 1, x, factors };
    const out = blank(p);
    mttkrp(x, shape, factors, rank, 1, out);
    expectSameBits(out, scalar(p));
    expectSameBits(
      by(wasmOnly, { ...p, rank: 512, factors: factors.map((f) => f.slice(0, (f.length / rank) * 512)) }),
      scalar({ ...p, rank: 512, factors: factors.map((f) => f.slice(0, (f.length / rank) * 512)) }),
    );
  });
});

describe('choose', () => {
  it('takes vectors where the work is worth compiling for', () => {
    expect(choose({ size: 1000, rank: 3 })).toBe('tiled');
    expect(choose({ size: 8000, rank: 10 })).toBe('wasm');
  });

  test.prop([large], { numRuns: 20 })('decides nothing but time', (p) => {
    const out = blank(p);
    mttkrp(p.x, p.shape, p.factors, p.rank, p.mode, out);
    expectSameBits(out, scalar(p));
    const sweep = mttkrpSweep(p.x, p.shape, p.rank);
    sweep.run(
      p.factors,
      p.shape.map((_, m) => m === p.mode),
      (_mode, received) => expectSameBits(received, out),
    );
    sweep.release();
  });
});

it('the engine accepts the modules, and pages may compile them', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const module of [buildRightPass(), buildLeftPass(), buildContract('first'), buildContract('last')]) {
    const bytes = module.encode({ pages: 1, sharedMaximum: 65536 });
    expect(validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(4096);
  }
});

test.prop([fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })])(
  'the cut leaves both sides a mode and has the smallest larger side, the last one of equals',
  (shape) => {
    const larger = (cut: number): number => Math.max(productOf(shape.slice(0, cut)), productOf(shape.slice(cut)));
    const cuts = shape.map((_, m) => m + 1).slice(0, Math.max(1, shape.length - 1));
    const least = Math.min(...cuts.map(larger));
    expect(balancedCut(shape)).toBe(cuts.filter((cut) => larger(cut) === least).at(-1));
  },
);

import { fc } from '@fast-check/vitest';
import { currentEngine } from '../../src/wasm/engine.js';
import { createRuntime, type WasmRuntime } from '../../src/wasm/runtime.js';

/** There is memory, but no policy allows to compile. */
export const withoutCompiler: WasmRuntime = createRuntime(() => {
  const engine = currentEngine();
  if (engine === undefined) return undefined;
  const refuse = (): never => {
    throw new Error('refused');
  };
  const { Memory, Instance, Module } = engine;
  return { Memory, Instance, Module: new Proxy(Module, { construct: refuse }) };
});

/** Entries of a matrix of all sizes, zeros of both signs and subnormal ones among them. */
export const entry: fc.Arbitrary<number> = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -4, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1e-310, -5e-324, 1e200, -1e200) },
);

/** The same, and now and then a number that is not finite. */
export const special: fc.Arbitrary<number> = fc.oneof(
  { weight: 20, arbitrary: entry },
  fc.constantFrom(Number.NaN, Infinity, -Infinity),
);

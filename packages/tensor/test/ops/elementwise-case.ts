import { fc } from '@fast-check/vitest';
import { broadcastPair, type Data, shape } from '@neuronseek/testkit';
import { apply } from '../../src/core/op.js';
import type { ElementwiseOp, Interval } from '../../src/core/ops/elementwise.js';
import type { OpCase } from './op-case.js';

/**
 * Arguments stay this far from every kink. For one argument they are pushed away; for two they are taken from grids of step 1/8,
 * half a step apart, so that no difference comes near a multiple of 1/8, and kinks must be such multiples.
 */
const clearance = 1 / 32;

function numbers(shape: readonly number[], element: fc.Arbitrary<number>): fc.Arbitrary<Data> {
  const length = shape.reduce((size, n) => size * n, 1);
  return fc
    .array(element, { minLength: length, maxLength: length })
    .map((values) => ({ shape, data: Float64Array.from(values) }));
}

function away([low, high]: Interval, kinks: readonly number[]): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(low * 1024), max: Math.floor(high * 1024) }).map((k) => {
    const x = k / 1024;
    const kink = kinks.find((c) => Math.abs(x - c) < clearance);
    if (kink === undefined) return x;
    return kink + clearance <= high ? kink + clearance : kink - clearance;
  });
}

function onGrid([low, high]: Interval, shift: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(low * 8), max: Math.floor(high * 8 - shift) }).map((k) => (k + shift) / 8);
}

/** Inputs of an elementwise operation, broadcasting included, from the domain and the kinks that it declares. */
export function elementwiseCase(op: ElementwiseOp): fc.Arbitrary<OpCase> {
  const run: OpCase['run'] = (xs) => apply(op, xs, undefined);
  const { domain, kinks } = op;
  if (domain.length === 1) {
    return shape({ maxOrder: 3, maxSize: 3 })
      .chain((sizes) => numbers(sizes, away(domain[0], kinks)))
      .map((x) => ({ inputs: [x], run }));
  }
  return broadcastPair({ maxOrder: 3, maxSize: 3 })
    .chain(({ a, b }) =>
      kinks.length === 0
        ? fc.tuple(numbers(a, away(domain[0], [])), numbers(b, away(domain[1], [])))
        : fc.tuple(numbers(a, onGrid(domain[0], 0)), numbers(b, onGrid(domain[1], 0.5))),
    )
    .map(([a, b]) => ({ inputs: [a, b], run }));
}

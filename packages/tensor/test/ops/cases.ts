/// <reference types="vite/types/importMeta.d.ts" />
import type { fc } from '@fast-check/vitest';
import { type AnyOp, elementwiseTable } from '../support/op-table.js';
import { elementwiseCase } from './elementwise-case.js';
import type { OpCase, OpCases } from './op-case.js';

const written = Object.values(import.meta.glob<{ cases: OpCases }>('./cases/*.ts', { eager: true }));

/** Generated inputs for every operation, by its name: from the declared domain for elementwise ones, else from ./cases. */
export const cases: ReadonlyMap<string, fc.Arbitrary<OpCase>> = new Map([
  ...[...elementwiseTable].map(([name, op]) => [name, elementwiseCase(op)] as const),
  ...written.flatMap((module) => Object.entries(module.cases)),
]);

/** Whether differentiating the operation is an error. */
export function hasDerivative(op: AnyOp): boolean {
  return op.vjp !== null;
}

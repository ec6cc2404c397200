/// <reference types="vite/types/importMeta.d.ts" />
import type { MultiOp, Op, ViewOp } from '../../src/core/op.js';
import type { ElementwiseOp } from '../../src/core/ops/elementwise.js';

/** An operation as the table suite sees it; parameters are known to its cases only. */
export type AnyOp = Op<never> | ViewOp<never> | MultiOp<never>;

/** Every object that a file of src/core/ops exports under a name ending in `Op`, by that name. */
export const opTable: ReadonlyMap<string, AnyOp> = new Map(
  Object.values(import.meta.glob<Record<string, AnyOp>>('../../src/core/ops/*.ts', { eager: true })).flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith('Op')),
  ),
);

export function isElementwise(op: AnyOp): op is AnyOp & ElementwiseOp {
  return 'domain' in op;
}

/** The elementwise operations by their own name. */
export const elementwiseTable: ReadonlyMap<string, ElementwiseOp> = new Map(
  [...opTable.values()].flatMap((op) => (isElementwise(op) ? [[op.name, op] as const] : [])),
);

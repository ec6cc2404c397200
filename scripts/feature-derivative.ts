import { isFloating } from '../packages/tensor/src/core/dtype.js';
import {
  add,
  arange,
  astype,
  isTensor,
  reshape,
  sin,
  type Tensor,
  treeLeaves,
  vjp,
} from '../packages/tensor/src/index.js';
import type { Example } from '../packages/tensor/test/features/feature.js';

/** What differentiating an example tells. */
export interface Derivative {
  readonly kind: 'to any order' | 'zero' | 'none' | 'not applicable';
  /** The operations on the way from operands to results, by name. */
  readonly operations: readonly string[];
}

/** How many derivatives, one of the other, count as any: rules are written in operations, so nothing new happens after that. */
const ORDER = 3;

type Run = (xs: readonly Tensor[]) => readonly Tensor[];

/** Runs an example, differentiates it as often as that is asked for, and reports by what it throws. */
export function derivativeOf(example: Example | undefined): Derivative {
  if (example === undefined) return { kind: 'not applicable', operations: [] };
  const { inputs, run } = example;
  const operations = new Set<string>();
  let tracked = 0;
  const floating: Run = (xs) => {
    const results = treeLeaves(run(xs)).filter(isTensor);
    const live = results.filter(({ node }) => node !== undefined);
    tracked = live.length;
    collect(live, operations);
    // Places come beside values: they have no derivative, and nobody expects one.
    const values = live.filter(({ dtype }) => isFloating(dtype));
    return values.length > 0 ? values : live.length > 0 ? live : results;
  };
  if (treeLeaves(run(inputs)).filter(isTensor).length === 0) return { kind: 'not applicable', operations: [] };
  let f = floating;
  let zero = true;
  try {
    for (let order = 1; order <= ORDER; order++) {
      const pulled = pull(f, inputs);
      if (order === 1) zero = pulled.every((x) => x.toTypedArray().every((v) => v === 0));
      const before = f;
      f = (xs) => pull(before, xs);
    }
  } catch (error) {
    if (error instanceof TypeError && / has no derivative/.test(error.message)) return { kind: 'none', operations: [] };
    throw error;
  }
  pull(floating, inputs);
  if (tracked === 0) return { kind: 'none', operations: [] };
  return { kind: zero ? 'zero' : 'to any order', operations: [...operations].sort() };
}

/** The gradient of a sum of all results, with weights of no pattern: of softmax, a plain sum would be 1 whatever the operand. */
function pull(f: Run, xs: readonly Tensor[]): readonly Tensor[] {
  const { value, pullback } = vjp(f, xs);
  return pullback(value.map((y) => astype(reshape(sin(add(arange(y.size), 0.5)), y.shape), y.dtype)));
}

/** The names of all operations that the tensors are made by. */
function collect(tensors: readonly Tensor[], into: Set<string>): void {
  for (const { node, dtype } of tensors) {
    // No derivative passes through places and masks.
    if (node === undefined || node.name === 'variable' || !isFloating(dtype)) continue;
    into.add(node.name);
    collect(node.inputs, into);
  }
}

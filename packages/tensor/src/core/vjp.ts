import { describeValue, expectTensor } from './as-tensor.js';
import { zerosLike } from './create.js';
import { isFloating } from './dtype.js';
import type { Node } from './node.js';
import { add } from './ops/arithmetic.js';
import { astype } from './ops/astype.js';
import { sameShape, showShape } from './shape.js';
import { stopGradient } from './stop-gradient.js';
import { isTensor, Tensor } from './tensor.js';
import { isTree, treeLeaves, treeMap } from './tree.js';

/** What `vjp` returns. */
export interface Vjp<T> {
  /** f(primals). */
  readonly value: Tensor;
  /** The transposed Jacobian of f at the primals times a cotangent of the shape of `value`: a tree like the primals. */
  pullback(cotangent: Tensor): T;
}

/**
 * Vector–Jacobian product: f(primals) and the map g ↦ gᵀ·∂f/∂primals, in reverse mode.
 *
 * `primals` is a tensor or a tree of tensors (nested arrays and plain objects; other leaves are constants). The result can be
 * differentiated again, to any order. Throws a TypeError for a leaf that is not floating, for primals that are no tree and when f
 * returns no tensor; `pullback` throws a RangeError for a cotangent of another shape and a TypeError, naming the operation, where
 * one on the way has no derivative. Cost of `pullback`: a small constant times that of f; memory: every intermediate of f that
 * a derivative rule needs.
 */
export function vjp<T>(f: (primals: T) => Tensor, primals: T): Vjp<T> {
  return vjpNamed('vjp', f, primals);
}

/** {@link vjp} under the name of the function that the user called. */
export function vjpNamed<T>(name: string, f: (primals: T) => Tensor, primals: T): Vjp<T> {
  if (!isTree(primals)) {
    throw new TypeError(`${name}: expected a tensor or a tree of tensors, got ${describeValue(primals)}`);
  }
  const variables = treeMap((x, path) => variable(name, x, path), primals);
  const leaves = treeLeaves(variables);
  const value = f(variables);
  if (!isTensor(value)) {
    throw new TypeError(`${name}: the function must return a tensor, it returned ${describeValue(value)}`);
  }
  const graph = trace(value, leaves);
  return {
    value: graph.enclosed ? value : stopGradient(value),
    pullback: (cotangent) => {
      expectTensor(name, cotangent);
      if (!sameShape(cotangent.shape, value.shape)) {
        throw new RangeError(
          `${name}: the cotangent is ${showShape(cotangent.shape)}, the value is ${showShape(value.shape)}`,
        );
      }
      const cotangents = pullBack(value, cotangent, leaves, graph);
      let next = 0;
      return treeMap((x) => cotangents[next++] ?? zerosLike(x), primals);
    },
  };
}

/** The part of the recorded computation between some leaves and a value. */
interface Graph {
  /** Whether a node depends on a leaf. */
  readonly reaches: ReadonlyMap<Node, boolean>;
  /** Nodes that do, highest level first, the leaves themselves not included. */
  readonly nodes: readonly Node[];
  /** Whether anything here depends on a variable of an enclosing derivative, so that the pullback must itself be recorded. */
  readonly enclosed: boolean;
}

/** A fresh leaf that stays linked to `x`, so that an enclosing derivative can see through this one. */
function variable(name: string, x: Tensor, path: string): Tensor {
  if (!isFloating(x.dtype)) {
    throw new TypeError(
      `${name}: cannot differentiate with respect to ${path || 'the argument'}: its dtype is ${x.dtype}`,
    );
  }
  const outputs: Tensor[] = [];
  const node: Node = { name: 'variable', level: x.node ? x.node.level + 1 : 1, inputs: [x], outputs, pull: (gs) => gs };
  outputs.push(new Tensor(x.data, x.dtype, x.shape, x.strides, x.offset, node));
  return outputs[0];
}

/**
 * Depth first on an explicit stack, because a recurrent network may be tens of thousands of nodes deep: a node is left on
 * the stack until all its inputs are decided.
 */
function trace(value: Tensor, leaves: readonly Tensor[]): Graph {
  const reaches = new Map<Node, boolean>();
  let enclosed = false;
  for (const { node } of leaves) {
    if (!node) continue;
    reaches.set(node, true);
    if (node.inputs[0].node) enclosed = true;
  }
  const nodes: Node[] = [];
  const stack: Node[] = value.node ? [value.node] : [];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    let undecided = false;
    let reached = false;
    if (!reaches.has(node)) {
      for (const { node: input } of node.inputs) {
        if (!input) continue;
        const known = reaches.get(input);
        if (known) reached = true;
        if (known === undefined) {
          stack.push(input);
          undecided = true;
        }
      }
    }
    if (undecided) continue;
    stack.pop();
    if (reaches.has(node)) continue;
    reaches.set(node, reached);
    if (reached) nodes.push(node);
    else enclosed = true; // Recorded, yet independent of our leaves: it hangs on somebody else's.
  }
  return { reaches, nodes: nodes.sort((a, b) => b.level - a.level), enclosed };
}

/** Cotangents of the leaves: every node between them and `value` pulled once, from the highest level down. */
function pullBack(
  value: Tensor,
  cotangent: Tensor,
  leaves: readonly Tensor[],
  { reaches, nodes, enclosed }: Graph,
): (Tensor | undefined)[] {
  const pending = new Map<Node, (Tensor | undefined)[]>();
  const accumulate = (x: Tensor, g: Tensor | undefined): void => {
    if (!g || !x.node) return;
    const slots = pending.get(x.node) ?? [];
    pending.set(x.node, slots);
    const sum = slots[x.outputIndex];
    // Promotion is undone here, once, for every rule: a cotangent has the dtype of its tensor.
    const cast = g.dtype !== x.dtype && isFloating(x.dtype) ? astype(g, x.dtype) : g;
    slots[x.outputIndex] = sum ? add(sum, cast) : cast;
  };
  // Outside every other derivative nothing of the backward pass is recorded: the rules see plain numbers.
  const seen = (x: Tensor): Tensor => (enclosed || cotangent.node ? x : stopGradient(x));
  accumulate(value, cotangent);
  for (const node of nodes) {
    const cotangents = pending.get(node);
    if (!cotangents) continue;
    const wanted = node.inputs.map((x) => x.node !== undefined && reaches.get(x.node) === true);
    const pulled = node.pull(cotangents, node.outputs.map(seen), node.inputs.map(seen), wanted);
    for (let i = 0; i < pulled.length; i++) if (wanted[i]) accumulate(node.inputs[i], pulled[i]);
    pending.delete(node);
  }
  return leaves.map((leaf) => leaf.node && pending.get(leaf.node)?.[0]);
}
